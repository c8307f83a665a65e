package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.UpsertResult;
import java.util.Optional;

/** Passes everything on. */
class ForwardingOutbox implements OutboxRepository {

  final OutboxRepository honest;

  ForwardingOutbox(OutboxRepository honest) {
    this.honest = honest;
  }

  @Override
  public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
    return honest.append(draft);
  }

  @Override
  public Optional<OutboxRecord> find(OutboxId id) {
    return honest.find(id);
  }

  @Override
  public OutboxPage readAfter(OutboxCursor cursor, int limit) {
    return honest.readAfter(cursor, limit);
  }
}
