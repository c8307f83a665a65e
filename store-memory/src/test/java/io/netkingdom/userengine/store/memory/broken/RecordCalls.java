package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which calls of the records of a tenant are answered otherwise; the others are passed on. Each
 * answer is given the honest repository first, and then what the call was given.
 *
 * @param <F> what is at fault: the subclass
 */
class RecordCalls<F> {

  /** Answers a call of two arguments. */
  @FunctionalInterface
  interface Answer2<H, A, B, R> {
    R to(H honest, A first, B second);
  }

  /** Answers a call of three arguments. */
  @FunctionalInterface
  interface Answer3<H, A, B, C, R> {
    R to(H honest, A first, B second, C third);
  }

  private final F self;
  private final UserCalls<F> users;
  private final IdentityCalls<F> identities;
  private final GroupCalls<F> groups;
  private final ProfileCalls<F> profiles;
  private final AuditCalls<F> audit;
  private final OutboxCalls<F> outbox;
  private Function<Repositories, RecordCounts> counts = Repositories::counts;

  @SuppressWarnings("unchecked") // F is the subclass.
  RecordCalls() {
    self = (F) this;
    users = new UserCalls<>(self);
    identities = new IdentityCalls<>(self);
    groups = new GroupCalls<>(self);
    profiles = new ProfileCalls<>(self);
    audit = new AuditCalls<>(self);
    outbox = new OutboxCalls<>(self);
  }

  /** The records with these changes. */
  static Repositories changed(Repositories honest, Consumer<RecordCalls<?>> changes) {
    return new FaultyRecords<>(honest, calls(changes));
  }

  static RecordCalls<?> calls(Consumer<RecordCalls<?>> changes) {
    RecordCalls<?> calls = new RecordCalls<>();
    changes.accept(calls);
    return calls;
  }

  final UserCalls<F> users() {
    return users;
  }

  final IdentityCalls<F> identities() {
    return identities;
  }

  final GroupCalls<F> groups() {
    return groups;
  }

  final ProfileCalls<F> profiles() {
    return profiles;
  }

  final AuditCalls<F> audit() {
    return audit;
  }

  final OutboxCalls<F> outbox() {
    return outbox;
  }

  final F counts(Function<Repositories, RecordCounts> answer) {
    counts = answer;
    return self;
  }

  final RecordCounts countsOf(Repositories honest) {
    return counts.apply(honest);
  }
}
