package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.ImportReport;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Section LIF: lifecycle. */
final class LifecycleRules {

  private static final String ISSUER = "https://idp.example";

  @Rule(id = "LIF-01", sentence = "A store MUST be safe for use by many threads.", since = "0.1.0")
  void manyThreadsShareAStore(RuleContext t) throws Exception {
    int threads = 8;
    int rounds = 25;
    Repositories records = t.records();
    Concurrent.run(
        threads,
        i ->
            () -> {
              for (int round = 0; round < rounds; round++) {
                String name = "user-" + i + "-" + round;
                User user =
                    records.users().create(UserDraft.named(name).withEmail("all@example.org"));
                records.identities().link(user.id(), ISSUER, name);
                User changed = records.users().update(user.withDisplayName(name));
                t.equal(
                    "the user of a thread", Optional.of(changed), records.users().find(user.id()));
                t.equal(
                    "the user of its identity",
                    Optional.of(changed),
                    t.inTransaction(tx -> tx.identities().findUser(IdentityKey.of(ISSUER, name))));
                if (round % 2 == 1) {
                  t.equal("deleting", true, records.users().delete(user.id()));
                }
              }
              return true;
            });
    long left = threads * (rounds / 2 + 1L);
    t.equal("users", left, Counts.users(t, records));
    t.equal("links", left, Counts.identities(t, records));
    t.equal(
        "the holders of the address that all have",
        left,
        (long) records.users().findByEmail("all@example.org").size());
  }

  @Rule(
      id = "LIF-02",
      sentence =
          "Closing MUST be idempotent, and every call afterwards MUST be refused with "
              + "IllegalUse.",
      since = "0.1.0")
  void aClosedStoreRefusesEverything(RuleContext t) {
    UserEngineStore store = t.open(StoreOptions.defaults());
    Repositories records = store.tenant(t.tenant());
    User ada = records.users().create(UserDraft.named("ada"));
    AtomicInteger runs = new AtomicInteger();
    store.close();
    store.close();
    List<RuleContext.Action> calls =
        List.of(
            () -> records.users().find(ada.id()),
            () -> records.users().create(UserDraft.named("late")),
            () -> records.users().update(ada.withDisplayName("late")),
            () -> records.users().upsert(UserDraft.named("late")),
            () -> records.users().delete(ada.id()),
            () -> records.identities().link(ada.id(), ISSUER, "1"),
            () -> records.identities().findByUser(ada.id()),
            () -> records.counts(),
            () -> store.tenant(t.tenant()).users().find(ada.id()),
            () -> store.inTransaction(t.tenant(), tx -> runs.incrementAndGet()),
            () -> store.inReadOnlyTransaction(t.tenant(), tx -> runs.incrementAndGet()),
            store::readiness,
            store::migrate,
            store::counts);
    for (RuleContext.Action call : calls) {
      t.fails("a call of a closed store", StoreException.IllegalUse.class, call);
    }
    t.equal("how often a callback ran that was given to a closed store", 0, runs.get());
    store.close();
  }

  @Rule(
      id = "LIF-03",
      sentence = "Two stores over one storage MUST see each other's commits and keys.",
      capability = Capability.SHARED_BETWEEN_STORES,
      since = "0.1.0")
  void storesSeeEachOthersCommits(RuleContext t) {
    UserEngineStore one = t.open(StoreOptions.defaults());
    UserEngineStore other = t.open(StoreOptions.defaults());
    Repositories here = one.tenant(t.tenant());
    Repositories there = other.tenant(t.tenant());
    User ada = here.users().create(UserDraft.named("ada"));
    t.equal("a user of another store", Optional.of(ada), there.users().find(ada.id()));
    User changed = there.users().update(ada.withDisplayName("Ada"));
    t.equal("the change of another store", Optional.of(changed), here.users().find(ada.id()));
    t.conflicts(
        "a name that is taken in another store",
        "userName",
        () -> there.users().create(UserDraft.named("ADA")));
    FederatedIdentity link = there.identities().link(ada.id(), ISSUER, "1").record();
    t.equal("the link of another store", List.of(link), here.identities().findByUser(ada.id()));
    t.equal("deleting another store's user", true, here.users().delete(ada.id()));
    t.equal("the user after that", Optional.empty(), there.users().find(ada.id()));
    t.equal("users", 0L, Counts.users(t, there));
  }

