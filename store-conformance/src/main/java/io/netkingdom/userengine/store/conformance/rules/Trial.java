package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one check works with: a store, a tenant of its own, and the ways to say what is expected.
 *
 * <p>Every expectation is a sentence, so that a failure reads as what was expected and what was seen.
 * The number of expectations that were looked at is counted.
 */
final class Trial implements AutoCloseable {

  private final RuleRun run;
  private final TenantId tenant;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicInteger observations = new AtomicInteger();

  Trial(RuleRun run) {
    this.run = run;
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
    return run.newTenant();
  }

  Random random() {
    return run.random();
  }

  StoreFixture fixture() {
    return run.fixture();
  }

  /** The store that most checks share, ready for use. */
  UserEngineStore store() {
    return run.shared();
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

  <T extends @Nullable Object, X extends Exception> T inTransaction(TransactionWork<T, X> work)
      throws X {
    return store().inTransaction(tenant, work);
  }

  /** Options of a transaction that is not run again by itself. */
  TransactionOptions once() {
    return TransactionOptions.defaults().withRetry(RetryPolicy.none());
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
    opened.push(store);
    return store;
  }

  /** A transaction of a thread of its own, which this check drives step by step. */
  Interleaved begin(UserEngineStore store, TransactionOptions options) {
    Interleaved transaction = new Interleaved(store, tenant, options);
    opened.push(transaction);
    return transaction;
  }

  Interleaved begin() {
    return begin(store(), once());
  }

  /** Leaves an empty storage, as before the first migration. */
  void reset() {
    run.reset();
  }

  int observations() {
    return observations.get();
  }

  /** Expects that a sentence is true. */
  void holds(String sentence, boolean isTrue) {
    observations.incrementAndGet();
    if (!isTrue) {
      throw new AssertionError("expected: " + sentence + "; but it is not so");
    }
  }

  /** Expects a value. */
  void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
    }
  }

  /** Expects a value of a type, and returns it. */
  <T> T isA(String what, Class<T> type, @Nullable Object actual) {
    observations.incrementAndGet();
    if (!type.isInstance(actual)) {
      throw new AssertionError(what + ": expected " + type.getSimpleName() + ", but was " + actual);
    }
    return type.cast(actual);
  }

  /** Expects that an action fails with exactly that type, and returns what it threw. */
  <T extends Throwable> T fails(String what, Class<T> with, Action action) {
    observations.incrementAndGet();
    Throwable seen = thrownBy(action);
    if (seen == null) {
      throw new AssertionError(
          what + ": expected " + with.getSimpleName() + ", but it returned normally");
    }
    if (seen.getClass() != with) {
      throw new AssertionError(
          what + ": expected " + with.getSimpleName() + ", but it threw " + seen, seen);
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

  static @Nullable Throwable thrownBy(Action action) {
    try {
      action.run();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
