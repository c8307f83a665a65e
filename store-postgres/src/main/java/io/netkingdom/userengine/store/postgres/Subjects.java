package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users that records without a foreign key are about. Whoever appends such a record holds the
 * user against erasure until the transaction ends, so that no record escapes it.
 */
final class Subjects {

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
