package io.netkingdom.userengine.store;

/** How what an audit record tells of ended. */
public enum AuditOutcome {
  /** It was done. */
  SUCCESS,
  /** It was refused or failed. */
  FAILURE
}
