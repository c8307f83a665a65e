package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.memory.MemorySavepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in memory that an application owns. It begins with the first join, of one tenant.
 * What a fault may replace is a field.
 */
final class CallersOwn implements CallerTransaction {

  /** Runs work in the transaction. */
  @FunctionalInterface
  interface Join {
    @Nullable Object run(TenantId tenant, TransactionWork<Object, RuntimeException> work);
  }

  final StorageEngine engine;
  final Map<String, String> settings = new HashMap<>(Map.of("lock_timeout", "12345"));
  Join join = this::joinHonestly;
  Consumer<MemorySavepoint> undo = MemorySavepoint::rollback;
  Runnable noticeThatItEnded =
      () -> {
        throw new StoreException.IllegalUse("the work ended the transaction that it had joined");
      };
  private final TransactionalStore store;
  private @Nullable EngineTransaction open;

  CallersOwn(StorageEngine engine) {
    this.engine = engine;
    this.store = new TransactionalStore(engine, StoreOptions.defaults());
  }

  @Override
  @SuppressWarnings("unchecked") // What comes out is what the work returned or threw.
  public <T extends @Nullable Object, X extends Exception> T join(
      TenantId tenant, TransactionWork<T, X> work) {
    return (T) join.run(tenant, (TransactionWork<Object, RuntimeException>) work);
  }

  @Nullable Object joinHonestly(TenantId tenant, TransactionWork<Object, RuntimeException> work) {
    EngineTransaction transaction = open;
    if (transaction == null) {
      transaction = engine.begin(tenant, TransactionOptions.defaults());
      open = transaction;
    }
    MemorySavepoint savepoint = MemorySavepoint.in(honest(transaction));
    Object result;
    try {
      result = store.joining(transaction, tenant, TransactionOptions.defaults(), work);
    } catch (Throwable t) {
      undo.accept(savepoint);
      throw t;
    }
    if (transaction != open) {
      noticeThatItEnded.run();
    }
    return result;
  }

  /** The transaction of the memory adapter itself. */
  private static EngineTransaction honest(EngineTransaction transaction) {
    return transaction instanceof FaultyRecords.Transaction faulty
        ? honest(faulty.honest)
        : transaction;
  }

  @Override
  public void commit() {
    if (open != null) {
      open.commit();
      open = null;
    }
  }

  @Override
  public void rollback() {
    if (open != null) {
      open.rollback();
      open = null;
    }
  }

  @Override
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  @Override
  public void close() {
    rollback();
  }
}
