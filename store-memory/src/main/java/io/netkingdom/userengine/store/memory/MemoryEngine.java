package io.netkingdom.userengine.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The committed records of all tenants, and one writer's lock per tenant. Safe for use by many
 * threads.
 */
final class MemoryEngine implements StorageEngine {

  /** There is no schema, and so no version of one. */
  private static final int NO_SCHEMA = 0;

  private final InstantSource clock;
  private final UUID epoch = UUID.randomUUID();
  private final ConcurrentMap<TenantId, ReentrantLock> writers = new ConcurrentHashMap<>();
  private volatile PMap<TenantId, TenantRecords> committed = HashTreePMap.empty();

  MemoryEngine(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return Timestamps.of("clock", clock.instant());
  }

  /** Names a tenant's outbox in these records: no other tenant's and no other engine's is alike. */
  UUID outboxEpoch(TenantId tenant) {
    return UUID.nameUUIDFromBytes((epoch + "/" + tenant.value()).getBytes(UTF_8));
  }

  /** What is committed of a tenant's records. */
  TenantRecords committed(TenantId tenant) {
    return committed.getOrDefault(tenant, TenantRecords.NONE);
  }

  /** Makes a writer's records the committed ones, in one step for all readers. */
  synchronized void publish(TenantId tenant, TenantRecords records) {
    committed = committed.plus(tenant, records);
  }

  /**
   * Waits until no other transaction writes in the tenant.
   *
   * @return the lock, held by this thread
   * @throws StoreException.Timeout if that takes too long
   */
  ReentrantLock lockForWriting(TenantId tenant, Duration limit) {
    ReentrantLock writer = writers.computeIfAbsent(tenant, any -> new ReentrantLock());
    try {
      if (!writer.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException.Timeout(
            "waiting for another transaction took longer than " + limit.toMillis() + " ms", null);
      }
      return writer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(
          "interrupted while waiting for another transaction to end", e);
    }
  }

  @Override
  public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
    return switch (options.isolation()) {
      case READ_COMMITTED -> new MemoryTransaction(this, tenant, options.lockTimeout(), null);
      case SERIALIZABLE ->
          new MemoryTransaction(this, tenant, options.lockTimeout(), committed(tenant));
    };
  }

  @Override
  public <T extends @Nullable Object> T single(
      TenantId tenant,
      boolean readOnly,
      TransactionOptions options,
      Function<? super Repositories, ? extends T> operation) {
    EngineTransaction transaction =
        new MemoryTransaction(this, tenant, options.lockTimeout(), null);
    T result;
    try {
      result = operation.apply(transaction);
    } catch (Throwable t) {
      transaction.rollback();
      throw t;
    }
    transaction.commit();
    return result;
  }

  @Override
  public Readiness readiness() {
    return new Readiness.Ready(NO_SCHEMA);
  }

  @Override
  public MigrationReport migrate() {
    return new MigrationReport(List.of(), NO_SCHEMA);
  }

  @Override
  public RecordCounts counts() {
    Map<RecordKind, Long> total = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      total.put(kind, 0L);
    }
    for (TenantRecords tenant : committed.values()) {
      tenant.counts().byKind().forEach((kind, count) -> total.merge(kind, count, Long::sum));
    }
    return new RecordCounts.Exact(total);
  }

  /** Lets the records go, for the sake of callers that keep the closed store. */
  @Override
  public synchronized void close() {
    committed = HashTreePMap.empty();
  }
}
