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
   * Plays one random history.
   *
   * @param open opens a store with these options, ready for use
   * @param newTenant gives a tenant that nobody else uses
   * @param random where the history comes from
   * @param operations how many operations it has
   * @return line by line what a shortened history did, and where it differed from the model; empty
   *     if the whole history went as in the model
   */
  public static Optional<List<String>> counterexample(
      Function<StoreOptions, UserEngineStore> open,
      Supplier<TenantId> newTenant,
      Random random,
      About about,
      int operations) {
    TestClock clock = new TestClock();
    UserEngineStore store = open.apply(StoreOptions.defaults().withClock(clock));
    Generator generator = new Generator(random, about);
    List<Step> history = generator.history(TENANTS, operations);
    Histories histories = new Histories(store, newTenant, clock);
    return histories.failureOf(history, generator.readings()) == null
        ? Optional.empty()
        : Optional.of(histories.shortest(history, generator.readings()));
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
    List<Step> steps =
        shrinker.shrink(
            failing,
            candidate ->
                System.nanoTime() < deadline && failureOf(candidate, readings) != null);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Transaction transaction) {
        List<Step> before = steps;
        int at = i;
        List<Step.Inner> body =
            shrinker.shrink(
                transaction.body(),
                candidate ->
                    System.nanoTime() < deadline
                        && failureOf(replaced(before, at, transaction.with(candidate)), readings)
                            != null);
        steps = replaced(before, at, transaction.with(body));
      }
    }
    String failure = failureOf(steps, readings);
    List<String> program = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      program.addAll((i + 1 + ". " + steps.get(i)).lines().toList());
    }
    program.add("then " + (failure == null ? "it failed once, and not again" : failure));
    return program;
  }

  private static List<Step> replaced(List<Step> steps, int at, Step by) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(at, by);
    return changed;
  }
}
