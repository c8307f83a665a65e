package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Section MIG: readiness and bootstrap. */
final class MigrationRules {

  @Rule(
      id = "MIG-01",
      sentence =
          "Before any table exists readiness MUST be Uninitialised and name what is "
              + "pending, which migrating then applies; afterwards it is Ready.",
      capability = Capability.SCHEMA_MIGRATED,
      since = "0.1.0")
  void readinessAnswers(RuleContext t) {
    UserEngineStore store = emptied(t);
    Readiness.Uninitialised before =
        t.isA(
            "readiness before any table exists", Readiness.Uninitialised.class, store.readiness());
    t.holds("the pending migrations are named", !before.pending().isEmpty());
    for (String name : before.pending()) {
      t.holds("the description names every pending migration", before.describe().contains(name));
    }
    MigrationReport report = store.migrate();
    t.equal("what was applied", before.pending(), report.applied());
    Readiness.Ready after =
        t.isA("readiness after migrating", Readiness.Ready.class, store.readiness());
    t.holds("a schema has a version from 1 on", after.version() >= 1);
    t.equal("the version that was reported", after.version(), report.version());
  }

  @Rule(
      id = "MIG-02",
      sentence = "Asking for readiness or counts MUST NOT change anything.",
      capability = Capability.SCHEMA_MIGRATED,
      since = "0.1.0")
  void askingChangesNothing(RuleContext t) throws Exception {
    UserEngineStore store = emptied(t);
    Readiness before = store.readiness();
    List<Readiness> answers = Concurrent.run(8, i -> store::readiness);
    for (Readiness answer : answers) {
      t.equal("readiness, asked by eight threads", before, answer);
    }
    store.counts();
    t.equal("readiness after counting", before, store.readiness());
    MigrationReport report = store.migrate();
    t.equal(
        "what there was to apply after all of it",
        before,
        new Readiness.Uninitialised(report.applied()));
  }

  @Rule(
      id = "MIG-03",
      sentence =
          "Every operation of a store that is not ready MUST fail with NotMigrated that "
              + "says what is pending, until it is migrated.",
      capability = Capability.SCHEMA_MIGRATED,
      since = "0.1.0")
  void anUnreadyStoreSaysSo(RuleContext t) {
    UserEngineStore store = emptied(t);
    Repositories records = store.tenant(t.tenant());
    UserId unknown = UserId.of(UUID.nameUUIDFromBytes(new byte[] {6}));
    List<RuleContext.Action> calls =
        new ArrayList<>(
            List.of(
                () -> records.users().create(UserDraft.named("early")),
                () -> records.users().upsert(UserDraft.named("early")),
                () -> records.users().find(unknown),
                () -> records.users().findByUserName("early"),
                () -> records.users().delete(unknown),
                () -> records.identities().link(unknown, "https://idp.example", "1"),
                () -> records.identities().findByUser(unknown),
                () -> store.inTransaction(t.tenant(), tx -> tx.users().find(unknown)),
                () -> store.inReadOnlyTransaction(t.tenant(), tx -> tx.users().find(unknown))));
    t.fixture()
        .callerTransaction()
        .ifPresent(callers -> calls.add(() -> join(callers, t.tenant())));
    for (RuleContext.Action call : calls) {
      StoreException.NotMigrated refusal =
          t.fails("a call of a store that is not ready", StoreException.NotMigrated.class, call);
      t.equal("the readiness that it names", store.readiness(), refusal.readiness());
      t.holds(
          "its message says what is pending",
          String.valueOf(refusal.getMessage()).contains(store.readiness().describe()));
    }
    store.migrate();
    User user = records.users().create(UserDraft.named("early"));
    t.equal(
        "a user of the same store after migrating",
        Optional.of(user),
        records.users().find(user.id()));
  }

  private static void join(CallerTransaction callers, TenantId tenant) throws Exception {
    try (callers) {
      callers.join(tenant, tx -> tx.users().findByUserName("early"));
    }
  }

