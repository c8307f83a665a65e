package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A stored audit record. It is never changed, except that the erasure of a user replaces what it
 * tells of that user: see {@link UserRepository#erase}.
 *
 * @param id identifies the record
 * @param occurredAt when it was appended, in whole microseconds; within one transaction it never
 *     goes back
 * @param entry what it tells
 */
public record AuditRecord(AuditId id, Instant occurredAt, AuditDraft entry) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if the time is not one that a store holds
   */
  public AuditRecord {
    Objects.requireNonNull(id, "id");
    occurredAt = Timestamps.of("occurredAt", occurredAt);
    Objects.requireNonNull(entry, "entry");
  }

  /** Whether it tells of that user, as the one who did it or as its target. */
  public boolean names(UserId userId) {
    Objects.requireNonNull(userId, "userId");
    AuditSubject user = AuditSubject.user(userId);
    return entry.actor().isSameAs(user) || entry.target().isSameAs(user);
  }

  /** This record with what it tells of people replaced by the marker. */
  public AuditRecord erased() {
    return new AuditRecord(
        id,
        occurredAt,
        new AuditDraft(
            entry.actor().withLabel(Erasure.LABEL),
            entry.action(),
            entry.target().withLabel(Erasure.LABEL),
            entry.outcome(),
            entry.requestId(),
            Erasure.DOCUMENT));
  }
}
