package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import java.util.Objects;
import java.util.Optional;

/** The outbox, through the gate. */
record GuardedOutbox(Gate gate) implements OutboxRepository {

  @Override
  public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.outbox().append(draft));
  }

  @Override
  public Optional<OutboxRecord> find(OutboxId id) {
    Objects.requireNonNull(id, "id");
    return gate.read(engine -> engine.outbox().find(id));
  }

  @Override
  public OutboxPage readAfter(OutboxCursor cursor, int limit) {
    Objects.requireNonNull(cursor, "cursor");
    if (limit < 1 || limit > Limits.PAGE) {
      throw new StoreException.InvalidInput("limit", "is not between 1 and " + Limits.PAGE);
    }
    return gate.read(engine -> engine.outbox().readAfter(cursor, limit));
  }
}
