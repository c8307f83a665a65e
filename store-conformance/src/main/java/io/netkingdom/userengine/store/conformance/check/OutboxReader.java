package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads an outbox from its beginning on, and remembers what it saw. Of one thread. */
public final class OutboxReader {

  /** The event type of the records that a reader appends to learn how far it has come. */
  public static final String MARK = "conformance.mark";

  /** Far beyond any lag; only a store that never shows a committed record gets there. */
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final OutboxRepository outbox;
  private final int limit;
  private final List<OutboxRecord> seen = new ArrayList<>();
  private OutboxCursor place = OutboxCursor.BEGINNING;

  public OutboxReader(OutboxRepository outbox, int limit) {
    this.outbox = outbox;
    this.limit = limit;
  }

  /** All that was seen so far, in order, without marks. */
  public List<OutboxRecord> seen() {
    return seen.stream().filter(record -> !isMark(record)).toList();
  }

  /** The event types of all that was seen so far, in order, without marks. */
  public List<String> events() {
    return seen().stream().map(record -> record.message().eventType()).toList();
  }

  /** The place up to which it has read. */
  public OutboxCursor place() {
    return place;
  }

  /** Reads one page. */
  public OutboxPage page() {
    OutboxPage page = outbox.readAfter(place, limit);
    seen.addAll(page.records());
    place = page.next();
    return page;
  }

  /** Reads to what is the end now. */
  public OutboxReader toTheEnd() {
    while (!page().records().isEmpty()) {
      // There may be more.
    }
    return this;
  }

  /**
   * Reads until it has passed everything that was committed before this call. Reading may lag
   * behind transactions that are still running, so that the end of what is shown now is not yet the
   * end: but what is appended now comes after all that was committed before.
   */
  public OutboxReader toAllThatIsCommitted() {
    OutboxId mark =
        outbox.append(OutboxDraft.of("conformance", "reader", MARK, Json.object())).record().id();
    long begun = System.nanoTime();
    int looked = 0;
    while (true) {
      boolean empty = page().records().isEmpty();
      for (; looked < seen.size(); looked++) {
        if (seen.get(looked).id().equals(mark)) {
          return this;
        }
      }
      if (System.nanoTime() - begun > BOUND_NANOS) {
        throw new ExpectationFailedError(
            "expected: a committed record is shown once no transaction is running; but one was not,"
                + " in all that was read");
      }
      if (empty) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean isMark(OutboxRecord record) {
    return record.message().eventType().equals(MARK);
  }
}
