package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.ImportReport;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRow;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Section BLK: many users at once. */
final class ImportRules {

  /** A row that is not acceptable, whatever it is stored in. */
  private static final UserRow UNACCEPTABLE = () -> UserDraft.named("\u0000");

  @Rule(
      id = "BLK-01",
      sentence =
          "An import MUST NOT read further than one batch ahead of what is stored, and MUST "
              + "tell of each row in the order of the rows.",
      since = "0.1.0")
  void anImportReadsOneBatchAhead(RuleContext t) {
    int rows = 20_000;
    int batch = Limits.BATCH;
    AtomicLong read = new AtomicLong();
    AtomicLong told = new AtomicLong();
    Iterable<UserRow> source =
        () ->
            IntStream.range(0, rows)
                .<UserRow>mapToObj(
                    i -> {
                      read.incrementAndGet();
                      t.holds(
                          "no row is read before all rows of earlier batches were told of",
                          told.get() == i / batch * (long) batch);
                      return () -> UserDraft.named("user" + i);
                    })
                .iterator();
    ImportOptions options =
        ImportOptions.defaults()
            .withBatchSize(batch)
            .withListener(
                (index, outcome) -> {
                  t.equal("the index of the row", told.getAndIncrement(), index);
                  t.holds(
                      "a row is told of before the next batch is read",
                      read.get() - index <= batch);
                  if (index % batch == 0) {
                    t.equal(
                        "users when the first row of a batch is told of",
                        read.get(),
                        Counts.users(t, t.records()));
                  }
                });
    ImportReport report = t.store().importUsers(t.tenant(), source, options);
    t.equal("the report", new ImportReport(rows, 0, 0, 0), report);
    t.equal("users", (long) rows, Counts.users(t, t.records()));
    t.equal("rows that were told of", (long) rows, told.get());
    t.equal("the last user", true, t.users().findByUserName("user" + (rows - 1)).isPresent());
  }

  @Rule(
      id = "BLK-02",
      sentence = "A row that cannot be stored MUST be rejected, and MUST NOT spoil its neighbours.",
      since = "0.1.0")
  void aBadRowDoesNotSpoilItsNeighbours(RuleContext t) {
    User holder = t.users().create(UserDraft.named("holder").withExternalId("held"));
    UserRow row0 = () -> UserDraft.named("row0");
    UserRow taken = () -> UserDraft.named("row2").withExternalId("held");
    UserRow takenId = () -> UserDraft.named("row3").withId(holder.id());
    UserRow row4 = () -> UserDraft.named("row4");
    List<UserRow> source = List.of(row0, UNACCEPTABLE, taken, takenId, row4);
    for (int batch : new int[] {1, 2, 5, 100}) {
      TenantId tenant = t.tenant();
      List<RowOutcome> told = new ArrayList<>();
      ImportReport report =
          t.store()
              .importUsers(
                  tenant,
                  source,
                  ImportOptions.defaults()
                      .withBatchSize(batch)
                      .withListener(
                          (index, outcome) -> {
                            t.equal("the index of the row", (long) told.size(), index);
                            told.add(outcome);
                          }));
      t.equal("rows", 5L, report.rows());
      t.equal("rejected rows", 3L, report.rejected());
      t.equal("rows that were told of", 5, told.size());
      for (int good : new int[] {0, 4}) {
        RowOutcome.Stored stored = t.isA("a good row", RowOutcome.Stored.class, told.get(good));
        t.equal(
            "the user of a good row",
            Optional.of(stored.result().record()),
            t.users().findByUserName("row" + good));
      }
      for (int bad : new int[] {1, 2, 3}) {
        t.isA("a bad row", RowOutcome.Rejected.class, told.get(bad));
        t.equal("its user", Optional.empty(), t.users().findByUserName("row" + bad));
      }
    }
    t.equal("the holder", Optional.of(holder), t.users().find(holder.id()));
    t.equal("users", 3L, Counts.users(t, t.records()));
  }

