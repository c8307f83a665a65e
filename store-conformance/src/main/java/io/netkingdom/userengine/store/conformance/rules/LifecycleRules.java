package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Section LIF: lifecycle. */
final class LifecycleRules {

  private static final String ISSUER = "https://idp.example";

  @Rule("LIF-01")
  void manyThreadsShareAStore(Trial t) throws Exception {
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

  @Rule("LIF-02")
  void aClosedStoreRefusesEverything(Trial t) {
    UserEngineStore store = t.open(StoreOptions.defaults());
    Repositories records = store.tenant(t.tenant());
    User ada = records.users().create(UserDraft.named("ada"));
    AtomicInteger runs = new AtomicInteger();
    store.close();
    store.close();
    List<Trial.Action> calls =
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
    for (Trial.Action call : calls) {
      t.fails("a call of a closed store", StoreException.IllegalUse.class, call);
    }
    t.equal("how often a callback ran that was given to a closed store", 0, runs.get());
    store.close();
  }

  @Rule("LIF-03")
  void storesSeeEachOthersCommits(Trial t) {
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

  @Rule("LIF-04")
  void whatIsCommittedIsThereAfterReopening(Trial t) {
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

  @Rule("LIF-05")
  void closingEndsWhatIsOpen(Trial t) throws Exception {
    UserEngineStore store = t.open(StoreOptions.defaults());
    Interleaved writer = t.begin(store, Trial.once());
    writer.step(tx -> tx.users().create(UserDraft.named("ada")));
    Interleaved idle = t.begin(store, Trial.once());
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

  @Rule("LIF-06")
  void closingKeepsNothingOfWhatIsOpen(Trial t) throws Exception {
    UserEngineStore store = t.open(StoreOptions.defaults());
    User kept = store.tenant(t.tenant()).users().create(UserDraft.named("kept"));
    Interleaved writer = t.begin(store, Trial.once());
    writer.step(tx -> tx.users().create(UserDraft.named("ada")));
    writer.step(tx -> tx.users().update(kept.withDisplayName("changed")));
    store.close();
    Throwable outcome = Trial.thrownBy(writer::commit);
    t.isA("the outcome of the open transaction", StoreException.IllegalUse.class, outcome);
    Repositories after = t.open(StoreOptions.defaults()).tenant(t.tenant());
    t.equal(
        "the user of the open transaction", Optional.empty(), after.users().findByUserName("ada"));
    t.equal("the user that it changed", Optional.of(kept), after.users().find(kept.id()));
  }

  @Rule("LIF-07")
  void aStoreKeepsToItsOptions(Trial t) {
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
}
