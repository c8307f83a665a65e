package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
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
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.OutboxReader;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Section OBX: the outbox. */
final class OutboxRules {

  private static final int ANY = Limits.PAGE;

  /** A write that waits for another transaction's end is given up: it cannot happen in between. */
  private static final TransactionOptions IMPATIENT =
      RuleContext.once().withLockTimeout(Duration.ofMillis(5));

  @Rule(
      id = "OBX-01",
      sentence =
          "An outbox record MUST be there if and only if the transaction that appended it "
              + "committed.",
      since = "0.1.0")
  void aRecordIsThereIfItsTransactionCommitted(RuleContext t) throws Exception {
    t.inTransaction(
        tx -> {
          User ada = tx.users().create(UserDraft.named("ada"));
          return tx.outbox().append(OutboxDraft.of(ada.id(), "kept", Json.object()));
        });
    UpsertResult<OutboxRecord> alone = t.records().outbox().append(event("a", "alone"));
    t.isA("what append says", Created.class, alone);

    IllegalStateException undo = new IllegalStateException();
    List<OutboxRecord> undone = new ArrayList<>();
    t.fails(
        "a transaction that is to be rolled back",
        IllegalStateException.class,
        () ->
            t.inTransaction(
                tx -> {
                  tx.users().create(UserDraft.named("undone"));
                  undone.add(tx.outbox().append(event("a", "undone")).record());
                  undone.add(
                      tx.outbox().append(event("a", "undone").withDedupKey("undone")).record());
                  throw undo;
                }));
    OutboxReader reader = reader(t).toAllThatIsCommitted();
    t.equal("the events that were committed", List.of("kept", "alone"), reader.events());
    for (OutboxRecord record : undone) {
      t.equal(
          "find of a record that was rolled back",
          Optional.empty(),
          t.records().outbox().find(record.id()));
    }
    t.isA(
        "appending the dedupKey that was rolled back",
        Created.class,
        t.records().outbox().append(event("a", "again").withDedupKey("undone")));
    t.equal(
        "the events after that",
        List.of("kept", "alone", "again"),
        reader.toAllThatIsCommitted().events());
  }

  @Rule(
      id = "OBX-02",
      sentence =
          "Appending a dedupKey that is there MUST be Unchanged with the record that has "
              + "it, and MUST write nothing.",
      since = "0.1.0")
  void aDedupKeyIsWrittenOnce(RuleContext t) {
    OutboxRepository outbox = t.records().outbox();
    OutboxRecord first = outbox.append(event("a", "first").withDedupKey("Key")).record();
    UpsertResult<OutboxRecord> again = outbox.append(event("b", "second").withDedupKey("Key"));
    t.isA("appending a dedupKey again", Unchanged.class, again);
    t.equal("the record that it says is there", first, again.record());
    UpsertResult<OutboxRecord> inside =
        t.inTransaction(
            tx -> {
              tx.outbox().append(event("a", "third").withDedupKey("other"));
              return tx.outbox().append(event("a", "fourth").withDedupKey("other"));
            });
    t.isA("appending it twice in one transaction", Unchanged.class, inside);
    t.equal("the record of that", "third", inside.record().message().eventType());
    for (String other : List.of("key", "KEY", "Key ", "Ke\u0301y", "\uFF2Bey")) {
      t.isA(
          "appending another dedupKey",
          Created.class,
          outbox.append(event("a", "other").withDedupKey(other)));
    }
    t.isA("appending without a dedupKey", Created.class, outbox.append(event("a", "none")));
    t.isA("appending without one again", Created.class, outbox.append(event("a", "none")));
    t.isA(
        "appending the dedupKey in another tenant",
        Created.class,
        t.store().tenant(t.newTenant()).outbox().append(event("a", "x").withDedupKey("Key")));
    t.equal(
        "the events",
        List.of("first", "third", "other", "other", "other", "other", "other", "none", "none"),
        reader(t).toAllThatIsCommitted().events());
  }

  /**
   * Three transactions in every order of their writes and commits, a reader at work after each
   * step. And those that look before they write, since an engine may number transactions when they
   * begin.
   */
  @Rule(
      id = "OBX-03",
      sentence =
          "Reading on from page to page MUST reach every committed record exactly once, in "
              + "whatever order transactions write and commit.",
      since = "0.1.0")
  void noCommittedRecordIsSkipped(RuleContext t) throws Exception {
    List<String> orders = new ArrayList<>();
    interleave("", 3, 0, 0, orders);
    t.equal("the orders of three transactions", 15, orders.size());
    OutboxReader reader = reader(t, 2);
    for (String order : orders) {
      for (boolean looksFirst : new boolean[] {false, true}) {
        String play = order + "-" + looksFirst;
        List<String> committed = play(t, order, looksFirst, reader);
        reader.toAllThatIsCommitted();
        List<String> seen =
            reader.events().stream().filter(event -> event.startsWith(play)).sorted().toList();
        t.equal(
            "what a reader saw that went on from page to page, when transactions wrote and"
                + " committed in the order "
                + order,
            committed,
            seen);
      }
    }
  }

