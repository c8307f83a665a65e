package io.netkingdom.userengine.store;

/** SCIM's sortOrder (RFC 7644, section 3.4.2.3). */
public enum SortOrder {
  /** From the least key to the greatest. */
  ASCENDING,
  /** From the greatest key to the least. */
  DESCENDING;

  /** The other one. */
  public SortOrder reversed() {
    return this == ASCENDING ? DESCENDING : ASCENDING;
  }
}
