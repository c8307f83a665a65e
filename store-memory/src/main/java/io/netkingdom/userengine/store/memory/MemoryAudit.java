package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.adapter.Listings;
import java.time.Instant;
import java.util.Optional;

/** Audit records, in a transaction. */
record MemoryAudit(MemoryTransaction tx) implements AuditRepository {

  /** A record to be appended. */
  static AuditRecord newRecord(MemoryTransaction tx, AuditDraft draft, Instant now) {
    return new AuditRecord(AuditId.generate(now), tx.auditTime(now), draft);
  }

  @Override
  public AuditRecord append(AuditDraft draft) {
    TenantRecords records = tx.lockAndRead();
    AuditRecord appended = newRecord(tx, draft, tx.now());
    tx.write(records.withAudit(records.audit().append(appended)));
    return appended;
  }

  @Override
  public Optional<AuditRecord> find(AuditId id) {
    return Optional.ofNullable(tx.read().audit().find(id));
  }

  @Override
  public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
    return tx.read().audit().page(Listings.audit(tx.tenant(), filter, request), filter);
  }
}
