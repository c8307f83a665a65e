package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A place in a tenant's outbox, up to which somebody has read. Opaque; it names the database that
 * it was given out by, and is refused by another, such as one restored from a dump.
 *
 * <p>The text is readable and proves nothing. It holds no user's data and no tenant's name, and is
 * not sealed by a {@link PageTokenKey}. On PostgreSQL it carries the server's system identifier,
 * the oids of the database and of a table, a hash of the tenant's id by which whoever guesses the
 * id can recognise it, and the epoch, transaction id and position of the last record that was read,
 * which tell how much the server writes. In memory it carries a random id and a number of records.
 *
 * @param value 1 to {@value Limits#CURSOR} characters
 */
public record OutboxCursor(@JsonValue String value) {

  /** Before the first record. */
  public static final OutboxCursor BEGINNING = new OutboxCursor("beginning");

  /**
   * @throws StoreException.InvalidInput naming {@code cursor}, if it cannot be a cursor
   */
  public OutboxCursor {
    Objects.requireNonNull(value, "value");
    Text.nonEmpty("cursor", value, Limits.CURSOR);
  }

  /**
   * The cursor of that text.
   *
   * @throws StoreException.InvalidInput naming {@code cursor}, if it cannot be a cursor
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OutboxCursor of(String value) {
    Objects.requireNonNull(value, "value");
    return new OutboxCursor(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
