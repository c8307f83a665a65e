package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Storage, constraints and isolation: what adapters differ in.
 *
 * <p>An engine is safe for use by many threads. It reports failures as {@link
 * io.netkingdom.userengine.store.StoreException}s only. Its arguments are valid already and it is
 * called only while the store is open and, for records, ready; it checks nothing of that again.
 *
 * <p>Page tokens that it takes and gives are those of {@link Keyset}, not sealed: {@link
 * TransactionalStore} seals and opens them where the store has a key.
 *
 * <p>The repositories that it hands out are for one thread, need not check whether their
 * transaction still runs, and leave the transaction usable after every error for which {@link
 * io.netkingdom.userengine.store.StoreException#leavesTransactionUsable} is true.
 */
public interface StorageEngine {

  /**
   * Runs one operation as a transaction of its own.
   *
   * @param tenant the tenant whose records the operation sees
   * @param readOnly whether the operation only reads
   * @param options the store's default options; isolation and retries are not the engine's matter
   *     here
   * @param operation exactly one call of one repository
   */
  <T extends @Nullable Object> T single(
      TenantId tenant,
      boolean readOnly,
      TransactionOptions options,
      Function<? super Repositories, ? extends T> operation);

  /**
   * Begins a transaction.
   *
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput naming {@code isolation}, if
   *     the engine has nothing that strong
   */
  EngineTransaction begin(TenantId tenant, TransactionOptions options);

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#readiness}. */
  Readiness readiness();

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#migrate}. */
  MigrationReport migrate();

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#counts}. */
  RecordCounts counts();

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#estimatedCounts}. */
  default RecordCounts estimatedCounts() {
    return counts();
  }

  /** Releases everything. Called once, when nothing of the engine is in use any more. */
  void close();
}
