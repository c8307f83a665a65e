package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Identifies an audit record within its tenant. Ordered by unsigned bytes, as {@link UserId}.
 *
 * @param value any UUID
 */
public record AuditId(@JsonValue UUID value) implements Comparable<AuditId> {

  /** Refuses null. */
  public AuditId {
    Objects.requireNonNull(value, "value");
  }

  /** The id of that UUID. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AuditId of(UUID value) {
    return new AuditId(value);
  }

  /**
   * The id written in the form of RFC 9562, section 4.
   *
   * @throws StoreException.InvalidInput if the text is not the canonical form of a UUID
   */
  public static AuditId of(String text) {
    Objects.requireNonNull(text, "text");
    return new AuditId(Uuids.parse("auditId", text));
  }

  /**
   * A new id: a UUID of version 7 (RFC 9562, section 5.7), which sorts by its time.
   *
   * @param now the time to put into the id
   */
  public static AuditId generate(Instant now) {
    Objects.requireNonNull(now, "now");
    return new AuditId(Uuids.version7(now));
  }

  @Override
  public int compareTo(AuditId other) {
    Objects.requireNonNull(other, "other");
    return Uuids.UNSIGNED.compare(value, other.value);
  }

  /** The UUID's canonical text. */
  @Override
  public String toString() {
    return value.toString();
  }
}
