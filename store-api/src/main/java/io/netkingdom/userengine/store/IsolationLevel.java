package io.netkingdom.userengine.store;

/**
 * How much of other transactions' work a transaction may notice. Levels are ordered from weak to
 * strong; an adapter may give more than was asked for, never less.
 */
public enum IsolationLevel {
  /**
   * Each statement sees what was committed before it began. Constraints decide races and versions
   * prevent lost updates; what is decided on the ground of several reads can be outdated.
   */
  READ_COMMITTED,

  /** Transactions have the effect of running one after the other, in some order. */
  SERIALIZABLE
}
