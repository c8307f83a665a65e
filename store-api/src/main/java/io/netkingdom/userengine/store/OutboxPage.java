package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;
import java.util.Objects;

/**
 * What was read of an outbox.
 *
 * @param records the records, in order
 * @param next where to go on; the same place if there was nothing
 */
public record OutboxPage(List<OutboxRecord> records, OutboxCursor next) {

  /** Copies the list. */
  public OutboxPage {
    records = Arguments.copy("records", records);
    Objects.requireNonNull(next, "next");
  }
}
