package io.netkingdom.userengine.store;

import java.util.Optional;

/**
 * The audit records of one tenant: they can be appended and read. They grow until somebody prunes
 * them, which is not the store's business.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface AuditRepository {

  /** Appends a record, which is there if and only if the transaction commits. */
  AuditRecord append(AuditDraft draft);

  /** The record of that id, if there is one. */
  Optional<AuditRecord> find(AuditId id);

  /**
   * Records in the order of their time; those of one transaction in the order of appending. A page
   * has fewer than its limit, and a token for the next one, where more would have details of more
   * than {@value Limits#PAGE_BYTES} bytes, but for one record at least.
   *
   * @throws StoreException.InvalidInput if the request's token is not one of this listing
   */
  Page<AuditRecord> list(AuditFilter filter, PageRequest request);
}
