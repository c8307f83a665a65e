package io.netkingdom.userengine.store;

/** One row of an import: something that a user can be made of, if it is acceptable. */
@FunctionalInterface
public interface UserRow {

  /**
   * The user that the row describes. Called once each time the row is read; the same each time.
   *
   * @throws StoreException.InvalidInput if the row is not acceptable
   */
  UserDraft draft();
}
