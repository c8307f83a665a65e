package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import java.util.Optional;

/** Passes everything on. */
class ForwardingAudit implements AuditRepository {

  final AuditRepository honest;

  ForwardingAudit(AuditRepository honest) {
    this.honest = honest;
  }

  @Override
  public AuditRecord append(AuditDraft draft) {
    return honest.append(draft);
  }

  @Override
  public Optional<AuditRecord> find(AuditId id) {
    return honest.find(id);
  }

  @Override
  public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
    return honest.list(filter, request);
  }
}
