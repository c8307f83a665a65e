package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users that records without a foreign key are about. Whoever appends such a record holds the
 * user against erasure until the transaction ends, so that no record escapes it: its row, which an
 * erased user has as well, or an advisory lock where there is no row, as of a deleted user.
 */
final class Subjects {

  /**
   * The arguments of the advisory lock on the user {@code told.id}: a class of locks that is ours,
   * and one of 255 in it. Many users share one, so that a transaction which tells of thousands does
   * not use up the server's memory for locks; the price is that an erasure may wait for others'
   * records.
   */
  static final String LOCK =
      "(1970496882, pg_catalog.mod(pg_catalog.hashtext(pg_catalog.concat(:tenant::text, ' ', told.id)), 128))";

  /**
   * The step {@code alone}, which holds those of the users that a step {@code named} found no row
   * of to lock.
   *
   * @param users the parameters that name the users, each in parentheses
   */
  static String alone(String users) {
    return """
        alone AS MATERIALIZED (
          SELECT pg_catalog.pg_advisory_xact_lock_shared%s
          FROM settings CROSS JOIN (VALUES %s) AS told (id)
          WHERE told.id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = told.id)
        )
        """
        .formatted(LOCK, users);
  }

  private Subjects() {}

  /** The id of the user that a type and an id name; null if they name something else. */
  static @Nullable UUID user(String type, String id) {
    if (!type.equals(AuditSubject.USER)) {
      return null;
    }
    try {
      UserId userId = UserId.of(id);
      return userId.toString().equals(id) ? userId.value() : null;
    } catch (StoreException.InvalidInput e) {
      return null; // an id of another form is no user's
    }
  }
}
