package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.Map;

/** Section CNT: record counts. */
final class CountRules {

  private static final String ISSUER = "https://idp.example";

  @Rule(
      id = "CNT-01",
      sentence =
          "Counts per kind, of a tenant and overall, MUST be exact and equal what was "
              + "written.",
      since = "0.1.0")
  void equalWhatWasWritten(RuleContext t) {
    TenantId other = t.newTenant();
    RecordCounts.Exact before = t.counted("the overall counts", t.store().counts());
    for (int i = 0; i < 3; i++) {
      User user = t.users().create(UserDraft.named("user" + i));
      t.identities().link(user.id(), ISSUER, "a" + i);
      t.identities().link(user.id(), ISSUER, "b" + i);
    }
    User there = t.store().tenant(other).users().create(UserDraft.named("user"));
    t.store().tenant(other).identities().link(there.id(), ISSUER, "a");

    t.equal("the tenant's users", 3L, Counts.users(t, t.records()));
    t.equal("the tenant's links", 6L, Counts.identities(t, t.records()));
    t.equal("the other tenant's users", 1L, Counts.users(t, t.store().tenant(other)));
    t.equal("the other tenant's links", 1L, Counts.identities(t, t.store().tenant(other)));
    RecordCounts.Exact after = t.counted("the overall counts", t.store().counts());
    t.equal("users overall", before.of(RecordKind.USER) + 4, after.of(RecordKind.USER));
    t.equal(
        "links overall",
        before.of(RecordKind.FEDERATED_IDENTITY) + 7,
        after.of(RecordKind.FEDERATED_IDENTITY));
  }

  @Rule(id = "CNT-02", sentence = "The counts of a new tenant MUST be zero.", since = "0.1.0")
  void areZeroInANewTenant(RuleContext t) {
    t.store().tenant(t.newTenant()).users().create(UserDraft.named("elsewhere"));
    RecordCounts.Exact counts = t.counted("a new tenant's counts", t.records().counts());
    for (RecordKind kind : RecordKind.values()) {
      t.equal("the number of " + kind, 0L, counts.of(kind));
    }
  }

