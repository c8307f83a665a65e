package io.netkingdom.userengine.store;

/**
 * A place in a tenant's outbox, up to which somebody has read. Opaque; it names the database that
 * it was given out by, and is refused by another, such as one restored from a dump.
 *
 * @param value 1 to {@value Limits#CURSOR} characters
 */
public record OutboxCursor(String value) {

  /** Before the first record. */
  public static final OutboxCursor BEGINNING = new OutboxCursor("beginning");

  /**
   * @throws StoreException.InvalidInput naming {@code cursor}, if it cannot be a cursor
   */
  public OutboxCursor {
    Text.nonEmpty("cursor", value, Limits.CURSOR);
  }

  /**
   * The cursor of that text.
   *
   * @throws StoreException.InvalidInput naming {@code cursor}, if it cannot be a cursor
   */
  public static OutboxCursor of(String value) {
    return new OutboxCursor(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
