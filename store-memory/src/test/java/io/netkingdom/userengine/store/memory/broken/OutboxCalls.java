package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.memory.broken.RecordCalls.Answer2;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Which calls of a repository of outbox records are answered otherwise; the others are passed on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class OutboxCalls<F> {

  private final F owner;
  private BiFunction<OutboxRepository, OutboxDraft, UpsertResult<OutboxRecord>> append =
      OutboxRepository::append;
  private BiFunction<OutboxRepository, OutboxId, Optional<OutboxRecord>> find =
      OutboxRepository::find;
  private Answer2<OutboxRepository, OutboxCursor, Integer, OutboxPage> readAfter =
      OutboxRepository::readAfter;
  private UnaryOperator<OutboxRepository> instead = UnaryOperator.identity();

  OutboxCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  OutboxRepository of(OutboxRepository honest) {
    return instead.apply(new Answering(honest, this));
  }

  F append(BiFunction<OutboxRepository, OutboxDraft, UpsertResult<OutboxRecord>> answer) {
    append = answer;
    return owner;
  }

  F find(BiFunction<OutboxRepository, OutboxId, Optional<OutboxRecord>> answer) {
    find = answer;
    return owner;
  }

  F readAfter(Answer2<OutboxRepository, OutboxCursor, Integer, OutboxPage> answer) {
    readAfter = answer;
    return owner;
  }

  /** Puts another repository in its place. */
  F instead(UnaryOperator<OutboxRepository> repository) {
    instead = repository;
    return owner;
  }

  /** Answers as it was told to. */
  private static final class Answering implements OutboxRepository {
    private final OutboxRepository honest;
    private final OutboxCalls<?> calls;

    Answering(OutboxRepository honest, OutboxCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
      return calls.append.apply(honest, draft);
    }

    @Override
    public Optional<OutboxRecord> find(OutboxId id) {
      return calls.find.apply(honest, id);
    }

    @Override
    public OutboxPage readAfter(OutboxCursor cursor, int limit) {
      return calls.readAfter.to(honest, cursor, limit);
    }
  }
}
