package io.netkingdom.userengine.store.conformance.check;

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
public final class RuleContext {

  private enum State {
    RUNNING,
    ENDED,
    ABANDONED
  }

  private final RuleRun run;
  private final Random random;
  private final TenantId tenant;
  private final Deque<UserEngineStore> stores = new ArrayDeque<>();
  private final Deque<SteppedTransaction> transactions = new ArrayDeque<>();
  private final AtomicInteger observations = new AtomicInteger();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  RuleContext(RuleRun run, Random random) {
    this.run = run;
    this.random = random;
    this.tenant = run.newTenant();
  }

  /** What may fail, in any way. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  public TenantId tenant() {
    return tenant;
  }

  public TenantId newTenant() {
    return run().newTenant();
  }

  public Random random() {
    return random;
  }

  public StoreFixture fixture() {
    return run().fixture();
  }

  /** The store that most checks share, ready for use. */
  public UserEngineStore store() {
    return run().shared();
  }

  public Repositories records() {
    return store().tenant(tenant);
  }

  public UserRepository users() {
    return records().users();
  }

  public FederatedIdentityRepository identities() {
    return records().identities();
  }

  public GroupRepository groups() {
    return records().groups();
  }

  public ProfileRepository profiles() {
    return records().profiles();
  }

  public AuditRepository audit() {
    return records().audit();
  }

  public OutboxRepository outbox() {
    return records().outbox();
  }

  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      TransactionWork<T, X> work) throws X {
    return store().inTransaction(tenant, work);
  }

  /** Options of a transaction that is not run again by itself. */
  public static TransactionOptions once() {
    return TransactionOptions.defaults().withRetry(RetryPolicy.none());
  }

  /** The same at the strongest isolation. */
  public static TransactionOptions serializableOnce() {
    return once().withIsolation(IsolationLevel.SERIALIZABLE);
  }

  /** A store of this check's own, ready for use; closed when the check ends. */
  public UserEngineStore open(StoreOptions options) {
    UserEngineStore store = openAsIs(options);
    store.migrate();
    return store;
  }

  /** A store of this check's own as the fixture gives it; closed when the check ends. */
  public UserEngineStore openAsIs(StoreOptions options) {
    UserEngineStore store = fixture().open(options);
    stores.push(store);
    return store;
  }

  /** A transaction of a thread of its own, which this check drives step by step. */
  public SteppedTransaction begin(UserEngineStore store, TransactionOptions options)
      throws Exception {
    SteppedTransaction transaction =
        new SteppedTransaction(store, tenant, options, fixture()::isSomebodyWaiting);
    transactions.push(transaction);
    transaction.awaitBegin();
    return transaction;
  }

  public SteppedTransaction begin(TransactionOptions options) throws Exception {
    return begin(store(), options);
  }

  public SteppedTransaction begin() throws Exception {
    return begin(once());
  }

  /**
   * Runs two transactions of one step each, of which the second one begins its step before the
   * first one commits.
   *
   * @return what the second step returned; empty if the second transaction was given up
   */
  public <T> Optional<T> overlapping(
      SteppedTransaction.Step<?> first, SteppedTransaction.Step<T> second) throws Exception {
    SteppedTransaction one = begin();
    one.step(first::in);
    SteppedTransaction two = begin();
    Future<T> result = two.start(second);
    Future<?> end = two.startCommit();
    one.commit();
    try {
      T returned = SteppedTransaction.await(result);
      SteppedTransaction.await(end);
      return Optional.of(returned);
    } catch (StoreException.Retryable | StoreException.Timeout e) {
      return Optional.empty();
    }
  }

  /** Reports what an anomaly came to. */
  public void found(AnomalyResult result) {
    run().findings().found(result);
  }

  /** Leaves an empty storage, as before the first migration. */
  public void reset() {
    run().reset();
  }

  public int observations() {
    return observations.get();
  }

  /** Expects that a sentence is true. */
  public void holds(String sentence, boolean isTrue) {
    observations.incrementAndGet();
    if (!isTrue) {
      throw new ExpectationFailedError("expected: " + sentence + "; but it is not so");
    }
  }

  /** Expects a value. */
  public void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!Objects.equals(expected, actual)) {
      throw new ExpectationFailedError(
          what + ": " + Difference.between(expected, actual), expected, actual, null);
    }
  }

  /** Expects a value of a type, and returns it. */
  public <T> T isA(String what, Class<T> type, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!type.isInstance(actual)) {
      throw new ExpectationFailedError(
          what + ": expected " + type.getSimpleName() + ", but was " + Difference.excerpt(actual),
          type.getSimpleName(),
          actual,
          null);
    }
    return type.cast(actual);
  }

  /** Expects exact counts, and returns them. */
  public RecordCounts.Exact counted(String what, RecordCounts counts) {
    return isA(what, RecordCounts.Exact.class, counts);
  }

  /** Expects that an action fails with exactly that type, and returns what it threw. */
  public <T extends Throwable> T fails(String what, Class<T> with, Action action) {
    observations.incrementAndGet();
    Throwable seen = thrownBy(action);
    if (seen == null) {
      throw new ExpectationFailedError(
          what + ": expected " + with.getSimpleName() + ", but it returned normally");
    }
    if (seen.getClass() != with) {
      throw new ExpectationFailedError(
          what + ": expected " + with.getSimpleName() + ", but it threw " + Messages.describe(seen),
          with.getSimpleName(),
          seen,
          seen);
    }
    return with.cast(seen);
  }

  /** Expects a Conflict that names a field. */
  public void conflicts(String what, String field, Action action) {
    StoreException.Conflict conflict = fails(what, StoreException.Conflict.class, action);
    equal(what + ": the field in conflict", field, conflict.field());
  }

  /** Expects an InvalidInput that names a field. */
  public void invalid(String what, String field, Action action) {
    StoreException.InvalidInput invalid = fails(what, StoreException.InvalidInput.class, action);
    equal(what + ": the field that is refused", field, invalid.field());
  }

  /** Expects an UnknownReference that names a field. */
  public void refersToNothing(String what, String field, Action action) {
    StoreException.UnknownReference unknown =
        fails(what, StoreException.UnknownReference.class, action);
    equal(what + ": the field that refers to nothing", field, unknown.field());
  }

  /**
   * What an action threw, or null if it returned. An expectation inside that failed, fails, and so
   * does a fixture that threw.
   */
  public static @Nullable Throwable thrownBy(Action action) {
    try {
      action.run();
      return null;
    } catch (ExpectationFailedError | FixtureFailedException e) {
      throw e;
    } catch (Throwable t) {
      return t;
    }
  }

  /**
   * Takes this context away from a check that has not ended in time.
   *
   * @return whether it had not ended
   */
  public boolean abandon() {
    return state.compareAndSet(State.RUNNING, State.ABANDONED);
  }

  private RuleRun run() {
    if (state.get() == State.ABANDONED) {
      throw new IllegalStateException("this check was left behind");
    }
    return run;
  }

  /** Rolls back what is still open, then closes this check's own stores. */
  public void end() throws InterruptedException {
    try {
      // All of them are told before any is awaited: one may wait for another.
      transactions.forEach(SteppedTransaction::abandon);
      for (SteppedTransaction transaction : transactions) {
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
