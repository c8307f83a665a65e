package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of an outermost callback: the engine's transaction, and what has doomed it. Shared by the
 * handles of all calls that joined. Of one thread.
 */
final class TransactionScope {

  private final EngineTransaction transaction;
  private final TenantId tenant;
  private final TransactionOptions options;
  private final int attempt;
  private final @Nullable PageTokenKey pageTokenKey;
  private final BooleanSupplier storeClosed;
  private @Nullable Throwable doom;

  TransactionScope(
      EngineTransaction transaction,
      TenantId tenant,
      TransactionOptions options,
      int attempt,
      @Nullable PageTokenKey pageTokenKey,
      BooleanSupplier storeClosed) {
    this.transaction = transaction;
    this.tenant = tenant;
    this.options = options;
    this.attempt = attempt;
    this.pageTokenKey = pageTokenKey;
    this.storeClosed = storeClosed;
  }

  TenantId tenant() {
    return tenant;
  }

  TransactionOptions options() {
    return options;
  }

  int attempt() {
    return attempt;
  }

  @Nullable PageTokenKey pageTokenKey() {
    return pageTokenKey;
  }

  /** Keeps this transaction from committing; what doomed it first is what is told. */
  void doom(Throwable cause) {
    if (doom == null) {
      doom = cause;
    }
  }

  /** Whether the engine itself asked for this run to be repeated. */
  boolean isRetryable() {
    return doom instanceof StoreException.Retryable;
  }

  <T extends @Nullable Object> T run(Function<? super Repositories, ? extends T> operation) {
    if (storeClosed.getAsBoolean()) {
      throw new StoreException.IllegalUse("the store is closed");
    }
    if (doom != null) {
      throw new StoreException.RolledBack("an earlier failure doomed it", doom);
    }
    try {
      return InterruptFlag.aside(() -> operation.apply(transaction));
    } catch (RuntimeException | Error e) {
      if (!(e instanceof StoreException refusal && refusal.leavesTransactionUsable())) {
        doom(e);
      }
      throw e;
    }
  }

  /**
   * Commits, unless something doomed the transaction.
   *
   * @throws StoreException.RolledBack if something did
   */
  void commit() {
    try {
      requireUndoomed();
    } catch (StoreException e) {
      rollback();
      throw e;
    }
    try {
      InterruptFlag.runAside(transaction::commit);
    } catch (StoreException.Retryable e) {
      doom(e);
      throw e;
    }
  }

  /**
   * Whether a transaction of which the callback returned normally may commit.
   *
   * @throws StoreException.RolledBack if something doomed it
   * @throws StoreException.IllegalUse if the store was closed meanwhile
   */
  void requireUndoomed() {
    if (storeClosed.getAsBoolean()) {
      throw new StoreException.IllegalUse("the store is closed");
    }
    if (doom != null) {
      throw new StoreException.RolledBack("a failure inside it was caught", doom);
    }
  }

  void rollback() {
    InterruptFlag.runAside(transaction::rollback);
  }
}