  @Rule(
      id = "CNT-03",
      sentence = "Inside a transaction, the tenant's counts MUST include its own writes.",
      since = "0.1.0")
  void includeATransactionsOwnWrites(RuleContext t) {
    User before = t.users().create(UserDraft.named("before"));
    t.inTransaction(
        tx -> {
          User user = tx.users().create(UserDraft.named("ada"));
          tx.identities().link(user.id(), ISSUER, "1");
          t.equal("users inside the transaction", 2L, Counts.users(t, tx));
          t.equal("links inside the transaction", 1L, Counts.identities(t, tx));
          tx.users().delete(before.id());
          t.equal("users after a deletion in it", 1L, Counts.users(t, tx));
          return true;
        });
    t.equal("users after the commit", 1L, Counts.users(t, t.records()));
    t.equal("links after the commit", 1L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "CNT-04",
      sentence =
          "Counts MUST be exact; an estimate is had by asking for one, and MUST be labelled "
              + "as one unless it is exact.",
      since = "0.1.0")
  void estimatesAreAskedForAndLabelled(RuleContext t) {
    for (int i = 0; i < 7; i++) {
      t.users().create(UserDraft.named("user" + i));
    }
    RecordCounts.Exact overall = t.counted("the overall counts", t.store().counts());
    t.counted("the tenant's counts", t.records().counts());
    RecordCounts estimated = t.store().estimatedCounts();
    if (estimated instanceof RecordCounts.Exact exact) {
      t.equal("an estimate that is labelled exact", overall, exact);
    } else {
      RecordCounts.Estimated labelled =
          t.isA("an estimate", RecordCounts.Estimated.class, estimated);
      for (RecordKind kind : RecordKind.values()) {
        t.holds("an estimated number of " + kind + " is not negative", labelled.of(kind) >= 0);
      }
    }
    t.equal(
        "the overall counts after an estimate",
        overall,
        t.counted("the overall counts", t.store().counts()));
  }

  @Rule(
      id = "CNT-05",
      sentence = "Before any table exists, counts MUST say so and not fail.",
      capability = Capability.SCHEMA_MIGRATED,
      since = "0.1.0")
  void sayWhenThereIsNothingToCountIn(RuleContext t) {
    t.reset();
    UserEngineStore store = t.openAsIs(StoreOptions.defaults());
    RecordCounts.NotReady counts =
        t.isA("counts before any table exists", RecordCounts.NotReady.class, store.counts());
    t.isA("the reason", Readiness.Uninitialised.class, counts.readiness());
    t.isA(
        "a tenant's counts before any table exists",
        RecordCounts.NotReady.class,
        store.tenant(t.tenant()).counts());
    store.migrate();
    RecordCounts.Exact after = t.counted("counts after migrating", store.counts());
    for (RecordKind kind : RecordKind.values()) {
      t.equal("the number of " + kind, 0L, after.of(kind));
    }
  }

  @Rule(
      id = "CNT-06",
      sentence =
          "Counts MUST follow deletions and unlinking, and MUST NOT follow changes that add "
              + "nothing.",
      since = "0.1.0")
  void followEveryKindOfWrite(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().upsert(UserDraft.named("grace")).record();
    t.identities().link(ada.id(), ISSUER, "1");
    t.identities().link(ada.id(), ISSUER, "2");
    t.identities().link(grace.id(), ISSUER, "3");
    t.users().update(ada.withDisplayName("Ada"));
    t.users().upsert(UserDraft.named("grace").withDisplayName("Grace"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.equal("users after changes that add none", 2L, Counts.users(t, t.records()));
    t.equal("links after changes that add none", 3L, Counts.identities(t, t.records()));
    t.identities().unlink(IdentityKey.of(ISSUER, "1"));
    t.equal("links after unlinking", 2L, Counts.identities(t, t.records()));
    t.users().delete(ada.id());
    t.equal("users after a deletion", 1L, Counts.users(t, t.records()));
    t.equal("links after a deletion", 1L, Counts.identities(t, t.records()));
  }

  @Rule(
      id = "CNT-07",
      sentence =
          "Every kind of record MUST be counted, by tenant, overall and inside a " + "transaction.",
      since = "0.1.0")
  void countEveryKind(RuleContext t) {
    RecordCounts.Exact before = t.counted("the overall counts", t.store().counts());
    TenantId other = t.newTenant();
    Map<RecordKind, Long> here = writeOfEveryKind(t.records(), 2);
    Map<RecordKind, Long> there = writeOfEveryKind(t.store().tenant(other), 1);
    RecordCounts.Exact after = t.counted("the overall counts", t.store().counts());
    for (RecordKind kind : RecordKind.values()) {
      long ours = here.getOrDefault(kind, 0L);
      long theirs = there.getOrDefault(kind, 0L);
      t.holds("something of every kind was written, " + kind + " too", ours > theirs);
      t.equal("the tenant's number of " + kind, ours, Counts.of(t, t.records(), kind));
      t.equal(
          "the other tenant's number of " + kind,
          theirs,
          Counts.of(t, t.store().tenant(other), kind));
      t.equal(
          "the number of " + kind + " overall", before.of(kind) + ours + theirs, after.of(kind));
    }
    TenantId third = t.newTenant();
    t.store()
        .inTransaction(
            third,
            tx -> {
              Map<RecordKind, Long> own = writeOfEveryKind(tx, 1);
              for (RecordKind kind : RecordKind.values()) {
                t.equal(
                    "the number of " + kind + " inside the transaction",
                    own.getOrDefault(kind, 0L),
                    Counts.of(t, tx, kind));
              }
              return true;
            });
  }

  /** Writes records of every kind, in different numbers, and says how many. */
  private static Map<RecordKind, Long> writeOfEveryKind(Repositories records, int times) {
    for (int i = 0; i < times; i++) {
      User user = records.users().create(UserDraft.named("user" + i));
      records.identities().link(user.id(), ISSUER, "a" + i);
      for (int j = 0; j < 2; j++) {
        Group group = records.groups().create(GroupDraft.named("Group " + i + " " + j));
        records.groups().addMember(group.id(), user.id());
      }
      Group last = records.groups().create(GroupDraft.named("Group " + i));
      records.groups().addMember(last.id(), user.id());
      records.groups().removeMember(last.id(), user.id());
      for (int j = 0; j < 4; j++) {
        records.profiles().replace(ProfileKey.of(user.id(), "app" + j), Json.object());
      }
      AuditSubject subject = AuditSubject.user(user.id());
      for (int j = 0; j < 5; j++) {
        records.audit().append(AuditDraft.of(subject, "counted", subject));
      }
      for (int j = 0; j < 6; j++) {
        records.outbox().append(OutboxDraft.of(user.id(), "user.counted", Json.object()));
      }
    }
    long n = times;
    return Map.of(
        RecordKind.USER, n,
        RecordKind.FEDERATED_IDENTITY, n,
        RecordKind.GROUP, 3 * n,
        RecordKind.MEMBERSHIP, 2 * n,
        RecordKind.PROFILE_DOCUMENT, 4 * n,
        RecordKind.AUDIT_RECORD, 5 * n,
        RecordKind.OUTBOX_RECORD, 6 * n);
  }

  @Rule(
      id = "CNT-08",
      sentence =
          "Counts of every kind MUST follow deletions of what a record belongs to, and MUST "
              + "NOT follow changes that add nothing.",
      since = "0.1.0")
  void followWritesOfEveryKind(RuleContext t) {
    writeOfEveryKind(t.records(), 2);
    User ada = t.users().findByUserName("user0").orElseThrow();
    Group one = t.groups().findByDisplayName("Group 0 0").orElseThrow();
    Group two = t.groups().findByDisplayName("Group 0 1").orElseThrow();
    t.groups().addMember(one.id(), ada.id());
    t.groups().upsert(GroupDraft.named("GROUP 0 0"));
    t.profiles().replace(ProfileKey.of(ada.id(), "app0"), Json.object("a", 1));
    t.profiles().merge(ProfileKey.of(ada.id(), "app1"), Json.object("a", 1));
    counted(t, "after changes that add nothing", 2, 6, 4, 8, 10, 12);
    t.groups().removeMember(one.id(), ada.id());
    counted(t, "after a member left", 2, 6, 3, 8, 10, 12);
    t.groups().delete(two.id());
    counted(t, "after a group was deleted", 2, 5, 2, 8, 10, 12);
    t.profiles().delete(ProfileKey.of(ada.id(), "app2"));
    counted(t, "after a document was deleted", 2, 5, 2, 7, 10, 12);
    t.users().delete(t.users().findByUserName("user1").orElseThrow().id());
    counted(t, "after a user was deleted", 1, 5, 0, 3, 10, 12);
    t.users().erase(ada.id());
    counted(t, "after the other one was erased", 0, 5, 0, 0, 10, 12);
  }

  private static void counted(
      RuleContext t,
      String when,
      long users,
      long groups,
      long memberships,
      long documents,
      long audit,
      long outbox) {
    Map<RecordKind, Long> expected =
        Map.of(
            RecordKind.USER, users,
            RecordKind.FEDERATED_IDENTITY, users,
            RecordKind.GROUP, groups,
            RecordKind.MEMBERSHIP, memberships,
            RecordKind.PROFILE_DOCUMENT, documents,
            RecordKind.AUDIT_RECORD, audit,
            RecordKind.OUTBOX_RECORD, outbox);
    t.equal(
        "the counts " + when,
        expected,
        t.counted("the tenant's counts", t.records().counts()).byKind());
  }
}
