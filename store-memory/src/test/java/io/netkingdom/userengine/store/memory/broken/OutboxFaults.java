package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.outbox;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes wrong with outboxes. */
final class OutboxFaults {

  private OutboxFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        NumberedOutbox.cursorOnAnIdentityColumn(),
        // As where messages are sent at once, whatever becomes of the change that they announce.
        fault("OutboxOutlivesRollback")
            .transaction(
                tx -> {
                  List<OutboxDraft> appended = new ArrayList<>();
                  tx.outbox()
                      .append(
                          (honest, draft) -> {
                            appended.add(draft);
                            return honest.append(draft);
                          })
                      .rollback(
                          () -> {
                            tx.honest.rollback();
                            for (OutboxDraft draft : appended) {
                              tx.alone(records -> records.outbox().append(draft));
                            }
                          });
                })
            .mustFail("OBX-01", "the events that were committed")
            .mustFail("MOD-02", "OUTBOX_RECORD=0"),
        outbox("DedupKeyIsIgnored")
            .append(
                (honest, draft) ->
                    honest.append(
                        with(
                            draft,
                            draft.aggregateVersion(),
                            draft.eventType(),
                            draft.payload(),
                            null)))
            .mustFail("OBX-02", "appending a dedupKey again: expected Unchanged")
            .mustFail("OBX-07", "how many of the concurrent calls wrote the record"),
        outbox("DedupKeyIgnoresCase")
            .append(
                (honest, draft) ->
                    honest.append(
                        draft.dedupKey() == null
                            ? draft
                            : draft.withDedupKey(draft.dedupKey().toLowerCase(Locale.ROOT))))
            .mustFail("OBX-02", "appending another dedupKey: expected Created"),
        outbox("RepetitionIsCreated")
            .append((honest, draft) -> Results.asCreated(honest.append(draft)))
            .mustFail("OBX-02", "appending a dedupKey again: expected Unchanged")
            .mustFail("OBX-07", "how many of the concurrent calls wrote the record"),
        outbox("NewestMessageFirst")
            .readAfter(
                (honest, cursor, limit) -> {
                  OutboxPage page = honest.readAfter(cursor, limit);
                  List<OutboxRecord> reversed = new ArrayList<>(page.records());
                  Collections.reverse(reversed);
                  return new OutboxPage(reversed, page.next());
                })
            .mustFail("OBX-04", "the events, in the order of appending and committing"),
        readingTakesAway(),
        outbox("AnyCursorIsTheBeginning")
            .readAfter(
                (honest, cursor, limit) -> {
                  try {
                    return honest.readAfter(cursor, limit);
                  } catch (StoreException.InvalidInput e) {
                    return honest.readAfter(OutboxCursor.BEGINNING, limit);
                  }
                })
            .mustFail("OBX-06", "a cursor that no store gave out: expected InvalidInput"),
        // A cursor is a number, in whatever database.
        outbox("CursorWithoutEpoch")
            .readAfter(OutboxFaults::readAfterNumber)
            .mustFail(
                "OBX-06", "a cursor of the storage that was there before: expected InvalidInput"),
        // Takes a cursor of another tenant for one of its own, and passes by what it never gave
        // out.
        outbox("CursorOfAnyTenant")
            .readAfter(
                (honest, cursor, limit) -> {
                  try {
                    return honest.readAfter(cursor, limit);
                  } catch (StoreException.InvalidInput e) {
                    if (!cursor.value().matches(".+/[1-9][0-9]{0,8}")) {
                      throw e;
                    }
                    return new OutboxPage(List.of(), cursor);
                  }
                })
            .mustFail("OBX-12", "a cursor of another tenant: expected InvalidInput"),
        fault("ShowsItsOwn")
            .transaction(
                tx -> {
                  List<OutboxRecord> own = new ArrayList<>();
                  tx.outbox()
                      .append(
                          (honest, draft) -> {
                            UpsertResult<OutboxRecord> result = honest.append(draft);
                            own.add(result.record());
                            return result;
                          })
                      .outbox()
                      .readAfter(
                          (honest, cursor, limit) -> {
                            OutboxPage page = honest.readAfter(cursor, limit);
                            return new OutboxPage(
                                Stream.concat(page.records().stream(), own.stream()).toList(),
                                page.next());
                          });
                })
            .mustFail("OBX-08", "the events, as the transaction that appended one sees them"),
        outbox("HeadersAreLost")
            .append((honest, draft) -> honest.append(draft.withHeaders(Map.of())))
            .mustFail("OBX-09", "the message that append returned"),
        outbox("OneMoreThanTheLimit")
            .readAfter((honest, cursor, limit) -> honest.readAfter(cursor, limit + 1))
            .mustFail("OBX-11", "a page of 1"),
        // Goes on from the last record of a full page, and not from behind it.
        outbox("CursorBeforeTheLast")
            .readAfter(
                (honest, cursor, limit) -> {
                  OutboxPage page = honest.readAfter(cursor, limit);
                  return limit > 1 && page.records().size() == limit
                      ? new OutboxPage(page.records(), honest.readAfter(cursor, limit - 1).next())
                      : page;
                })
            .mustFail("OBX-03", "what a reader saw that went on from page to page")
            .mustFail("OBX-10", "how often a record was seen twice"),
        // Cleans what it stores, against forged lines of logs.
        outbox("EscapesAreStripped")
            .append(
                (honest, draft) ->
                    honest.append(
                        with(
                            draft,
                            draft.aggregateVersion(),
                            draft.eventType().replace("\u001B", "ESC"),
                            draft.payload(),
                            draft.dedupKey())))
            .mustFail("TXT-07", "what is read back of eventType"),
        // As JavaScript reads them.
        outbox("PayloadNumbersAreDoubles")
            .append(
                (honest, draft) ->
                    honest.append(
                        with(
                            draft,
                            draft.aggregateVersion(),
                            draft.eventType(),
                            draft.payload() instanceof Json.JsonNumber number
                                ? Json.of(number.value().doubleValue())
                                : draft.payload(),
                            draft.dedupKey())))
            .mustFail("TXT-08", "the payload as it is read back"),
        // A record does not say of which version it is.
        outbox("VersionIsForgotten")
            .append(
                (honest, draft) ->
                    honest.append(
                        with(draft, null, draft.eventType(), draft.payload(), draft.dedupKey())))
            .mustFail("OBX-09", "the message that append returned"),
        // A page is as large as its records make it.
        outbox("PagesKnowNoBytes")
            .readAfter(
                (honest, cursor, limit) ->
                    withAllThatFollow(honest, honest.readAfter(cursor, limit), limit))
            .mustFail("OBX-11", "a page of the largest records is bounded"),
        // A page that was cut short is taken for the last one.
        outbox("PagesOfBytesStop")
            .readAfter(
                (honest, cursor, limit) -> {
                  OutboxPage page = honest.readAfter(cursor, limit);
                  return page.records().size() < limit
                      ? new OutboxPage(page.records(), end(honest, page.next()))
                      : page;
                })
            .mustFail("OBX-11", "the records after a page that its bytes cut short"),
        // Headers are large too.
        outbox("PagesCountPayloadsOnly")
            .readAfter(
                (honest, cursor, limit) -> {
                  OutboxPage page = honest.readAfter(cursor, limit);
                  return page.records().stream().anyMatch(it -> it.message().headers().isEmpty())
                      ? page
                      : withAllThatFollow(honest, page, limit);
                })
            .mustFail("OBX-11", "a page of the largest records is bounded"));
  }

  private static FaultyStore readingTakesAway() {
    Set<OutboxId> taken = ConcurrentHashMap.newKeySet();
    return outbox("ReadingTakesAway")
        .readAfter(
            (honest, cursor, limit) -> {
              OutboxPage page = honest.readAfter(cursor, limit);
              return new OutboxPage(
                  page.records().stream().filter(record -> taken.add(record.id())).toList(),
                  page.next());
            })
        .mustFail("OBX-05", "what another reader sees");
  }

  private static OutboxDraft with(
      OutboxDraft draft,
      @Nullable Long aggregateVersion,
      String eventType,
      Json payload,
      @Nullable String dedupKey) {
    return new OutboxDraft(
        draft.aggregateType(),
        draft.aggregateId(),
        aggregateVersion,
        eventType,
        payload,
        draft.headers(),
        dedupKey);
  }

  private static OutboxPage readAfterNumber(
      OutboxRepository honest, OutboxCursor cursor, int limit) {
    boolean beginning = cursor.equals(OutboxCursor.BEGINNING);
    if (!beginning && !cursor.value().matches("at-[0-9]{1,9}")) {
      throw new StoreException.InvalidInput("cursor", "is none");
    }
    int after = beginning ? 0 : Integer.parseInt(cursor.value().substring(3));
    List<OutboxRecord> page =
        honest.readAfter(OutboxCursor.BEGINNING, 1_000).records().stream()
            .skip(after)
            .limit(limit)
            .toList();
    return new OutboxPage(
        page, page.isEmpty() ? cursor : OutboxCursor.of("at-" + (after + page.size())));
  }

  private static OutboxPage withAllThatFollow(
      OutboxRepository honest, OutboxPage first, int limit) {
    OutboxPage page = first;
    List<OutboxRecord> all = new ArrayList<>(page.records());
    while (!page.records().isEmpty() && all.size() < limit) {
      page = honest.readAfter(page.next(), limit - all.size());
      all.addAll(page.records());
    }
    return new OutboxPage(all, page.next());
  }

  private static OutboxCursor end(OutboxRepository honest, OutboxCursor from) {
    OutboxCursor end = from;
    for (OutboxPage rest = honest.readAfter(end, 1);
        !rest.records().isEmpty();
        rest = honest.readAfter(end, 1)) {
      end = rest.next();
    }
    return end;
  }
}
