package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The outbox, in a transaction. A cursor is the epoch of the tenant's outbox and the number of
 * records before the place. Reading after a cursor sees what {@link
 * MemoryTransaction#readCommitted} sees, so that to a serializable transaction the outbox ends
 * where it did when the transaction began.
 */
record MemoryOutbox(MemoryTransaction tx) implements OutboxRepository {

  /** A record to be appended. */
  static OutboxRecord newRecord(OutboxDraft draft, Instant now) {
    return new OutboxRecord(OutboxId.generate(now), now, draft);
  }

  @Override
  public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
    TenantRecords records = tx.lockAndRead();
    OutboxRecord stored = records.outbox().findRepeatedBy(draft);
    if (stored != null) {
      return new UpsertResult.Unchanged<>(stored);
    }
    OutboxRecord appended = newRecord(draft, tx.now());
    tx.write(records.withOutbox(records.outbox().append(appended)));
    return new UpsertResult.Created<>(appended);
  }

  @Override
  public Optional<OutboxRecord> find(OutboxId id) {
    return Optional.ofNullable(tx.read().outbox().find(id));
  }

  @Override
  public OutboxPage readAfter(OutboxCursor cursor, int limit) {
    int place = place(cursor);
    List<OutboxRecord> records = tx.readCommitted().outbox().from(place, limit);
    return new OutboxPage(records, records.isEmpty() ? cursor : cursor(place + records.size()));
  }

  private OutboxCursor cursor(int place) {
    return new OutboxCursor(prefix() + place);
  }

  private int place(OutboxCursor cursor) {
    if (cursor.equals(OutboxCursor.BEGINNING)) {
      return 0;
    }
    String prefix = prefix();
    if (cursor.value().startsWith(prefix)) {
      String place = cursor.value().substring(prefix.length());
      if (place.matches("[1-9][0-9]{0,8}")) {
        return Integer.parseInt(place);
      }
    }
    throw new StoreException.InvalidInput("cursor", "was not given out by this outbox");
  }

  private String prefix() {
    return tx.outboxEpoch() + "/";
  }
}
