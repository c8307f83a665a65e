package io.netkingdom.userengine.store;

/** The kinds of record that a store keeps and counts. */
public enum RecordKind {
  /** {@link User}. */
  USER,
  /** {@link FederatedIdentity}. */
  FEDERATED_IDENTITY
}
