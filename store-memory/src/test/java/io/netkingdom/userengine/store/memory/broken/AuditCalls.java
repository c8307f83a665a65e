package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.memory.broken.RecordCalls.Answer2;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Which calls of a repository of audit records are answered otherwise; the others are passed on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class AuditCalls<F> {

  private final F owner;
  private BiFunction<AuditRepository, AuditDraft, AuditRecord> append = AuditRepository::append;
  private BiFunction<AuditRepository, AuditId, Optional<AuditRecord>> find = AuditRepository::find;
  private Answer2<AuditRepository, AuditFilter, PageRequest, Page<AuditRecord>> list =
      AuditRepository::list;

  AuditCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  AuditRepository of(AuditRepository honest) {
    return new Answering(honest, this);
  }

  F append(BiFunction<AuditRepository, AuditDraft, AuditRecord> answer) {
    append = answer;
    return owner;
  }

  F find(BiFunction<AuditRepository, AuditId, Optional<AuditRecord>> answer) {
    find = answer;
    return owner;
  }

  F list(Answer2<AuditRepository, AuditFilter, PageRequest, Page<AuditRecord>> answer) {
    list = answer;
    return owner;
  }

  /** Answers as it was told to. */
  private static final class Answering implements AuditRepository {
    private final AuditRepository honest;
    private final AuditCalls<?> calls;

    Answering(AuditRepository honest, AuditCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public AuditRecord append(AuditDraft draft) {
      return calls.append.apply(honest, draft);
    }

    @Override
    public Optional<AuditRecord> find(AuditId id) {
      return calls.find.apply(honest, id);
    }

    @Override
    public Page<AuditRecord> list(AuditFilter filter, PageRequest request) {
      return calls.list.to(honest, filter, request);
    }
  }
}