  /** As when many processes start at the same time. */
  @Rule(
      id = "MIG-04",
      sentence =
          "8 migrations of an empty storage at once MUST all succeed and make one schema, "
              + "each step applied once.",
      capability = Capability.SCHEMA_MIGRATED,
      since = "0.1.0")
  void eightAtOnceMakeOneSchema(RuleContext t) throws Exception {
    UserEngineStore one = emptied(t);
    UserEngineStore other =
        t.fixture().sharedBetweenStores() ? t.openAsIs(StoreOptions.defaults()) : one;
    Readiness before = one.readiness();
    List<MigrationReport> reports =
        Concurrent.run(8, i -> () -> (i % 2 == 0 ? one : other).migrate());
    List<String> applied = new ArrayList<>();
    for (MigrationReport report : reports) {
      applied.addAll(report.applied());
      t.equal(
          "readiness at the version that every call reported",
          new Readiness.Ready(report.version()),
          one.readiness());
    }
    t.equal(
        "the migrations that all calls applied, each once",
        before,
        new Readiness.Uninitialised(applied.stream().sorted().toList()));
    t.equal("what there is left to apply", List.of(), other.migrate().applied());
    User user = one.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    t.equal(
        "a user in that schema",
        Optional.of(user),
        other.tenant(t.tenant()).users().find(user.id()));
  }

  @Rule(
      id = "MIG-10",
      sentence =
          "Readiness MUST answer before migrating and be Ready afterwards, at the version "
              + "that migrating reported.",
      since = "0.1.0")
  void aMigratedStoreIsReady(RuleContext t) throws Exception {
    UserEngineStore store = t.openAsIs(StoreOptions.defaults());
    Readiness before = store.readiness();
    t.holds("readiness says something before migrating", !before.describe().isBlank());
    MigrationReport report = store.migrate();
    for (Readiness readiness : Concurrent.run(8, i -> store::readiness)) {
      t.equal("readiness after migrating", new Readiness.Ready(report.version()), readiness);
    }
  }

  @Rule(
      id = "MIG-11",
      sentence = "Migrating again MUST apply nothing and keep every record.",
      since = "0.1.0")
  void migratingAgainDoesNothing(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    Readiness before = t.store().readiness();
    for (int i = 0; i < 3; i++) {
      MigrationReport report = t.store().migrate();
      t.equal("what was applied again", List.of(), report.applied());
      t.equal("the version", before, new Readiness.Ready(report.version()));
    }
    t.equal("a user from before", Optional.of(ada), t.users().find(ada.id()));
  }

  @Rule(
      id = "MIG-12",
      sentence = "8 migrations of a new store at once MUST all succeed.",
      since = "0.1.0")
  void eightAtOnceAllSucceed(RuleContext t) throws Exception {
    UserEngineStore store = t.openAsIs(StoreOptions.defaults());
    List<MigrationReport> reports = Concurrent.run(8, i -> store::migrate);
    t.equal(
        "the versions that were reported",
        1L,
        reports.stream().map(MigrationReport::version).distinct().count());
    User user = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    t.equal(
        "a user after that", Optional.of(user), store.tenant(t.tenant()).users().find(user.id()));
  }

  @Rule(
      id = "MIG-13",
      sentence =
          "Asking for readiness or overall counts inside a transaction MUST leave it " + "usable.",
      since = "0.1.0")
  void askingInsideATransactionIsSafe(RuleContext t) {
    t.inTransaction(
        tx -> {
          tx.users().create(UserDraft.named("before"));
          t.isA("readiness inside a transaction", Readiness.Ready.class, t.store().readiness());
          t.counted("overall counts inside a transaction", t.store().counts());
          t.equal("users inside it", 1L, Counts.users(t, tx));
          tx.users().create(UserDraft.named("after"));
          return true;
        });
    t.equal("users after the commit", 2L, Counts.users(t, t.records()));
  }

  private static UserEngineStore emptied(RuleContext t) {
    t.reset();
    return t.openAsIs(StoreOptions.defaults());
  }
}
