package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import java.util.Objects;
import java.util.Optional;

/** Audit records, through the gate. */
record GuardedAudit(Gate gate) implements AuditRepository {

  @Override
  public AuditRecord append(AuditDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.audit().append(draft));
  }

  @Override
  public Optional<AuditRecord> find(AuditId id) {
    Objects.requireNonNull(id, "id");
    return gate.read(engine -> engine.audit().find(id));
  }

  @Override
  public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
    Objects.requireNonNull(filter, "filter");
    PageRequest opened = gate.open(request);
    Listings.audit(gate.tenant(), filter, opened);
    return gate.seal(gate.read(engine -> engine.audit().list(filter, opened)));
  }
}
