package io.netkingdom.userengine.store;

/** The records of one tenant. The same in a transaction and for single operations. */
public interface Repositories {

  /** Users. */
  UserRepository users();

  /** The identities at outside providers through which users sign in. */
  FederatedIdentityRepository identities();

  /** Groups and who is in them. */
  GroupRepository groups();

  /** Profile documents. */
  ProfileRepository profiles();

  /** Audit records. */
  AuditRepository audit();

  /** The outbox. */
  OutboxRepository outbox();

  /**
   * How many records of each kind the tenant has. Inside a transaction this includes its own
   * writes. Outside of one it answers before any table exists, too.
   */
  RecordCounts counts();
}
