package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What goes wrong with outboxes. */
final class OutboxSins {

  private OutboxSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new CursorOnAnIdentityColumn(),
        new OutboxOutlivesRollback(),
        new DedupKeyIsIgnored(),
        new DedupKeyIgnoresCase(),
        new RepetitionIsCreated(),
        new NewestMessageFirst(),
        new ReadingTakesAway(),
        new AnyCursorIsTheBeginning(),
        new CursorWithoutEpoch(),
        new CursorOfAnyTenant(),
        new ShowsItsOwn(),
        new HeadersAreLost(),
        new OneMoreThanTheLimit(),
        new CursorBeforeTheLast(),
        new EscapesAreStripped(),
        new PayloadNumbersAreDoubles(),
        new VersionIsForgotten(),
        new PagesKnowNoBytes(),
        new PagesOfBytesStop(),
        new PagesCountPayloadsOnly());
  }

  /**
   * Numbers records when they are appended, and reads by these numbers: what commits late with a
   * low number is behind the reader. The numbers are kept beside the honest store, whose one writer
   * at a time would hide the sin.
   */
  private static final class CursorOnAnIdentityColumn extends BrokenStore {

    private record Numbered(long number, OutboxRecord record) {}

    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<TenantId, List<Numbered>> committed = new ConcurrentHashMap<>();

    CursorOnAnIdentityColumn() {
      kills("OBX-03", "what a reader saw that went on from page to page");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public <T> T single(
            TenantId tenant,
            boolean readOnly,
            TransactionOptions options,
            Function<? super Repositories, ? extends T> operation) {
          return honest.single(
              tenant,
              readOnly,
              options,
              records -> {
                Table table = new Table(tenant);
                T result =
                    operation.apply(
                        new ForwardingRepositories<>(records) {
                          @Override
                          public OutboxRepository outbox() {
                            return table;
                          }
                        });
                table.publish();
                return result;
              });
        }

        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          Table table = new Table(tenant);
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public OutboxRepository outbox() {
              return table;
            }

            @Override
            public void commit() {
              super.commit();
              table.publish();
            }
          };
        }
      };
    }

    private final class Table implements OutboxRepository {
      private final List<Numbered> all;
      private final List<Numbered> own = new ArrayList<>();

      Table(TenantId tenant) {
        all = committed.computeIfAbsent(tenant, any -> new CopyOnWriteArrayList<>());
      }

      void publish() {
        all.addAll(own);
      }

      @Override
      public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
        OutboxRecord record =
            new OutboxRecord(OutboxId.generate(memory().now()), memory().now(), draft);
        own.add(new Numbered(numbers.incrementAndGet(), record));
        return new UpsertResult.Created<>(record);
      }

      @Override
      public Optional<OutboxRecord> find(OutboxId id) {
        return all.stream().map(Numbered::record).filter(r -> r.id().equals(id)).findFirst();
      }

      @Override
      public OutboxPage readAfter(OutboxCursor cursor, int limit) {
        long after = cursor.equals(OutboxCursor.BEGINNING) ? 0 : Long.parseLong(cursor.value());
        List<Numbered> page =
            all.stream()
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
  }

  /** As where messages are sent at once, whatever becomes of the change that they announce. */
  private static final class OutboxOutlivesRollback extends BrokenStore {
    OutboxOutlivesRollback() {
      kills("OBX-01", "the events that were committed");
      kills("MOD-02", "OUTBOX_RECORD=0");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            private final List<OutboxDraft> appended = new ArrayList<>();

            @Override
            public OutboxRepository outbox() {
              return new ForwardingOutbox(super.outbox()) {
                @Override
                public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
                  appended.add(draft);
                  return super.append(draft);
                }
              };
            }

            @Override
            public void rollback() {
              super.rollback();
              for (OutboxDraft draft : appended) {
                engine.single(tenant, false, options, records -> records.outbox().append(draft));
              }
            }
          };
        }
      };
    }
  }

  private static final class DedupKeyIsIgnored extends BrokenStore {
    DedupKeyIsIgnored() {
      kills("OBX-02", "appending a dedupKey again: expected Unchanged");
      kills("OBX-07", "how many of the concurrent calls wrote the record");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return honest.append(
              new OutboxDraft(
                  draft.aggregateType(),
                  draft.aggregateId(),
                  draft.aggregateVersion(),
                  draft.eventType(),
                  draft.payload(),
                  draft.headers(),
                  null));
        }
      };
    }
  }

  private static final class DedupKeyIgnoresCase extends BrokenStore {
    DedupKeyIgnoresCase() {
      kills("OBX-02", "appending another dedupKey: expected Created");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return draft.dedupKey() == null
              ? honest.append(draft)
              : honest.append(draft.withDedupKey(draft.dedupKey().toLowerCase(Locale.ROOT)));
        }
      };
    }
  }

  private static final class RepetitionIsCreated extends BrokenStore {
    RepetitionIsCreated() {
      kills("OBX-02", "appending a dedupKey again: expected Unchanged");
      kills("OBX-07", "how many of the concurrent calls wrote the record");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return new UpsertResult.Created<>(honest.append(draft).record());
        }
      };
    }
  }

  private static final class NewestMessageFirst extends BrokenStore {
    NewestMessageFirst() {
      kills("OBX-04", "the events, in the order of appending and committing");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          OutboxPage page = honest.readAfter(cursor, limit);
          List<OutboxRecord> reversed = new ArrayList<>(page.records());
          Collections.reverse(reversed);
          return new OutboxPage(reversed, page.next());
        }
      };
    }
  }

  private static final class ReadingTakesAway extends BrokenStore {
    private final Set<OutboxId> taken = ConcurrentHashMap.newKeySet();

    ReadingTakesAway() {
      kills("OBX-05", "what another reader sees");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          OutboxPage page = honest.readAfter(cursor, limit);
          return new OutboxPage(
              page.records().stream().filter(record -> taken.add(record.id())).toList(),
              page.next());
        }
      };
    }
  }

  private static final class AnyCursorIsTheBeginning extends BrokenStore {
    AnyCursorIsTheBeginning() {
      kills("OBX-06", "a cursor that no store gave out: expected InvalidInput");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          try {
            return honest.readAfter(cursor, limit);
          } catch (StoreException.InvalidInput e) {
            return honest.readAfter(OutboxCursor.BEGINNING, limit);
          }
        }
      };
    }
  }

  /** A cursor is a number, in whatever database. */
  private static final class CursorWithoutEpoch extends BrokenStore {
    CursorWithoutEpoch() {
      kills("OBX-06", "a cursor of the storage that was there before: expected InvalidInput");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
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
      };
    }
  }

  /** Takes a cursor of another tenant for one of its own, and passes by what it never gave out. */
  private static final class CursorOfAnyTenant extends BrokenStore {
    CursorOfAnyTenant() {
      kills("OBX-12", "a cursor of another tenant: expected InvalidInput");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          try {
            return honest.readAfter(cursor, limit);
          } catch (StoreException.InvalidInput e) {
            if (!cursor.value().matches(".+/[1-9][0-9]{0,8}")) {
              throw e;
            }
            return new OutboxPage(List.of(), cursor);
          }
        }
      };
    }
  }

  private static final class ShowsItsOwn extends BrokenStore {
    ShowsItsOwn() {
      kills("OBX-08", "the events, as the transaction that appended one sees them");
    }

    @Override
    EngineTransaction transaction(
        EngineTransaction honest, TenantId tenant, TransactionOptions options) {
      return new ForwardingTransaction(honest) {
        private final List<OutboxRecord> own = new ArrayList<>();

        @Override
        public OutboxRepository outbox() {
          return new ForwardingOutbox(super.outbox()) {
            @Override
            public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
              UpsertResult<OutboxRecord> result = super.append(draft);
              own.add(result.record());
              return result;
            }

            @Override
            public OutboxPage readAfter(OutboxCursor cursor, int limit) {
              OutboxPage page = super.readAfter(cursor, limit);
              List<OutboxRecord> all = new ArrayList<>(page.records());
              all.addAll(own);
              return new OutboxPage(all, page.next());
            }
          };
        }
      };
    }
  }

  private static final class HeadersAreLost extends BrokenStore {
    HeadersAreLost() {
      kills("OBX-09", "the message that append returned");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return honest.append(draft.withHeaders(Map.of()));
        }
      };
    }
  }

  private static final class OneMoreThanTheLimit extends BrokenStore {
    OneMoreThanTheLimit() {
      kills("OBX-11", "a page of 1");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          return honest.readAfter(cursor, limit + 1);
        }
      };
    }
  }

  /** Goes on from the last record of a full page, and not from behind it. */
  private static final class CursorBeforeTheLast extends BrokenStore {
    CursorBeforeTheLast() {
      kills("OBX-03", "what a reader saw that went on from page to page");
      kills("OBX-10", "how often a record was seen twice");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          OutboxPage page = honest.readAfter(cursor, limit);
          return limit > 1 && page.records().size() == limit
              ? new OutboxPage(page.records(), honest.readAfter(cursor, limit - 1).next())
              : page;
        }
      };
    }
  }

  /** Cleans what it stores, against forged lines of logs. */
  private static final class EscapesAreStripped extends BrokenStore {
    EscapesAreStripped() {
      kills("TXT-07", "what is read back of eventType");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return honest.append(
              new OutboxDraft(
                  draft.aggregateType(),
                  draft.aggregateId(),
                  draft.aggregateVersion(),
                  draft.eventType().replace("\u001B", "ESC"),
                  draft.payload(),
                  draft.headers(),
                  draft.dedupKey()));
        }
      };
    }
  }

  /** A record does not say of which version it is. */
  private static final class VersionIsForgotten extends BrokenStore {
    VersionIsForgotten() {
      kills("OBX-09", "the message that append returned");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return honest.append(
              new OutboxDraft(
                  draft.aggregateType(),
                  draft.aggregateId(),
                  null,
                  draft.eventType(),
                  draft.payload(),
                  draft.headers(),
                  draft.dedupKey()));
        }
      };
    }
  }

  /** A page is as large as its records make it. */
  private static final class PagesKnowNoBytes extends BrokenStore {
    PagesKnowNoBytes() {
      kills("OBX-11", "a page of the largest records is bounded");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          return withAllThatFollow(honest, honest.readAfter(cursor, limit), limit);
        }
      };
    }
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

  /** Headers are large too. */
  private static final class PagesCountPayloadsOnly extends BrokenStore {
    PagesCountPayloadsOnly() {
      kills("OBX-11", "a page of the largest records is bounded");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          OutboxPage page = honest.readAfter(cursor, limit);
          if (page.records().stream().anyMatch(each -> each.message().headers().isEmpty())) {
            return page;
          }
          return withAllThatFollow(honest, page, limit);
        }
      };
    }
  }

  /** A page that was cut short is taken for the last one. */
  private static final class PagesOfBytesStop extends BrokenStore {
    PagesOfBytesStop() {
      kills("OBX-11", "a committed record is shown once no transaction is running");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public OutboxPage readAfter(OutboxCursor cursor, int limit) {
          OutboxPage page = honest.readAfter(cursor, limit);
          return page.records().size() < limit ? end(page) : page;
        }

        private OutboxPage end(OutboxPage page) {
          OutboxCursor end = page.next();
          for (OutboxPage rest = honest.readAfter(end, 1);
              !rest.records().isEmpty();
              rest = honest.readAfter(end, 1)) {
            end = rest.next();
          }
          return new OutboxPage(page.records(), end);
        }
      };
    }
  }

  /** As JavaScript reads them. */
  private static final class PayloadNumbersAreDoubles extends BrokenStore {
    PayloadNumbersAreDoubles() {
      kills("TXT-08", "the payload as it is read back");
    }

    @Override
    OutboxRepository outbox(Repositories records) {
      return new ForwardingOutbox(records.outbox()) {
        @Override
        public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
          return honest.append(
              new OutboxDraft(
                  draft.aggregateType(),
                  draft.aggregateId(),
                  draft.aggregateVersion(),
                  draft.eventType(),
                  draft.payload() instanceof Json.JsonNumber number
                      ? Json.of(number.value().doubleValue())
                      : draft.payload(),
                  draft.headers(),
                  draft.dedupKey()));
        }
      };
    }
  }
}