  /** Against a tenant in which the same drafts are upserted one by one. */
  @Rule(
      id = "BLK-03",
      sentence =
          "A batch MUST have the outcomes and the effect of its rows upserted one by one in "
              + "their order.",
      since = "0.1.0")
  void aBatchIsAsIfOneByOne(RuleContext t) {
    Repositories single = t.store().tenant(t.newTenant());
    List<List<UserDraft>> batches = new ArrayList<>();
    batches.add(List.of());
    batches.add(
        List.of(
            UserDraft.named("ada").withExternalId("1"),
            UserDraft.named("ADA").withExternalId("2"),
            UserDraft.named("grace").withExternalId("1"),
            UserDraft.named("edith").withExternalId("2"),
            UserDraft.named("ada"),
            UserDraft.named("edith").withExternalId("2"),
            UserDraft.named("edith").withExternalId("2")));
    // Two exchange their external ids, which one by one is only possible by way of a third.
    batches.add(
        List.of(
            UserDraft.named("grace").withExternalId("2"),
            UserDraft.named("edith").withExternalId("1"),
            UserDraft.named("grace").withExternalId("3"),
            UserDraft.named("edith").withExternalId("1"),
            UserDraft.named("grace").withExternalId("2")));
    UserId id = UserId.of(UUID.nameUUIDFromBytes(new byte[] {4}));
    batches.add(
        List.of(
            UserDraft.named("first").withId(id),
            UserDraft.named("second").withId(id),
            UserDraft.named("first").withId(id).withDisplayName("")));
    Random random = t.random();
    for (int i = 0; i < 20; i++) {
      batches.add(randomBatch(random, 1 + random.nextInt(60)));
    }
    for (List<UserDraft> batch : batches) {
      List<String> expected = new ArrayList<>();
      for (UserDraft draft : batch) {
        expected.add(outcome(single, draft));
      }
      List<String> seen = t.users().upsertAll(batch).stream().map(ImportRules::describe).toList();
      t.equal("the number of outcomes", batch.size(), seen.size());
      for (int i = 0; i < batch.size(); i++) {
        t.equal(
            "row " + i + " of a batch, as if upserted after the ones before it",
            expected.get(i),
            seen.get(i));
      }
      for (UserDraft draft : batch) {
        t.equal(
            "a user of the batch, as it is stored",
            single.users().findByUserName(draft.userName()).map(ImportRules::describe),
            t.users().findByUserName(draft.userName()).map(ImportRules::describe));
      }
    }
    t.equal("users", Counts.users(t, single), Counts.users(t, t.records()));
  }

