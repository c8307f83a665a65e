package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link UserEngineStore} over a {@link StorageEngine}: the part of the contract's TXN and LIF
 * sections that does not depend on where records are kept. Safe for use by many threads.
 */
public final class TransactionalStore implements UserEngineStore {

  private final StorageEngine engine;
  private final StoreOptions options;
  private final Lifecycle lifecycle;

  // What the innermost callback of this thread was handed. One per store, and so not static: a
  // thread can have a transaction open in each of two stores.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable TransactionHandle> open = new ThreadLocal<>();

  private volatile boolean knownReady;

  /**
   * Takes an engine over: closing the store closes the engine.
   *
   * @param options what the engine was opened with
   */
  public TransactionalStore(StorageEngine engine, StoreOptions options) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.options = Objects.requireNonNull(options, "options");
    this.lifecycle = new Lifecycle(() -> InterruptFlag.runAside(engine::close));
  }

  @Override
  public StoreOptions options() {
    return options;
  }

  @Override
  public Repositories tenant(TenantId tenant) {
    return new GuardedRepositories(new SingleOperations(Objects.requireNonNull(tenant, "tenant")));
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(work, "work");
    TransactionHandle outer = open.get();
    if (outer != null) {
      return join(outer, tenant, options, work);
    }
    lifecycle.enter();
    try {
      requireReady();
      return runWithRetries(tenant, options, work);
    } catch (StoreException.NotMigrated e) {
      knownReady = false;
      throw e;
    } finally {
      lifecycle.leave();
    }
  }

  private <T extends @Nullable Object, X extends Exception> T join(
      TransactionHandle outer,
      TenantId tenant,
      TransactionOptions requested,
      TransactionWork<T, X> work)
      throws X {
    TransactionHandle handle = outer.join(tenant, requested);
    open.set(handle);
    try {
      return work.in(handle);
    } catch (Throwable t) {
      handle.doom(t);
      throw t;
    } finally {
      handle.end();
      open.set(outer);
    }
  }

  private <T extends @Nullable Object, X extends Exception> T runWithRetries(
      TenantId tenant, TransactionOptions requested, TransactionWork<T, X> work) throws X {
    for (int attempt = 1; ; attempt++) {
      TransactionScope scope =
          new TransactionScope(
              InterruptFlag.aside(() -> engine.begin(tenant, requested)),
              tenant,
              requested,
              attempt,
              options.pageTokenKey(),
              lifecycle::isClosed);
      try {
        return runOnce(scope, work);
      } catch (Throwable t) {
        // What counts is what the engine asked for, even where the callback wrapped it in an
        // exception of its own; when no attempt is left, the callback's exception goes out as it
        // is.
        if (!scope.isRetryable() || !pause(requested, attempt)) {
          throw t;
        }
      }
    }
  }

  private static boolean pause(TransactionOptions requested, int attempt) {
    return InterruptFlag.aside(() -> Backoff.pause(requested.retry(), attempt));
  }

  private <T extends @Nullable Object, X extends Exception> T runOnce(
      TransactionScope scope, TransactionWork<T, X> work) throws X {
    TransactionHandle handle = new TransactionHandle(scope, scope.options());
    open.set(handle);
    try {
      T result;
      try {
        result = work.in(handle);
      } catch (Throwable t) {
        scope.rollback();
        throw t;
      }
      scope.commit();
      return result;
    } finally {
      handle.end();
      open.remove();
    }
  }

  private void requireReady() {
    if (knownReady) {
      return;
    }
    Readiness readiness = InterruptFlag.aside(engine::readiness);
    if (readiness instanceof Readiness.Unreachable unreachable) {
      throw new StoreException.Unavailable(unreachable.describe(), null);
    }
    if (!(readiness instanceof Readiness.Ready)) {
      throw new StoreException.NotMigrated(readiness);
    }
    knownReady = true;
  }

  private RecordCounts countsOf(Supplier<RecordCounts> tenant) {
    if (!knownReady) {
      Readiness readiness = readiness();
      if (!(readiness instanceof Readiness.Ready)) {
        return new RecordCounts.NotReady(readiness);
      }
    }
    return tenant.get();
  }

  @Override
  public Readiness readiness() {
    return whileOpen(engine::readiness);
  }

  @Override
  public MigrationReport migrate() {
    return whileOpen(engine::migrate);
  }

  @Override
  public RecordCounts counts() {
    return whileOpen(engine::counts);
  }

  @Override
  public RecordCounts estimatedCounts() {
    return whileOpen(engine::estimatedCounts);
  }

  /**
   * Runs work in a transaction that is the caller's own: it is neither committed nor rolled back
   * here, nor run again, and {@link StoreException.Retryable} reaches the caller. Once something
   * doomed it, every further call is refused, and so is this one's normal return.
   *
   * @param callers the caller's transaction; neither {@link EngineTransaction#commit} nor {@link
   *     EngineTransaction#rollback} is called
   * @param options what the transaction is known to have
   */
  public <T extends @Nullable Object, X extends Exception> T joining(
      EngineTransaction callers,
      TenantId tenant,
      TransactionOptions options,
      TransactionWork<T, X> work)
      throws X {
    Objects.requireNonNull(callers, "callers");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(work, "work");
    if (open.get() != null) {
      throw new StoreException.IllegalUse("this thread has a transaction of this store open");
    }
    lifecycle.enter();
    try {
      requireReady();
      TransactionScope scope =
          new TransactionScope(
              callers, tenant, options, 1, this.options.pageTokenKey(), lifecycle::isClosed);
      TransactionHandle handle = new TransactionHandle(scope, options);
      open.set(handle);
      try {
        T result = work.in(handle);
        scope.requireUndoomed();
        return result;
      } finally {
        handle.end();
        open.remove();
      }
    } finally {
      lifecycle.leave();
    }
  }

  private <T> T whileOpen(Supplier<T> call) {
    lifecycle.enter();
    try {
      return InterruptFlag.aside(call);
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /** The gate of calls outside a transaction; inside one it leads to that transaction. */
  private final class SingleOperations implements Gate {
    private final TenantId tenant;

    SingleOperations(TenantId tenant) {
      this.tenant = tenant;
    }

    @Override
    public <T extends @Nullable Object> T read(
        Function<? super Repositories, ? extends T> operation) {
      return run(true, operation);
    }

    @Override
    public <T extends @Nullable Object> T write(
        Function<? super Repositories, ? extends T> operation) {
      return run(false, operation);
    }

    @Override
    public TenantId tenant() {
      return tenant;
    }

    @Override
    public @Nullable PageTokenKey pageTokenKey() {
      return options.pageTokenKey();
    }

    @Override
    public RecordCounts counts() {
      return countsOf(() -> read(Repositories::counts));
    }

    private <T extends @Nullable Object> T run(
        boolean readOnly, Function<? super Repositories, ? extends T> operation) {
      TransactionHandle outer = open.get();
      if (outer != null) {
        outer.checkTenant(tenant);
        return readOnly ? outer.read(operation) : outer.write(operation);
      }
      lifecycle.enter();
      try {
        requireReady();
        if (options.transactions().readOnly() && !readOnly) {
          throw new StoreException.ReadOnly("the store's transactions are read-only");
        }
        return InterruptFlag.aside(() -> runWithRetries(readOnly, operation));
      } catch (StoreException.NotMigrated e) {
        knownReady = false;
        throw e;
      } finally {
        lifecycle.leave();
      }
    }

    private <T extends @Nullable Object> T runWithRetries(
        boolean readOnly, Function<? super Repositories, ? extends T> operation) {
      for (int attempt = 1; ; attempt++) {
        try {
          return engine.single(tenant, readOnly, options.transactions(), operation);
        } catch (StoreException.Retryable e) {
          if (!Backoff.pause(options.transactions().retry(), attempt)) {
            throw e;
          }
        }
      }
    }
  }
}
