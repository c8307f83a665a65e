package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.memory.SharedMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Numbers records when they are appended, and reads by these numbers: what commits late with a low
 * number is behind the reader. The numbers are kept beside the honest store, whose one writer at a
 * time would hide the fault.
 */
final class NumberedOutbox implements OutboxRepository {

  private record Numbered(long number, OutboxRecord record) {}

  private final Supplier<SharedMemory> memory;
  private final AtomicLong numbers;
  private final List<Numbered> committed;
  private final List<Numbered> own = new ArrayList<>();

  private NumberedOutbox(
      Supplier<SharedMemory> memory, AtomicLong numbers, List<Numbered> committed) {
    this.memory = memory;
    this.numbers = numbers;
    this.committed = committed;
  }

  static FaultyStore cursorOnAnIdentityColumn() {
    AtomicLong numbers = new AtomicLong();
    Map<TenantId, List<Numbered>> tables = new ConcurrentHashMap<>();
    FaultyStore store = fault("CursorOnAnIdentityColumn");
    Function<TenantId, NumberedOutbox> outboxOf =
        tenant ->
            new NumberedOutbox(
                store::memory,
                numbers,
                tables.computeIfAbsent(tenant, any -> new CopyOnWriteArrayList<>()));
    return store
        .engine(
            engine ->
                new ForwardingEngine(engine) {
                  @Override
                  public <T> T single(
                      TenantId tenant,
                      boolean readOnly,
                      TransactionOptions options,
                      Function<? super Repositories, ? extends T> operation) {
                    NumberedOutbox outbox = outboxOf.apply(tenant);
                    T result =
                        honest.single(
                            tenant,
                            readOnly,
                            options,
                            records ->
                                operation.apply(
                                    RecordCalls.changed(
                                        records, calls -> calls.outbox().instead(any -> outbox))));
                    outbox.publish();
                    return result;
                  }
                })
        .transaction(
            tx -> {
              NumberedOutbox outbox = outboxOf.apply(tx.tenant);
              tx.outbox()
                  .instead(any -> outbox)
                  .commit(
                      () -> {
                        tx.honest.commit();
                        outbox.publish();
                      });
            })
        .mustFail("OBX-03", "what a reader saw that went on from page to page");
  }

  private void publish() {
    committed.addAll(own);
  }

  @Override
  public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
    OutboxRecord record =
        new OutboxRecord(OutboxId.generate(memory.get().now()), memory.get().now(), draft);
    own.add(new Numbered(numbers.incrementAndGet(), record));
    return new UpsertResult.Created<>(record);
  }

  @Override
  public Optional<OutboxRecord> find(OutboxId id) {
    return committed.stream().map(Numbered::record).filter(r -> r.id().equals(id)).findFirst();
  }

  @Override
  public OutboxPage readAfter(OutboxCursor cursor, int limit) {
    long after = cursor.equals(OutboxCursor.BEGINNING) ? 0 : Long.parseLong(cursor.value());
    List<Numbered> page =
        committed.stream()
            .filter(numbered -> numbered.number() > after)
            .sorted(Comparator.comparing(Numbered::number))
            .limit(limit)
            .toList();
    return new OutboxPage(
        page.stream().map(Numbered::record).toList(),
        page.isEmpty()
            ? cursor
            : OutboxCursor.of(String.valueOf(page.get(page.size() - 1).number())));
  }
}