  /** Few names and external ids, so that rows meet. */
  private static List<UserDraft> randomBatch(Random random, int rows) {
    List<UserDraft> batch = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String name = "user" + random.nextInt(12);
      UserDraft draft = UserDraft.named(random.nextInt(4) == 0 ? "U" + name.substring(1) : name);
      if (random.nextInt(3) > 0) {
        draft = draft.withExternalId("x" + random.nextInt(8));
      }
      if (random.nextInt(3) == 0) {
        draft = draft.withDisplayName("D" + random.nextInt(2));
      }
      if (random.nextInt(4) == 0) {
        draft = draft.withEmail("a" + random.nextInt(3) + "@example.org");
      }
      batch.add(draft);
    }
    return batch;
  }

  private static String outcome(Repositories single, UserDraft draft) {
    try {
      return describe(new RowOutcome.Stored(single.users().upsert(draft)));
    } catch (StoreException.Conflict e) {
      return describe(RowOutcome.Rejected.of(e));
    }
  }

  private static String describe(RowOutcome outcome) {
    return outcome instanceof RowOutcome.Stored stored
        ? stored.result().getClass().getSimpleName() + " " + describe(stored.result().record())
        : outcome.toString();
  }

  /** All of a user that does not depend on the tenant and the time. */
  private static String describe(User user) {
    return user.asDraft().withId(UserId.of(new UUID(0, 0))) + " at version " + user.version();
  }

  @Rule(
      id = "BLK-04",
      sentence =
          "A rejected row MUST be told with its index, the field and the reason, without a "
              + "value.",
      since = "0.1.0")
  void aRejectedRowIsNamedWithoutItsValue(RuleContext t) {
    User holder = t.users().create(UserDraft.named("holder").withExternalId("canary-5b1f"));
    List<UserRow> source =
        List.of(
            () -> UserDraft.named("row0"),
            () -> UserDraft.named("row1").withExternalId("canary-5b1f"),
            () -> UserDraft.named("row2").withId(holder.id()),
            () -> UserDraft.named("canary-5b1f and a space"),
            () -> UserDraft.named("row4").withEmail("canary-5b1f"),
            () -> UserDraft.named("row5").withDisplayName("canary-5b1f\u0000"));
    List<String> fields = List.of("externalId", "id", "userName", "emails", "displayName");
    List<String> told = new ArrayList<>();
    t.store()
        .importUsers(
            t.tenant(),
            source,
            ImportOptions.defaults()
                .withBatchSize(3)
                .withListener(
                    (index, outcome) -> {
                      if (outcome instanceof RowOutcome.Rejected rejected) {
                        told.add(index + " " + rejected.field());
                        t.holds(
                            "the reason is told, without the value",
                            !rejected.reason().isBlank()
                                && !rejected.toString().contains("canary-5b1f"));
                      }
                    }));
    t.equal(
        "the rejected rows and their fields",
        IntStream.range(0, 5).mapToObj(i -> i + 1 + " " + fields.get(i)).toList(),
        told);
    List<RowOutcome> outcomes =
        t.users()
            .upsertAll(
                List.of(
                    UserDraft.named("row1").withExternalId("canary-5b1f"),
                    UserDraft.named("row2").withId(holder.id())));
    t.equal(
        "the outcomes of a batch",
        List.of(
            RowOutcome.Rejected.of(new StoreException.Conflict("externalId")),
            RowOutcome.Rejected.of(new StoreException.Conflict("id"))),
        outcomes);
  }

  @Rule(
      id = "BLK-05",
      sentence = "Importing the same again MUST be Unchanged in every row.",
      since = "0.1.0")
  void importingAgainChangesNothing(RuleContext t) {
    List<UserRow> source = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int n = i;
      source.add(
          () -> {
            UserDraft draft =
                UserDraft.named("User" + n)
                    .withActive(n % 2 == 0)
                    .withEmail("b" + n + "@example.org")
                    .withEmail("a" + n + "@example.org");
            return n % 3 == 0 ? draft : draft.withExternalId("x" + n).withDisplayName("");
          });
    }
    for (ImportOptions options :
        List.of(
            ImportOptions.defaults().withBatchSize(20),
            ImportOptions.defaults().asStrict().withBatchSize(7))) {
      TenantId tenant = t.newTenant();
      t.equal(
          "the first import",
          new ImportReport(50, 0, 0, 0),
          t.store().importUsers(tenant, source, options));
      List<Optional<User>> before = users(t, tenant, 50);
      for (int i = 0; i < 2; i++) {
        t.equal(
            "the same import again",
            new ImportReport(0, 0, 50, 0),
            t.store().importUsers(tenant, source, options));
      }
      t.equal("the users after it", before, users(t, tenant, 50));
    }
  }

  private static List<Optional<User>> users(RuleContext t, TenantId tenant, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> t.store().tenant(tenant).users().findByUserName("user" + i))
        .toList();
  }

  /**
   * Somebody else changes a user of a later row: at the beginning, and again after the first batch,
   * since engines differ in when they begin to look and in what they let others do meanwhile.
   */
  @Rule(
      id = "BLK-06",
      sentence =
          "An import in a transaction that is run again MUST begin again with the first row "
              + "of its source.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void anImportThatIsRunAgainBeginsAgain(RuleContext t) throws Exception {
    UserEngineStore store =
        t.open(
            StoreOptions.defaults()
                .withTransactions(
                    TransactionOptions.defaults().withIsolation(IsolationLevel.SERIALIZABLE)));
    Repositories records = store.tenant(t.tenant());
    UserId contested = records.users().create(UserDraft.named("row3")).id();
    TransactionOptions impatient = RuleContext.once().withLockTimeout(Duration.ofMillis(50));
    Runnable disturb =
        () -> {
          Throwable refusal =
              RuleContext.thrownBy(
                  () ->
                      Concurrent.run(
                          1,
                          i ->
                              () ->
                                  store.inTransaction(
                                      t.tenant(),
                                      impatient,
                                      tx -> {
                                        User seen = tx.users().get(contested);
                                        return tx.users().update(seen.withActive(!seen.active()));
                                      })));
          t.holds(
              "somebody else's change is made, or told Timeout",
              refusal == null || refusal instanceof StoreException.Timeout);
        };
    AtomicLong readings = new AtomicLong();
    AtomicLong secondBatches = new AtomicLong();
    List<UserRow> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int n = i;
      rows.add(
          () -> {
            if (n == 2 && secondBatches.getAndIncrement() == 0) {
              disturb.run();
            }
            return UserDraft.named("row" + n).withDisplayName("imported");
          });
    }
    Iterable<UserRow> source =
        () -> {
          if (readings.getAndIncrement() == 0) {
            disturb.run();
          }
          return rows.iterator();
        };
    List<Long> told = new ArrayList<>();
    ImportOptions options =
        ImportOptions.defaults()
            .asStrict()
            .withBatchSize(2)
            .withListener((index, outcome) -> told.add(index));
    ImportReport report = store.importUsers(t.tenant(), source, options);
    t.equal("the report of the run that was committed", new ImportReport(5, 1, 0, 0), report);
    t.holds("the source was read again", readings.get() > 1);
    t.equal(
        "the last rows that were told of",
        List.of(0L, 1L, 2L, 3L, 4L, 5L),
        told.subList(told.size() - 6, told.size()));
    t.equal("users", 6L, Counts.users(t, records));
  }

  @Rule(
      id = "BLK-07",
      sentence =
          "A strict import MUST end with RowRejected at the first row that cannot be "
              + "stored, and MUST then leave nothing.",
      since = "0.1.0")
  void aStrictImportIsAllOrNothing(RuleContext t) {
    User holder = t.users().create(UserDraft.named("holder").withExternalId("held"));
    UserRow taken = () -> UserDraft.named("taken").withExternalId("held");
    for (UserRow bad : List.of(UNACCEPTABLE, taken)) {
      for (int at : new int[] {0, 1, 4, 6}) {
        List<UserRow> source = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
          int n = i;
          source.add(i == at ? bad : () -> UserDraft.named("row" + n));
        }
        StoreException.RowRejected rejected =
            t.fails(
                "a strict import with a bad row",
                StoreException.RowRejected.class,
                () ->
                    t.store()
                        .importUsers(
                            t.tenant(),
                            source,
                            ImportOptions.defaults().asStrict().withBatchSize(3)));
        t.equal("the row that is named", (long) at, rejected.index());
        t.equal(
            "the field that is named", bad == taken ? "externalId" : "userName", rejected.field());
        t.equal("users", 1L, Counts.users(t, t.records()));
      }
    }
    t.equal("the holder", Optional.of(holder), t.users().find(holder.id()));
    List<UserRow> good = List.of(() -> UserDraft.named("a"), () -> UserDraft.named("b"));
    t.equal(
        "a strict import without one",
        new ImportReport(2, 0, 0, 0),
        t.store().importUsers(t.tenant(), good, ImportOptions.defaults().asStrict()));
    t.equal("users", 3L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "BLK-08",
      sentence =
          "A batch of as many rows as the limit allows MUST be stored, and one of more MUST "
              + "be InvalidInput and store nothing.",
      since = "0.1.0")
  void aBatchHasALimit(RuleContext t) {
    List<UserDraft> most =
        IntStream.range(0, Limits.BATCH).mapToObj(i -> UserDraft.named("user" + i)).toList();
    List<UserDraft> more = new ArrayList<>(most);
    more.add(UserDraft.named("more"));
    t.invalid("a batch of one row too many", "batch", () -> t.users().upsertAll(more));
    t.inTransaction(
        tx -> {
          t.invalid("the same in a transaction", "batch", () -> tx.users().upsertAll(more));
          return true;
        });
    t.equal("users after that", 0L, Counts.users(t, t.records()));
    t.equal("a batch without rows", List.of(), t.users().upsertAll(List.of()));
    List<RowOutcome> outcomes = t.users().upsertAll(most);
    t.equal(
        "the created users of the largest batch",
        (long) Limits.BATCH,
        outcomes.stream()
            .filter(RowOutcome.Stored.class::isInstance)
            .map(outcome -> ((RowOutcome.Stored) outcome).result())
            .filter(Created.class::isInstance)
            .map(UpsertResult::record)
            .distinct()
            .count());
    t.equal("users", (long) Limits.BATCH, Counts.users(t, t.records()));
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, Limits.BATCH + 1}) {
      t.invalid(
          "an import in batches of " + size,
          "batchSize",
          () -> ImportOptions.defaults().withBatchSize(size));
    }
    t.equal(
        "an import without rows",
        new ImportReport(0, 0, 0, 0),
        t.store().importUsers(t.tenant(), List.<UserRow>of(), ImportOptions.defaults()));
  }

  @Rule(
      id = "BLK-09",
      sentence =
          "An import inside a transaction MUST be part of it, and a strict one that is "
              + "rejected MUST doom it.",
      since = "0.1.0")
  void anImportJoinsTheOpenTransaction(RuleContext t) {
    List<UserRow> source = List.of(() -> UserDraft.named("a"), () -> UserDraft.named("b"));
    IllegalStateException undo = new IllegalStateException();
    for (ImportOptions options :
        List.of(ImportOptions.defaults().withBatchSize(1), ImportOptions.defaults().asStrict())) {
      t.fails(
          "a transaction that is to be rolled back",
          IllegalStateException.class,
          () ->
              t.inTransaction(
                  tx -> {
                    t.store().importUsers(t.tenant(), source, options);
                    t.equal("users in the transaction", 2L, Counts.users(t, tx));
                    throw undo;
                  }));
      t.equal("users after it was rolled back", 0L, Counts.users(t, t.records()));
    }
    t.fails(
        "a transaction in which a strict import was rejected",
        StoreException.RolledBack.class,
        () ->
            t.inTransaction(
                tx -> {
                  tx.users().create(UserDraft.named("before"));
                  t.fails(
                      "a strict import with a bad row",
                      StoreException.RowRejected.class,
                      () ->
                          t.store()
                              .importUsers(
                                  t.tenant(),
                                  List.of(UNACCEPTABLE),
                                  ImportOptions.defaults().asStrict()));
                  return true;
                }));
    t.equal("users after that", 0L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "BLK-10",
      sentence =
          "What the source of an import throws MUST end it and reach the caller unchanged; "
              + "the batches before it stay, unless it is strict.",
      since = "0.1.0")
  void whatTheSourceThrowsEndsTheImport(RuleContext t) {
    IllegalStateException broken = new IllegalStateException();
    List<UserRow> source = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int n = i;
      source.add(() -> UserDraft.named("row" + n));
    }
    source.add(
        () -> {
          throw broken;
        });
    for (boolean strict : new boolean[] {true, false}) {
      ImportOptions options = ImportOptions.defaults().withBatchSize(2);
      Throwable seen =
          RuleContext.thrownBy(
              () ->
                  t.store().importUsers(t.tenant(), source, strict ? options.asStrict() : options));
      t.holds("what a source throws reaches the caller unchanged", seen == broken);
      t.equal(
          "users of the batches before, in an import that is " + (strict ? "strict" : "not strict"),
          strict ? 0L : 4L,
          Counts.users(t, t.records()));
    }
  }

  @Rule(
      id = "BLK-11",
      sentence =
          "A row of an import that is null or makes null MUST end it with "
              + "NullPointerException; nothing of its batch is stored, and no later row is told "
              + "of.",
      since = "0.1.0")
  @SuppressWarnings("NullAway") // Callers that no null checker looks after do it.
  void aNullRowEndsTheImport(RuleContext t) {
    List<UserRow> source = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      source.add(() -> UserDraft.named(name));
    }
    source.add(3, null);
    endsAt(t, "importing a row that is null", source);
    source.set(3, () -> null);
    endsAt(t, "importing a row that makes null", source);
  }

  private static void endsAt(RuleContext t, String what, List<UserRow> source) {
    TenantId tenant = t.newTenant();
    List<Long> told = new ArrayList<>();
    t.fails(
        what,
        NullPointerException.class,
        () ->
            t.store()
                .importUsers(
                    tenant,
                    source,
                    ImportOptions.defaults()
                        .withBatchSize(2)
                        .withListener((index, outcome) -> told.add(index))));
    t.equal("the rows that were told of, " + what, List.of(0L, 1L), told);
    t.equal("users after " + what, 2L, Counts.users(t, t.store().tenant(tenant)));
  }
}
