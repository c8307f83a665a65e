package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A stored outbox record. It is never changed, except that the erasure of a user replaces the
 * payload and headers of messages about that user: see {@link UserRepository#erase}.
 *
 * @param id identifies the record
 * @param created when it was appended, in whole microseconds
 * @param message what it announces
 */
public record OutboxRecord(OutboxId id, Instant created, OutboxDraft message) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if the time is not one that a store holds
   */
  public OutboxRecord {
    Objects.requireNonNull(id, "id");
    created = Timestamps.of("created", created);
    Objects.requireNonNull(message, "message");
  }

  /** Whether it is about that user. */
  public boolean isAbout(UserId userId) {
    Objects.requireNonNull(userId, "userId");
    return message.aggregateType().equals(AuditSubject.USER)
        && message.aggregateId().equals(userId.toString());
  }

  /** This record with what it tells replaced by the marker. */
  public OutboxRecord erased() {
    return new OutboxRecord(
        id,
        created,
        new OutboxDraft(
            message.aggregateType(),
            message.aggregateId(),
            message.aggregateVersion(),
            message.eventType(),
            Erasure.DOCUMENT,
            Map.of(),
            message.dedupKey()));
  }
}
