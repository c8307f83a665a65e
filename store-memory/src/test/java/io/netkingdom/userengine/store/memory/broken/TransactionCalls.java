package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.util.function.Function;

/**
 * Which calls of a transaction that has just begun are answered otherwise. What happens in it may
 * change that again.
 */
final class TransactionCalls extends RecordCalls<TransactionCalls> {

  final EngineTransaction honest;
  final TenantId tenant;
  final TransactionOptions options;
  private final StorageEngine engine;
  private Runnable commit;
  private Runnable rollback;

  TransactionCalls(
      EngineTransaction honest, TenantId tenant, TransactionOptions options, StorageEngine engine) {
    this.honest = honest;
    this.tenant = tenant;
    this.options = options;
    this.engine = engine;
    this.commit = honest::commit;
    this.rollback = honest::rollback;
  }

  TransactionCalls commit(Runnable instead) {
    commit = instead;
    return this;
  }

  TransactionCalls rollback(Runnable instead) {
    rollback = instead;
    return this;
  }

  /** Does something outside of the transaction, and commits it at once. */
  <T> T alone(Function<Repositories, T> operation) {
    return engine.single(tenant, false, options, operation);
  }

  /** Reads what is committed, outside of the transaction. */
  <T> T committed(Function<Repositories, T> read) {
    return engine.single(tenant, true, options, read);
  }

  EngineTransaction transaction() {
    return new FaultyRecords.Transaction(honest, this, () -> commit.run(), () -> rollback.run());
  }
}
