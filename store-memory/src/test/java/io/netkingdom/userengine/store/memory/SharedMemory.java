package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Memory that outlives its stores and wants to be migrated first: what a database looks like to the
 * kit, so that the rules of every capability can be tried without one.
 */
public final class SharedMemory {

  private static final List<String> MIGRATIONS = List.of("0001_records");

  // Each storage has stores of its own.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<InstantSource> clock = ThreadLocal.withInitial(InstantSource::system);

  private final MemoryEngine records = new MemoryEngine(() -> clock.get().instant());
  private final AtomicBoolean migrated = new AtomicBoolean();

  /** Empty, and not migrated. */
  public SharedMemory() {}

  /** The engine of one store; closing it keeps the records. */
  public StorageEngine open(InstantSource storeClock) {
    return new Opened(storeClock);
  }

  /**
   * What undoes the tenant's committed records: it makes them what they are now again, whatever was
   * committed since.
   */
  public Runnable turnBack(TenantId tenant) {
    TenantRecords before = records.committed(tenant);
    return () -> records.publish(tenant, before);
  }

  /** The time of the store that this thread is calling. */
  public Instant now() {
    return records.now();
  }

  private final class Opened implements StorageEngine {
    private final InstantSource storeClock;

    Opened(InstantSource storeClock) {
      this.storeClock = storeClock;
    }

    @Override
    public <T> T single(
        TenantId tenant,
        boolean readOnly,
        TransactionOptions options,
        Function<? super Repositories, ? extends T> operation) {
      clock.set(storeClock);
      return records.single(tenant, readOnly, options, operation);
    }

    @Override
    public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
      clock.set(storeClock);
      return records.begin(tenant, options);
    }

    @Override
    public Readiness readiness() {
      return migrated.get() ? new Readiness.Ready(1) : new Readiness.Uninitialised(MIGRATIONS);
    }

    @Override
    public MigrationReport migrate() {
      return new MigrationReport(migrated.getAndSet(true) ? List.of() : MIGRATIONS, 1);
    }

    @Override
    public RecordCounts counts() {
      return migrated.get() ? records.counts() : new RecordCounts.NotReady(readiness());
    }

    @Override
    public void close() {}
  }
}