  @Rule(
      id = "LIF-04",
      sentence = "What was committed MUST be there after the store was closed and opened again.",
      capability = Capability.DURABLE,
      since = "0.1.0")
  void whatIsCommittedIsThereAfterReopening(RuleContext t) {
    User ada;
    FederatedIdentity link;
    try (UserEngineStore before = t.openAsIs(StoreOptions.defaults())) {
      before.migrate();
      ada =
          before
              .tenant(t.tenant())
              .users()
              .create(UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org"));
      link =
          before.inTransaction(
              t.tenant(), tx -> tx.identities().link(ada.id(), ISSUER, "1").record());
    }
    UserEngineStore after = t.openAsIs(StoreOptions.defaults());
    Repositories records = after.tenant(t.tenant());
    t.equal("the user", Optional.of(ada), records.users().find(ada.id()));
    t.equal("by name", Optional.of(ada), records.users().findByUserName("ADA"));
    t.equal("by external id", Optional.of(ada), records.users().findByExternalId("1"));
    t.equal("by e-mail", List.of(ada), records.users().findByEmail("ada@example.org"));
    t.equal("the link", Optional.of(link), records.identities().find(link.key()));
    t.equal("users", 1L, Counts.users(t, records));
    t.conflicts("its name", "userName", () -> records.users().create(UserDraft.named("Ada")));
  }

  @Rule(
      id = "LIF-05",
      sentence =
          "A transaction that is open when its store is closed MUST be refused its next "
              + "statement and its commit with IllegalUse.",
      since = "0.1.0")
  void closingEndsWhatIsOpen(RuleContext t) throws Exception {
    UserEngineStore store = t.open(StoreOptions.defaults());
    SteppedTransaction writer = t.begin(store, RuleContext.once());
    writer.step(tx -> tx.users().create(UserDraft.named("ada")));
    SteppedTransaction idle = t.begin(store, RuleContext.once());
    idle.step(tx -> tx.users().findByUserName("ada"));
    store.close();
    t.fails(
        "a statement after the store was closed",
        StoreException.IllegalUse.class,
        () -> writer.step(tx -> tx.users().findByUserName("ada")));
    t.fails(
        "committing after a statement was refused",
        StoreException.IllegalUse.class,
        writer::commit);
    t.fails("committing after the store was closed", StoreException.IllegalUse.class, idle::commit);
  }

  @Rule(
      id = "LIF-06",
      sentence = "A transaction that was open when its store was closed MUST leave nothing.",
      capability = Capability.DURABLE,
      since = "0.1.0")
  void closingKeepsNothingOfWhatIsOpen(RuleContext t) throws Exception {
    UserEngineStore store = t.open(StoreOptions.defaults());
    User kept = store.tenant(t.tenant()).users().create(UserDraft.named("kept"));
    SteppedTransaction writer = t.begin(store, RuleContext.once());
    writer.step(tx -> tx.users().create(UserDraft.named("ada")));
    writer.step(tx -> tx.users().update(kept.withDisplayName("changed")));
    store.close();
    Throwable outcome = RuleContext.thrownBy(writer::commit);
    t.isA("the outcome of the open transaction", StoreException.IllegalUse.class, outcome);
    Repositories after = t.open(StoreOptions.defaults()).tenant(t.tenant());
    t.equal(
        "the user of the open transaction", Optional.empty(), after.users().findByUserName("ada"));
    t.equal("the user that it changed", Optional.of(kept), after.users().find(kept.id()));
  }

  @Rule(
      id = "LIF-07",
      sentence =
          "A store MUST tell the options that it was opened with, and run with them every "
              + "transaction that names none.",
      since = "0.1.0")
  void aStoreKeepsToItsOptions(RuleContext t) {
    TransactionOptions transactions =
        TransactionOptions.defaults().withLockTimeout(Duration.ofSeconds(3));
    StoreOptions options = StoreOptions.defaults().withTransactions(transactions);
    UserEngineStore store = t.open(options);
    t.equal("the options of the store", options, store.options());
    t.equal(
        "the options of a transaction that names none",
        transactions,
        store.inTransaction(t.tenant(), tx -> tx.options()));
    t.equal(
        "the options of a read-only one that names none",
        transactions.asReadOnly(),
        store.inReadOnlyTransaction(t.tenant(), tx -> tx.options()));
  }

  @Rule(
      id = "LIF-08",
      sentence =
          "A call that begins in an interrupted thread MUST do what it does otherwise, and "
              + "leave the thread interrupted.",
      since = "0.1.0")
  void anInterruptBeforeACallChangesNothing(RuleContext t) throws Exception {
    // A store of its own: what it has to wait for at first, it has not yet waited for.
    UserEngineStore store = t.openAsIs(StoreOptions.defaults());
    interrupted(t, "migrating", store::migrate);
    t.isA(
        "readiness in an interrupted thread",
        Readiness.Ready.class,
        interrupted(t, "asking for readiness", store::readiness));
    Repositories records = store.tenant(t.tenant());
    User ada = interrupted(t, "creating", () -> records.users().create(UserDraft.named("ada")));
    t.equal(
        "the user that an interrupted thread created",
        Optional.of(ada),
        interrupted(t, "finding", () -> records.users().find(ada.id())));
    interrupted(
        t,
        "a conflict",
        () -> {
          t.conflicts(
              "a taken name in an interrupted thread",
              "userName",
              () -> records.users().create(UserDraft.named("ADA")));
          return true;
        });
    User changed =
        interrupted(
            t,
            "a transaction",
            () ->
                store.inTransaction(
                    t.tenant(),
                    tx -> {
                      t.holds(
                          "the thread is interrupted inside a callback",
                          Thread.currentThread().isInterrupted());
                      tx.users().create(UserDraft.named("bob"));
                      return tx.users().update(ada.withDisplayName("Ada"));
                    }));
    ImportReport report =
        interrupted(
            t,
            "an import",
            () ->
                store.importUsers(
                    t.tenant(),
                    List.of(() -> UserDraft.named("carl"), () -> UserDraft.named("dora")),
                    ImportOptions.defaults().withBatchSize(1)));
    t.equal("the users whom an interrupted thread imported", 2L, report.created());
    t.equal(
        "users, counted in an interrupted thread",
        4L,
        interrupted(t, "counting", () -> Counts.users(t, records)));
    t.isA(
        "overall counts in an interrupted thread",
        RecordCounts.Exact.class,
        interrupted(t, "counting overall", store::counts));
    t.equal("what the transaction changed", Optional.of(changed), records.users().find(ada.id()));
    interrupted(
        t,
        "closing",
        () -> {
          store.close();
          return true;
        });
    t.fails(
        "a call after closing in an interrupted thread",
        StoreException.IllegalUse.class,
        () -> records.users().find(ada.id()));
    waitingInterrupted(t);
    if (t.fixture().serializable()) {
      retryingInterrupted(t);
    }
  }

  /** What has to wait for another transaction, waits. */
  private static void waitingInterrupted(RuleContext t) throws Exception {
    Optional<User> second =
        t.overlapping(
            tx -> tx.users().create(UserDraft.named("first")),
            tx ->
                interrupted(
                    t,
                    "creating beside another transaction",
                    () -> tx.users().create(UserDraft.named("second"))));
    if (second.isPresent()) {
      t.equal(
          "the user that an interrupted thread created beside another",
          second,
          t.users().find(second.get().id()));
    }
  }

  /** What the engine gives up is run again. An engine may refuse to be disturbed instead. */
  private static void retryingInterrupted(RuleContext t) throws Exception {
    User user = t.users().create(UserDraft.named("retried"));
    TransactionOptions often =
        TransactionOptions.defaults()
            .withIsolation(IsolationLevel.SERIALIZABLE)
            .withRetry(RetryPolicy.of(5, Duration.ofMillis(1), Duration.ofMillis(20)));
    User updated =
        interrupted(
            t,
            "a transaction that is given up",
            () ->
                t.store()
                    .inTransaction(
                        t.tenant(),
                        often,
                        tx -> {
                          User seen = tx.users().get(user.id());
                          if (tx.attempt() == 1) {
                            disturb(t, seen);
                          }
                          return tx.users().update(seen.withDisplayName("mine"));
                        }));
    t.equal("the user that was updated", Optional.of(updated), t.users().find(user.id()));
  }

  private static void disturb(RuleContext t, User user) throws Exception {
    // Waiting for the other thread is the check's own matter, and not to be cut short.
    boolean interrupted = Thread.interrupted();
    try {
      Concurrent.run(
          1,
          i ->
              () ->
                  Optional.ofNullable(
                      RuleContext.thrownBy(
                          () ->
                              t.store()
                                  .inTransaction(
                                      t.tenant(),
                                      RuleContext.once().withLockTimeout(Duration.ofMillis(500)),
                                      tx ->
                                          tx.users().update(user.withDisplayName("disturbed"))))));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Makes a call in an interrupted thread, which must still be interrupted afterwards. */
  private static <T> T interrupted(RuleContext t, String what, Callable<T> call) throws Exception {
    boolean still;
    T result;
    Thread.currentThread().interrupt();
    try {
      result = call.call();
    } finally {
      // Taken back whatever the outcome, for the sake of what comes after this check.
      still = Thread.interrupted();
    }
    t.holds("the thread is still interrupted after " + what, still);
    return result;
  }
}
