package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of one tenant. It reads what is committed, or its snapshot if it has one; from its
 * first write on it holds the tenant's lock and reads its own records. An operation that fails has
 * not called {@link #write}, and so has changed nothing. Of one thread.
 */
final class MemoryTransaction implements EngineTransaction {

  private final MemoryEngine engine;
  private final TenantId tenant;
  private final Duration lockTimeout;
  private final @Nullable TenantRecords snapshot;
  private final UserRepository users = new MemoryUsers(this);
  private final FederatedIdentityRepository identities = new MemoryIdentities(this);
  private final GroupRepository groups = new MemoryGroups(this);
  private final ProfileRepository profiles = new MemoryProfiles(this);
  private final AuditRepository audit = new MemoryAudit(this);
  private final OutboxRepository outbox = new MemoryOutbox(this);
  private @Nullable ReentrantLock lock;
  private @Nullable TenantRecords own;
  private @Nullable Instant lastAudit;

  /**
   * Begins.
   *
   * @param snapshot what a serializable transaction sees of others; null to see what is committed
   *     whenever it looks
   */
  MemoryTransaction(
      MemoryEngine engine,
      TenantId tenant,
      Duration lockTimeout,
      @Nullable TenantRecords snapshot) {
    this.engine = engine;
    this.tenant = tenant;
    this.lockTimeout = lockTimeout;
    this.snapshot = snapshot;
  }

  TenantId tenant() {
    return tenant;
  }

  Instant now() {
    return engine.now();
  }

  /**
   * The time of an audit record that is appended now: now, but not before the one that this
   * transaction appended last.
   */
  Instant auditTime(Instant now) {
    Instant time = lastAudit != null && lastAudit.isAfter(now) ? lastAudit : now;
    lastAudit = time;
    return time;
  }

  /** Names the tenant's outbox among those of all tenants and all stores. */
  UUID outboxEpoch() {
    return engine.outboxEpoch(tenant);
  }

  /** The records as an operation that only reads sees them. */
  TenantRecords read() {
    return own != null ? own : readCommitted();
  }

  /**
   * The records without this transaction's own writes: what is committed now, or what was when a
   * serializable transaction began.
   */
  TenantRecords readCommitted() {
    return snapshot != null ? snapshot : engine.committed(tenant);
  }

  /**
   * The records as an operation that may write sees them: nobody else changes them any more.
   *
   * @throws StoreException.Retryable if the snapshot is outdated: what this transaction has read
   *     may have been changed, so that its writes would rest on nothing
   */
  TenantRecords lockAndRead() {
    if (own != null) {
      return own;
    }
    ReentrantLock acquired = engine.lockForWriting(tenant, lockTimeout);
    TenantRecords latest = engine.committed(tenant);
    if (snapshot != null && snapshot != latest) {
      acquired.unlock();
      throw new StoreException.Retryable(
          "another transaction of the tenant committed since this one began", null);
    }
    lock = acquired;
    own = latest;
    return latest;
  }

  /** Takes over what an operation made out of {@link #lockAndRead}'s records. */
  void write(TenantRecords records) {
    own = records;
  }

  @Override
  public void commit() {
    if (own != null && own != engine.committed(tenant)) {
      engine.publish(tenant, own);
    }
    release();
  }

  @Override
  public void rollback() {
    release();
  }

  private void release() {
    if (lock != null) {
      lock.unlock();
    }
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public FederatedIdentityRepository identities() {
    return identities;
  }

  @Override
  public GroupRepository groups() {
    return groups;
  }

  @Override
  public ProfileRepository profiles() {
    return profiles;
  }

  @Override
  public AuditRepository audit() {
    return audit;
  }

  @Override
  public OutboxRepository outbox() {
    return outbox;
  }

  @Override
  public RecordCounts counts() {
    return read().counts();
  }
}
