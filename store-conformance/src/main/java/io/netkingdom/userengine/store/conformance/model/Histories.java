package io.netkingdom.userengine.store.conformance.model;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries random histories on a store, and shortens one that fails to a few steps that a reader can
 * follow.
 */
public final class Histories {

  /** Tenants of one history. */
  private static final int TENANTS = 2;

  /** Operations of one history. */
  private static final int OPERATIONS = 500;

  private static final int TRIES = 500;
  private static final long SHRINKING_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** What a history is about. */
  public enum About {
    /** Users, identities, groups and profiles. */
    RECORDS,
    /** Audit, outbox, sign-in, bulk, erasure and counts. */
    ANNOUNCEMENTS
  }

  private final UserEngineStore store;
  private final Supplier<TenantId> newTenant;
  private final TestClock clock;

  private Histories(UserEngineStore store, Supplier<TenantId> newTenant, TestClock clock) {
    this.store = store;
    this.newTenant = newTenant;
    this.clock = clock;
  }

  /**
   * Plays random histories until one fails.
   *
   * @param open opens a store with these options, ready for use
   * @param newTenant gives a tenant that nobody else uses
   * @param random where the histories come from
   * @param count how many histories at the most
   * @return line by line what a shortened history did, and where it differed from the model; empty
   *     if all of them went as in the model
   */
  public static Optional<List<String>> counterexample(
      Function<StoreOptions, UserEngineStore> open,
      Supplier<TenantId> newTenant,
      Random random,
      About about,
      int count) {
    TestClock clock = new TestClock();
    UserEngineStore store = open.apply(StoreOptions.defaults().withClock(clock));
    Histories histories = new Histories(store, newTenant, clock);
    for (int i = 0; i < count; i++) {
      Generator generator = new Generator(random, about);
      List<Step> history = generator.history(TENANTS, OPERATIONS);
      if (histories.failureOf(history, generator.readings()) != null) {
        return Optional.of(histories.shortest(history, generator.readings()));
      }
    }
    return Optional.empty();
  }

  /** Returns null if store and model agree. */
  private @Nullable String failureOf(List<Step> history, List<Operation> readings) {
    List<TenantId> tenants = IntStream.range(0, TENANTS).mapToObj(i -> newTenant.get()).toList();
    Player player = new Player(store, tenants, clock);
    try {
      player.play(history, clock);
      player.compareAll(readings);
      player.compareMessages();
      return null;
    } catch (Player.Divergence e) {
      return e.getMessage();
    }
  }

  private List<String> shortest(List<Step> failing, List<Operation> readings) {
    long deadline = System.nanoTime() + SHRINKING_NANOS;
    Shrinker shrinker = new Shrinker(TRIES);
    Predicate<List<Step>> fails =
        candidate -> System.nanoTime() < deadline && failureOf(candidate, readings) != null;
    List<Step> steps = shrinker.shrink(failing, fails);
    for (int i = 0; i < steps.size(); i++) {
      steps = simplified(steps, i, shrinker, fails);
    }
    steps = shrinker.shrink(steps, fails);
    String failure = failureOf(steps, readings);
    List<String> program = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      program.addAll((i + 1 + ". " + steps.get(i)).lines().toList());
    }
    program.add("then " + (failure == null ? "it failed once, and not again" : failure));
    return program;
  }

  /** With a transaction taken apart, or without nested calls, or else shorter. */
  private static List<Step> simplified(
      List<Step> steps, int at, Shrinker shrinker, Predicate<List<Step>> fails) {
    if (!(steps.get(at) instanceof Step.Transaction transaction)) {
      return steps;
    }
    List<Step> apart = replaced(steps, at, transaction.apart());
    if (fails.test(apart)) {
      return apart;
    }
    Step.Transaction flat = transaction.with(transaction.flat());
    Step.Transaction simpler = fails.test(replaced(steps, at, List.of(flat))) ? flat : transaction;
    List<Step.Inner> body =
        shrinker.shrink(
            simpler.body(),
            candidate -> fails.test(replaced(steps, at, List.of(simpler.with(candidate)))));
    return replaced(steps, at, List.of(simpler.with(body)));
  }

  private static List<Step> replaced(List<Step> steps, int at, List<? extends Step> by) {
    List<Step> changed = new ArrayList<>(steps);
    changed.remove(at);
    changed.addAll(at, by);
    return changed;
  }
}
