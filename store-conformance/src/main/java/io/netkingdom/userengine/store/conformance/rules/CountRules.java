package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;

/** Section CNT: record counts. */
final class CountRules {

  private static final String ISSUER = "https://idp.example";

  @Rule("CNT-01")
  void equalWhatWasWritten(Trial t) {
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

  @Rule("CNT-02")
  void areZeroInANewTenant(Trial t) {
    t.store().tenant(t.newTenant()).users().create(UserDraft.named("elsewhere"));
    RecordCounts.Exact counts = t.counted("a new tenant's counts", t.records().counts());
    for (RecordKind kind : RecordKind.values()) {
      t.equal("the number of " + kind, 0L, counts.of(kind));
    }
  }

  @Rule("CNT-03")
  void includeATransactionsOwnWrites(Trial t) {
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

  @Rule("CNT-05")
  void sayWhenThereIsNothingToCountIn(Trial t) {
    t.reset();
    UserEngineStore store = t.openAsIs(StoreOptions.defaults());
    RecordCounts.NotReady counts =
        t.isA("counts before any table exists", RecordCounts.NotReady.class, store.counts());
    t.isA("the reason", Readiness.Uninitialised.class, counts.readiness());
    store.migrate();
    RecordCounts.Exact after = t.counted("counts after migrating", store.counts());
    for (RecordKind kind : RecordKind.values()) {
      t.equal("the number of " + kind, 0L, after.of(kind));
    }
  }

  @Rule("CNT-06")
  void followEveryKindOfWrite(Trial t) {
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
}
