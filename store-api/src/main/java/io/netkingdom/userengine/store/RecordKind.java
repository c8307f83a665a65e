package io.netkingdom.userengine.store;

/** The kinds of record that a store keeps and counts. */
public enum RecordKind {
  /** {@link User}. */
  USER,
  /** {@link FederatedIdentity}. */
  FEDERATED_IDENTITY,
  /** {@link Group}. */
  GROUP,
  /** {@link Membership}. */
  MEMBERSHIP,
  /** {@link ProfileDocument}. */
  PROFILE_DOCUMENT,
  /** {@link AuditRecord}. */
  AUDIT_RECORD,
  /** {@link OutboxRecord}. */
  OUTBOX_RECORD
}
