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
import org.jspecify.annotations.Nullable;

/**
 * A transaction in memory that an application owns. It begins with the first join, of one tenant.
 */
class CallersOwn implements CallerTransaction {

  final StorageEngine engine;
  final Map<String, String> settings = new HashMap<>(Map.of("lock_timeout", "12345"));
  private final TransactionalStore store;
  private @Nullable EngineTransaction open;

  CallersOwn(StorageEngine engine) {
    this.engine = engine;
    this.store = new TransactionalStore(engine, StoreOptions.defaults());
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T join(
      TenantId tenant, TransactionWork<T, X> work) throws X {
    EngineTransaction transaction = open;
    if (transaction == null) {
      transaction = engine.begin(tenant, TransactionOptions.defaults());
      open = transaction;
    }
    MemorySavepoint savepoint = MemorySavepoint.in(BrokenStore.honest(transaction));
    T result;
    try {
      result = store.joining(transaction, tenant, TransactionOptions.defaults(), work);
    } catch (Throwable t) {
      undo(savepoint);
      throw t;
    }
    if (transaction != open) {
      noticeThatItEnded();
    }
    return result;
  }

  void undo(MemorySavepoint savepoint) {
    savepoint.rollback();
  }

  void noticeThatItEnded() {
    throw new StoreException.IllegalUse("the work ended the transaction that it had joined");
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
