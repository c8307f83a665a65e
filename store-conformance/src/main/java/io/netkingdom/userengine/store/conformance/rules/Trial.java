package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one check works with: a store, a tenant of its own, and the ways to say what is expected.
 *
 * <p>Every expectation is a sentence, so that a failure reads as what was expected and what was
 * seen. The number of expectations that were looked at is counted. Expectations may be stated from
 * any thread; stores and transactions are opened by the check's own.
 */
final class Trial {

  private enum State {
    RUNNING,
    ENDED,
    ABANDONED
  }

  private final RuleRun run;
  private final Random random;
  private final TenantId tenant;
  private final Deque<UserEngineStore> stores = new ArrayDeque<>();
  private final Deque<Interleaved> transactions = new ArrayDeque<>();
  private final AtomicInteger observations = new AtomicInteger();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  Trial(RuleRun run, Random random) {
    this.run = run;
    this.random = random;
    this.tenant = run.newTenant();
  }

  /** What may fail, in any way. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  TenantId tenant() {
    return tenant;
  }

  TenantId newTenant() {
    return run().newTenant();
  }

  Random random() {
    return random;
  }

  StoreFixture fixture() {
    return run().fixture();
  }

  /** The store that most checks share, ready for use. */
  UserEngineStore store() {
    return run().shared();
  }

  Repositories records() {
    return store().tenant(tenant);
  }

  UserRepository users() {
    return records().users();
  }

  FederatedIdentityRepository identities() {
    return records().identities();
  }

  GroupRepository groups() {
    return records().groups();
  }

  ProfileRepository profiles() {
    return records().profiles();
  }

  AuditRepository audit() {
    return records().audit();
  }

  OutboxRepository outbox() {
    return records().outbox();
  }

  <T extends @Nullable Object, X extends Exception> T inTransaction(TransactionWork<T, X> work)
      throws X {
    return store().inTransaction(tenant, work);
  }

  /** Options of a transaction that is not run again by itself. */
  static TransactionOptions once() {
    return TransactionOptions.defaults().withRetry(RetryPolicy.none());
  }

  /** The same at the strongest isolation. */
  static TransactionOptions serializableOnce() {
    return once().withIsolation(IsolationLevel.SERIALIZABLE);
  }

  /** A store of this check's own, ready for use; closed when the check ends. */
  UserEngineStore open(StoreOptions options) {
    UserEngineStore store = openAsIs(options);
    store.migrate();
    return store;
  }

  /** A store of this check's own as the fixture gives it; closed when the check ends. */
  UserEngineStore openAsIs(StoreOptions options) {
    UserEngineStore store = fixture().open(options);
    stores.push(store);
    return store;
  }

  /** A transaction of a thread of its own, which this check drives step by step. */
  Interleaved begin(UserEngineStore store, TransactionOptions options) throws Exception {
    Interleaved transaction = new Interleaved(store, tenant, options, fixture()::isSomebodyWaiting);
    transactions.push(transaction);
    transaction.awaitBegin();
    return transaction;
  }

  Interleaved begin(TransactionOptions options) throws Exception {
    return begin(store(), options);
  }

  Interleaved begin() throws Exception {
    return begin(once());
  }

  /**
   * Runs two transactions of one step each, of which the second one begins its step before the
   * first one commits.
   *
   * @return what the second step returned; empty if the second transaction was given up
   */
  <T> Optional<T> overlapping(Interleaved.Step<?> first, Interleaved.Step<T> second)
      throws Exception {
    Interleaved one = begin();
    one.step(first::in);
    Interleaved two = begin();
    Future<T> result = two.start(second);
    Future<?> end = two.startCommit();
    one.commit();
    try {
      T returned = Interleaved.await(result);
      Interleaved.await(end);
      return Optional.of(returned);
    } catch (StoreException.Retryable | StoreException.Timeout e) {
      return Optional.empty();
    }
  }

  /** Reports what an anomaly came to. */
  void found(AnomalyResult result) {
    run().findings().found(result);
  }

  /** Leaves an empty storage, as before the first migration. */
  void reset() {
    run().reset();
  }

  int observations() {
    return observations.get();
  }

  /** Expects that a sentence is true. */
  void holds(String sentence, boolean isTrue) {
    observations.incrementAndGet();
    if (!isTrue) {
      throw new Broken("expected: " + sentence + "; but it is not so");
    }
  }

  /** Expects a value. */
  void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!Objects.equals(expected, actual)) {
      throw new Broken(what + ": expected " + expected + ", but was " + actual);
    }
  }

  /** Expects a value of a type, and returns it. */
  <T> T isA(String what, Class<T> type, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!type.isInstance(actual)) {
      throw new Broken(what + ": expected " + type.getSimpleName() + ", but was " + actual);
    }
    return type.cast(actual);
  }

  /** Expects exact counts, and returns them. */
  RecordCounts.Exact counted(String what, RecordCounts counts) {
    return isA(what, RecordCounts.Exact.class, counts);
  }

  /** Expects that an action fails with exactly that type, and returns what it threw. */
  <T extends Throwable> T fails(String what, Class<T> with, Action action) {
    observations.incrementAndGet();
    Throwable seen = thrownBy(action);
    if (seen == null) {
      throw new Broken(what + ": expected " + with.getSimpleName() + ", but it returned normally");
    }
    if (seen.getClass() != with) {
      throw new Broken(
          what + ": expected " + with.getSimpleName() + ", but it threw " + Messages.describe(seen),
          seen);
    }
    return with.cast(seen);
  }

  /** Expects a Conflict that names a field. */
  void conflicts(String what, String field, Action action) {
    StoreException.Conflict conflict = fails(what, StoreException.Conflict.class, action);
    equal(what + ": the field in conflict", field, conflict.field());
  }

  /** Expects an InvalidInput that names a field. */
  void invalid(String what, String field, Action action) {
    StoreException.InvalidInput invalid = fails(what, StoreException.InvalidInput.class, action);
    equal(what + ": the field that is refused", field, invalid.field());
  }

  /** Expects an UnknownReference that names a field. */
  void refersToNothing(String what, String field, Action action) {
    StoreException.UnknownReference unknown =
        fails(what, StoreException.UnknownReference.class, action);
    equal(what + ": the field that refers to nothing", field, unknown.field());
  }

  /** What an action threw, or null if it returned. An expectation inside that failed, fails. */
  static @Nullable Throwable thrownBy(Action action) {
    try {
      action.run();
      return null;
    } catch (Broken e) {
      throw e;
    } catch (Throwable t) {
      return t;
    }
  }

  /**
   * Takes the trial away from a check that has not ended in time.
   *
   * @return whether it had not ended
   */
  boolean abandon() {
    return state.compareAndSet(State.RUNNING, State.ABANDONED);
  }

  private RuleRun run() {
    if (state.get() == State.ABANDONED) {
      throw new IllegalStateException("this check was left behind");
    }
    return run;
  }

  /** Rolls back what is still open, then closes this check's own stores. */
  void end() throws InterruptedException {
    try {
      // All of them are told before any is awaited: one may wait for another.
      transactions.forEach(Interleaved::abandon);
      for (Interleaved transaction : transactions) {
        transaction.end();
      }
      for (UserEngineStore store : stores) {
        store.close();
      }
    } finally {
      state.compareAndSet(State.RUNNING, State.ENDED);
    }
  }
}