  /** Every order of "transaction n writes" and "n commits": digits, in pairs; 0 writes first. */
  private static void interleave(
      String steps, int transactions, int begun, int ended, List<String> into) {
    if (steps.length() == 2 * transactions) {
      into.add(steps);
      return;
    }
    if (begun < transactions) {
      interleave(steps + begun, transactions, begun + 1, ended, into);
    }
    for (int n = 0; n < begun; n++) {
      if ((ended >> n & 1) == 0) {
        interleave(steps + n, transactions, begun, ended | 1 << n, into);
      }
    }
  }

  /** Returns the events that were committed, sorted. */
  private static List<String> play(
      RuleContext t, String order, boolean looksFirst, OutboxReader reader) throws Exception {
    List<SteppedTransaction> transactions = new ArrayList<>();
    for (int n = 0; n < order.length() / 2; n++) {
      SteppedTransaction transaction = t.begin(IMPATIENT);
      if (looksFirst) {
        // The last to look writes first.
        transactions.add(0, transaction);
        transaction.step(tx -> tx.users().findByUserName("ada"));
      } else {
        transactions.add(transaction);
      }
    }
    List<String> committed = new ArrayList<>();
    Set<Integer> open = new HashSet<>();
    Set<Integer> refused = new HashSet<>();
    for (int n : order.chars().map(c -> c - '0').toArray()) {
      SteppedTransaction transaction = transactions.get(n);
      String event = order + "-" + looksFirst + "-" + n;
      if (open.add(n)) {
        Throwable refusal =
            RuleContext.thrownBy(
                () -> transaction.step(tx -> tx.outbox().append(event("a", event + "-1"))));
        t.holds(
            "an append proceeds, or is told Timeout behind another writer, and not "
                + Messages.describe(refusal),
            refusal == null || refusal instanceof StoreException.Timeout);
        if (refusal != null) {
          refused.add(n);
          transaction.rollback();
        }
      } else if (!refused.contains(n)) {
        // Another one, of which a number comes after those of whoever wrote in between.
        transaction.step(tx -> tx.outbox().append(event("b", event + "-2")));
        if (n == 1 && order.endsWith("1")) {
          transaction.rollback();
        } else {
          transaction.commit();
          committed.add(event + "-1");
          committed.add(event + "-2");
        }
      }
      reader.toTheEnd();
    }
    return committed.stream().sorted().toList();
  }

  @Rule(
      id = "OBX-04",
      sentence =
          "Records MUST come in the order of appending within a transaction, and of commits "
              + "where the later transaction began to write after the earlier one committed.",
      since = "0.1.0")
  void recordsComeInOrder(RuleContext t) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int round = i;
      List<String> appended = new ArrayList<>();
      t.inTransaction(
          tx -> {
            for (int j = 0; j < 40; j++) {
              String event = round + "-" + j;
              appended.add(event);
              tx.outbox().append(event(String.valueOf(j % 2), event));
              if (j == 20) {
                // Also where a statement between them was refused.
                RuleContext.thrownBy(() -> tx.users().update(stranger(tx)));
              }
            }
            return true;
          });
      expected.addAll(appended);
      t.records().outbox().append(event("0", "single-" + i));
      expected.add("single-" + i);
    }
    t.equal(
        "the events, in the order of appending and committing",
        expected,
        reader(t, 7).toAllThatIsCommitted().events());
  }

  private static User stranger(Repositories records) {
    User user = records.users().create(UserDraft.named("stranger"));
    records.users().delete(user.id());
    return user;
  }

  @Rule(
      id = "OBX-05",
      sentence =
          "Reading MUST NOT change anything: from one place the same records follow, for "
              + "every reader.",
      since = "0.1.0")
  void readingChangesNothing(RuleContext t) {
    for (int i = 0; i < 5; i++) {
      t.records().outbox().append(event("a", "event" + i));
    }
    OutboxReader first = reader(t, 2).toAllThatIsCommitted();
    t.equal(
        "the events", List.of("event0", "event1", "event2", "event3", "event4"), first.events());
    t.equal("what another reader sees", first.seen(), reader(t, 1000).toTheEnd().seen());
    OutboxPage end = t.records().outbox().readAfter(first.place(), ANY);
    t.equal("the records after the end", List.of(), end.records());
    t.equal("the place after the end", first.place(), end.next());
    OutboxCursor start = t.records().outbox().readAfter(OutboxCursor.BEGINNING, 2).next();
    for (int i = 0; i < 2; i++) {
      t.equal(
          "the two records after the second one, each time they are read",
          first.seen().subList(2, 4),
          t.records().outbox().readAfter(start, 2).records());
    }
    t.equal(
        "the same in a read-only transaction",
        first.seen().subList(2, 4),
        t.store()
            .inReadOnlyTransaction(t.tenant(), tx -> tx.outbox().readAfter(start, 2).records()));
    OutboxRepository empty = t.store().tenant(t.newTenant()).outbox();
    t.equal(
        "an empty outbox",
        new OutboxPage(List.of(), OutboxCursor.BEGINNING),
        empty.readAfter(OutboxCursor.BEGINNING, ANY));
  }

  @Rule(
      id = "OBX-06",
      sentence =
          "A cursor that this database did not give out MUST be InvalidInput that names it; "
              + "from the beginning every record MUST be reached.",
      since = "0.1.0")
  void aForeignCursorIsRefused(RuleContext t) {
    OutboxRepository outbox = t.records().outbox();
    outbox.append(event("a", "before"));
    OutboxCursor old = reader(t).toAllThatIsCommitted().place();
    t.equal(
        "the records after a cursor of this store", List.of(), outbox.readAfter(old, 1).records());
    for (String garbage :
        List.of(
            "0",
            "-1",
            "garbage",
            "Beginning",
            "beginning ",
            " ",
            "\u0661",
            "%",
            "'",
            "{}",
            "9".repeat(Limits.CURSOR))) {
      t.invalid(
          "a cursor that no store gave out",
          "cursor",
          () -> outbox.readAfter(OutboxCursor.of(garbage), ANY));
      t.inTransaction(
          tx -> {
            t.invalid(
                "the same in a transaction",
                "cursor",
                () -> tx.outbox().readAfter(OutboxCursor.of(garbage), ANY));
            return tx.outbox().readAfter(OutboxCursor.BEGINNING, 1);
          });
    }
    for (String never : List.of("", "a\u0000b", "9".repeat(Limits.CURSOR + 1), "\uD800")) {
      t.invalid("a text that can be no cursor", "cursor", () -> OutboxCursor.of(never));
    }
    t.reset();
    OutboxRepository anew = t.records().outbox();
    anew.append(event("a", "after"));
    t.invalid(
        "a cursor of the storage that was there before", "cursor", () -> anew.readAfter(old, ANY));
    t.equal(
        "what is read from the beginning",
        List.of("after"),
        reader(t).toAllThatIsCommitted().events());
  }

  @Rule(
      id = "OBX-07",
      sentence =
          "Concurrent appends of one dedupKey MUST make one record: one caller is told "
              + "Created, and all are told of that record.",
      since = "0.1.0")
  void concurrentAppendsOfOneDedupKeyMakeOneRecord(RuleContext t) throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "key" + round;
      List<UpsertResult<OutboxRecord>> results =
          Concurrent.run(
              8,
              i -> () -> t.records().outbox().append(event("a", key + "-" + i).withDedupKey(key)));
      t.equal(
          "how many of the concurrent calls wrote the record",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many records the callers were told of",
          1L,
          results.stream().map(UpsertResult::record).distinct().count());
    }
    t.equal("records", 5, reader(t).toAllThatIsCommitted().events().size());
  }

  @Rule(
      id = "OBX-08",
      sentence =
          "Reading MUST NOT show uncommitted records, the reader's own included, which it "
              + "finds by their ids.",
      since = "0.1.0")
  void uncommittedRecordsAreNotShown(RuleContext t) throws Exception {
    t.records().outbox().append(event("a", "before"));
    SteppedTransaction writer = t.begin();
    OutboxRecord own = writer.step(tx -> tx.outbox().append(event("a", "own"))).record();
    for (int i = 0; i < 2; i++) {
      t.equal(
          "the events, as the transaction that appended one sees them",
          List.of("before"),
          writer.step(
              tx ->
                  tx.outbox().readAfter(OutboxCursor.BEGINNING, ANY).records().stream()
                      .map(record -> record.message().eventType())
                      .toList()));
    }
    t.equal(
        "the record, found by its id in its transaction",
        Optional.of(own),
        writer.step(tx -> tx.outbox().find(own.id())));
    t.equal("and by others", Optional.empty(), t.records().outbox().find(own.id()));
    OutboxReader reader = reader(t).toTheEnd();
    t.equal("the events, as others see them", List.of("before"), reader.events());
    writer.commit();
    t.equal(
        "the events after the commit",
        List.of("before", "own"),
        reader.toAllThatIsCommitted().events());
  }

  @Rule(
      id = "OBX-09",
      sentence =
          "What is read MUST equal what was appended: payload, headers and the version of "
              + "what it is about included.",
      since = "0.1.0")
  void whatIsReadIsWhatWasAppended(RuleContext t) {
    OutboxDraft full =
        new OutboxDraft(
            "user",
            " \u00E9e\u0301'%_\\ ",
            Long.MAX_VALUE,
            "user.created",
            Json.parse("{\"b\":[1.10,-0,1e2,{}],\"a\":null,\"\u00E9\":\"\\\"\\\\\\u0001\"}"),
            Map.of("trace", "00-\u00E9-1", "Empty", "", "empty", " "),
            "dedup \u00E9");
    List<OutboxDraft> drafts =
        List.of(
            full,
            event("a", "array").withHeaders(Map.of()),
            OutboxDraft.of("a", "1", "string", Json.of("text")),
            OutboxDraft.of("a", "1", "number", Json.of(1)),
            OutboxDraft.of("a", "1", "null", Json.of(null)));
    List<OutboxRecord> appended = new ArrayList<>();
    for (OutboxDraft draft : drafts) {
      OutboxRecord record = t.records().outbox().append(draft).record();
      t.equal("the message that append returned", draft, record.message());
      t.equal("the record by its id", Optional.of(record), t.records().outbox().find(record.id()));
      t.equal(
          "created, in whole microseconds",
          record.created().truncatedTo(ChronoUnit.MICROS),
          record.created());
      appended.add(record);
    }
    OutboxReader reader = reader(t).toAllThatIsCommitted();
    t.equal("the records", appended, reader.seen());
    t.equal(
        "find of an unknown id",
        Optional.empty(),
        t.records().outbox().find(OutboxId.of(new UUID(0, 1))));
    t.equal(
        "find in another tenant",
        Optional.empty(),
        t.store().tenant(t.newTenant()).outbox().find(appended.get(0).id()));
  }

  /** Seven writers and a reader: eight transactions at the most. */
  @Rule(
      id = "OBX-10",
      sentence =
          "A reader beside 7 writers MUST see every committed record exactly once, and no "
              + "other.",
      since = "0.1.0")
  void aReaderBesideWritersSeesEverythingOnce(RuleContext t) throws Exception {
    int writers = 7;
    int rounds = 30;
    AtomicInteger writing = new AtomicInteger(writers);
    ConcurrentLinkedQueue<String> committed = new ConcurrentLinkedQueue<>();
    OutboxReader reader = reader(t, 5);
    Concurrent.run(
        writers + 1,
        i ->
            () -> {
              if (i == writers) {
                while (writing.get() > 0) {
                  reader.page();
                }
                return reader.toAllThatIsCommitted();
              }
              try {
                for (int round = 0; round < rounds; round++) {
                  committed.addAll(write(t, i + "-" + round, round % 5 == 4));
                }
              } finally {
                writing.decrementAndGet();
              }
              return reader;
            });
    List<String> seen = reader.events();
    t.equal("how often a record was seen twice", 0, seen.size() - new HashSet<>(seen).size());
    Set<String> missed = new HashSet<>(committed);
    seen.forEach(missed::remove);
    t.equal("how many committed records were never seen", 0, missed.size());
    t.equal("how many records were seen", committed.size(), seen.size());
  }

  /** Returns what was committed. */
  private static List<String> write(RuleContext t, String name, boolean undo) {
    List<String> events = List.of(name + "-a", name + "-b");
    Throwable end =
        RuleContext.thrownBy(
            () ->
                t.inTransaction(
                    tx -> {
                      for (String event : events) {
                        tx.outbox().append(event(name, event));
                      }
                      if (undo) {
                        throw new IllegalStateException();
                      }
                      return true;
                    }));
    if (end == null) {
      return events;
    }
    t.isA("what ended a transaction", IllegalStateException.class, end);
    return List.of();
  }

  @Rule(
      id = "OBX-11",
      sentence =
          "A page MUST hold as many of the records that follow as its limit, which is 1 to "
              + "1,000, and 4 MiB of JSON before its last record allow.",
      since = "0.1.0")
  void aPageHoldsAtMostItsLimit(RuleContext t) {
    OutboxRepository outbox = t.records().outbox();
    t.inTransaction(
        tx -> {
          for (int i = 0; i < 5; i++) {
            tx.outbox().append(event("a", "event" + i));
          }
          return true;
        });
    OutboxReader all = reader(t).toAllThatIsCommitted();
    for (int limit = 1; limit <= 4; limit++) {
      OutboxPage page = outbox.readAfter(OutboxCursor.BEGINNING, limit);
      t.equal("a page of " + limit, all.seen().subList(0, limit), page.records());
      t.equal(
          "the record after it",
          all.seen().subList(limit, limit + 1),
          outbox.readAfter(page.next(), 1).records());
    }
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, Limits.PAGE + 1, Integer.MAX_VALUE}) {
      t.invalid(
          "a limit out of its range",
          "limit",
          () -> outbox.readAfter(OutboxCursor.BEGINNING, limit));
    }
    largeRecords(
        t,
        OutboxDraft.of("a", "1", "large", Json.object("text", "x".repeat(Limits.JSON_BYTES - 100))),
        Limits.JSON_BYTES);
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < Limits.HEADERS; i++) {
      headers.put("header" + i, "x".repeat(Limits.HEADER_VALUE));
    }
    largeRecords(
        t,
        OutboxDraft.of("a", "1", "large", Json.object()).withHeaders(headers),
        Limits.HEADERS * (Limits.HEADER_VALUE + Limits.HEADER_NAME));
  }

  /**
   * A thousand of the largest would not fit into many a reader's memory.
   *
   * @param bytes that the draft takes at the most
   */
  private static void largeRecords(RuleContext t, OutboxDraft draft, int bytes) {
    int records = Limits.PAGE_BYTES / bytes + 16;
    OutboxRepository outbox = t.store().tenant(t.newTenant()).outbox();
    for (int i = 0; i < records; i++) {
      outbox.append(draft);
    }
    // One by one, so that no page of this reader is cut short by its bytes.
    OutboxReader all = new OutboxReader(outbox, 1).toAllThatIsCommitted();
    OutboxPage page = outbox.readAfter(OutboxCursor.BEGINNING, Limits.PAGE);
    t.holds("a page of the largest records is bounded", page.records().size() < records);
    t.holds(
        "a page holds what fits: %d records of %d bytes".formatted(page.records().size(), bytes),
        page.records().size() >= Limits.PAGE_BYTES / bytes);
    t.equal(
        "the records after a page that its bytes cut short",
        all.seen().subList(page.records().size(), page.records().size() + 1),
        outbox.readAfter(page.next(), 1).records());
    for (OutboxReader each :
        List.of(all, new OutboxReader(outbox, Limits.PAGE).toAllThatIsCommitted())) {
      t.equal(
          "how many large records there are",
          (long) records,
          each.events().stream().filter("large"::equals).count());
    }
  }

  /** Two outboxes of as many records: a place in one is a place in the other too. */
  @Rule(
      id = "OBX-12",
      sentence = "A cursor of another tenant MUST be InvalidInput that names cursor.",
      since = "0.1.0")
  void aCursorOfAnotherTenantIsRefused(RuleContext t) {
    TenantId otherTenant = t.newTenant();
    OutboxRepository other = t.store().tenant(otherTenant).outbox();
    OutboxRepository own = t.records().outbox();
    for (int i = 0; i < 3; i++) {
      own.append(event("a", "own" + i));
      other.append(event("a", "other" + i));
    }
    for (int limit : new int[] {1, ANY}) {
      OutboxCursor cursor = new OutboxReader(other, limit).toAllThatIsCommitted().place();
      t.equal("the records after a cursor", List.of(), other.readAfter(cursor, ANY).records());
      t.invalid("a cursor of another tenant", "cursor", () -> own.readAfter(cursor, ANY));
      t.invalid(
          "a cursor of another tenant, of which the outbox is empty",
          "cursor",
          () -> t.store().tenant(t.newTenant()).outbox().readAfter(cursor, ANY));
      t.inTransaction(
          tx -> {
            t.invalid(
                "the same in a transaction", "cursor", () -> tx.outbox().readAfter(cursor, ANY));
            return tx.outbox().readAfter(OutboxCursor.BEGINNING, 1);
          });
    }
    t.equal(
        "the events, from the beginning",
        List.of("own0", "own1", "own2"),
        reader(t).toAllThatIsCommitted().events());
  }

  private static OutboxReader reader(RuleContext t) {
    return reader(t, ANY);
  }

  private static OutboxReader reader(RuleContext t, int limit) {
    return new OutboxReader(t.records().outbox(), limit);
  }

  private static OutboxDraft event(String aggregateId, String eventType) {
    return OutboxDraft.of("thing", aggregateId, eventType, Json.object("n", eventType));
  }
}
