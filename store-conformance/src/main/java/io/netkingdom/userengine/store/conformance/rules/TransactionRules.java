package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Section TXN: transactions and rollback. */
final class TransactionRules {

  private static final String ISSUER = "https://idp.example";
  private static final GroupId NO_GROUP = GroupId.of(UUID.nameUUIDFromBytes(new byte[] {6}));
  private static final AuditSubject SUBJECT = AuditSubject.of("service", "reader");
  private static final SignIn SIGN_IN =
      SignIn.of(IdentityKey.of(ISSUER, "3"), UserDraft.named("new"));
  private static final UserId UNKNOWN = UserId.of(UUID.nameUUIDFromBytes(new byte[] {5}));

  /** What a callback throws to roll back. */
  private static final class Whatever extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Rule(
      id = "TXN-01",
      sentence =
          "A normal return MUST commit everything that the callback wrote, and return what "
              + "it returned.",
      since = "0.1.0")
  void aNormalReturnCommits(RuleContext t) {
    User created =
        t.inTransaction(
            tx -> {
              User user = tx.users().create(UserDraft.named("ada"));
              tx.identities().link(user.id(), ISSUER, "1");
              return user;
            });
    t.equal("the user that the callback returned", "ada", created.userName().value());
    t.equal("the committed user", Optional.of(created), t.users().find(created.id()));
    t.equal(
        "the user of the committed link",
        Optional.of(created),
        t.identities().findUser(IdentityKey.of(ISSUER, "1")));
  }

  @Rule(
      id = "TXN-02",
      sentence =
          "Any throwable of the callback, checked or not, Error included, MUST roll "
              + "everything back and reach the caller unchanged, without another run.",
      since = "0.1.0")
  void anyThrowableRollsBack(RuleContext t) {
    User before = t.users().create(UserDraft.named("before"));
    for (Throwable thrown :
        List.of(
            new Whatever(),
            new IllegalStateException(),
            new StackOverflowError(),
            // Of the callback's own making, and so no word of the engine's.
            new StoreException.Retryable("thrown by the callback", null))) {
      AtomicInteger runs = new AtomicInteger();
      Throwable seen =
          RuleContext.thrownBy(
              () ->
                  t.store()
                      .inTransaction(
                          t.tenant(),
                          tx -> {
                            runs.incrementAndGet();
                            tx.users().create(UserDraft.named("ada"));
                            tx.users().update(before.withDisplayName("changed"));
                            if (thrown instanceof Error error) {
                              throw error;
                            }
                            throw (Exception) thrown;
                          }));
      t.holds("what a callback throws reaches the caller unchanged", seen == thrown);
      t.equal("how often a callback ran that threw of itself", 1, runs.get());
      t.equal("find of the new user", Optional.empty(), t.users().findByUserName("ada"));
      t.equal("the changed user", Optional.of(before), t.users().find(before.id()));
    }
  }

  @Rule(
      id = "TXN-03",
      sentence = "A transaction MUST see its own writes, by every way to find them.",
      since = "0.1.0")
  void readsItsOwnWrites(RuleContext t) {
    User other = t.users().create(UserDraft.named("other"));
    t.inTransaction(
        tx -> {
          UserRepository users = tx.users();
          User ada =
              users.create(UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org"));
          IdentityKey key = IdentityKey.of(ISSUER, "1");
          tx.identities().link(ada.id(), ISSUER, "1");
          t.equal("the new user by id", Optional.of(ada), users.find(ada.id()));
          t.equal("by name", Optional.of(ada), users.findByUserName("ADA"));
          t.equal("by external id", Optional.of(ada), users.findByExternalId("1"));
          t.equal("by e-mail", List.of(ada), users.findByEmail("ada@example.org"));
          t.equal("by identity", Optional.of(ada), tx.identities().findUser(key));
          t.conflicts("its own name again", "userName", () -> users.create(UserDraft.named("ada")));
          User renamed = users.update(ada.withUserName("countess"));
          t.equal("the renamed user", Optional.of(renamed), users.findByUserName("countess"));
          t.equal("find by the old name", Optional.empty(), users.findByUserName("ada"));
          users.delete(other.id());
          t.equal("find of a user that it deleted", Optional.empty(), users.find(other.id()));
          tx.identities().unlink(key);
          t.equal("find of a link that it removed", Optional.empty(), tx.identities().find(key));
          readsItsOtherWrites(t, tx, renamed.id());
          return true;
        });
  }

  private static void readsItsOtherWrites(RuleContext t, StoreTransaction tx, UserId user) {
    Group team = tx.groups().create(GroupDraft.named("Team").withExternalId("1"));
    Membership membership = tx.groups().addMember(team.id(), user).record();
    t.equal("the new group by id", Optional.of(team), tx.groups().find(team.id()));
    t.equal("by its name", Optional.of(team), tx.groups().findByDisplayName("TEAM"));
    t.equal("by its external id", Optional.of(team), tx.groups().findByExternalId("1"));
    t.equal("the new membership", Optional.of(membership), tx.groups().findMember(team.id(), user));
    t.conflicts(
        "its own group's name again",
        "displayName",
        () -> tx.groups().create(GroupDraft.named("team")));
    ProfileKey key = ProfileKey.of(user, "urn:app");
    tx.profiles().replace(key, Json.object("a", 1));
    ProfileDocument merged = tx.profiles().merge(key, Json.object("b", 2)).record();
    t.equal("the new document", Optional.of(merged), tx.profiles().find(key));
    t.equal("the user's documents", List.of(merged), tx.profiles().findByUser(user));
    AuditRecord record =
        tx.audit().append(AuditDraft.of(AuditSubject.user(user), "read", AuditSubject.user(user)));
    t.equal("the new audit record", Optional.of(record), tx.audit().find(record.id()));
    OutboxRecord message =
        tx.outbox().append(OutboxDraft.of(user, "user.created", Json.object())).record();
    t.equal("the new message", Optional.of(message), tx.outbox().find(message.id()));
    tx.profiles().delete(key);
    t.equal("find of a document that it deleted", Optional.empty(), tx.profiles().find(key));
    tx.groups().delete(team.id());
    t.equal("find of a group that it deleted", Optional.empty(), tx.groups().find(team.id()));
    t.equal(
        "find of a membership that went with it",
        Optional.empty(),
        tx.groups().findMember(team.id(), user));
  }

  @Rule(
      id = "TXN-04",
      sentence =
          "A transaction that was rolled back MUST leave nothing: no record of any kind, "
              + "change, count or taken key.",
      since = "0.1.0")
  void nothingOfARolledBackTransactionRemains(RuleContext t) {
    UserDraft draft = UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org");
    IdentityKey key = IdentityKey.of(ISSUER, "1");
    User kept = t.users().create(UserDraft.named("kept").withEmail("kept@example.org"));
    t.identities().link(kept.id(), ISSUER, "kept");
    UserId id = UserId.of(UUID.nameUUIDFromBytes(new byte[] {8}));
    GroupId groupId = GroupId.of(UUID.nameUUIDFromBytes(new byte[] {9}));
    Group keptGroup = t.groups().create(GroupDraft.named("Kept"));
    Membership keptMember = t.groups().addMember(keptGroup.id(), kept.id()).record();
    ProfileKey keptProfile = ProfileKey.of(kept.id(), "urn:app");
    ProfileDocument document = t.profiles().replace(keptProfile, Json.object("a", 1)).record();
    AuditSubject target = AuditSubject.of("file", "x");
    AtomicReference<@Nullable AuditId> audit = new AtomicReference<>();
    AtomicReference<@Nullable OutboxId> message = new AtomicReference<>();
    t.fails(
        "a transaction that is rolled back",
        Whatever.class,
        () ->
            t.store()
                .inTransaction(
                    t.tenant(),
                    tx -> {
                      User user = tx.users().create(draft.withId(id));
                      tx.identities().link(user.id(), ISSUER, "1");
                      tx.groups()
                          .create(GroupDraft.named("Team").withId(groupId).withExternalId("1"));
                      tx.groups().addMember(groupId, id);
                      tx.groups().addMember(keptGroup.id(), id);
                      tx.profiles().merge(ProfileKey.of(id, "urn:app"), Json.object("a", 2));
                      tx.profiles().merge(keptProfile, Json.object("b", 2));
                      audit.set(tx.audit().append(AuditDraft.of(target, "read", target)).id());
                      message.set(
                          tx.outbox()
                              .append(
                                  OutboxDraft.of(id, "user.created", Json.object())
                                      .withDedupKey("1"))
                              .record()
                              .id());
                      tx.users().update(kept.withUserName("renamed"));
                      tx.identities().unlink(IdentityKey.of(ISSUER, "kept"));
                      tx.groups().update(keptGroup.withDisplayName("Renamed"));
                      tx.groups().removeMember(keptGroup.id(), kept.id());
                      tx.groups().delete(keptGroup.id());
                      tx.users().delete(kept.id());
                      throw new Whatever();
                    }));
    t.equal("find of its user", Optional.empty(), t.users().find(id));
    t.equal("by name", Optional.empty(), t.users().findByUserName("ada"));
    t.equal("by external id", Optional.empty(), t.users().findByExternalId("1"));
    t.equal("by e-mail", List.of(), t.users().findByEmail("ada@example.org"));
    t.equal("find of its link", Optional.empty(), t.identities().find(key));
    t.equal("the user that it deleted", Optional.of(kept), t.users().findByUserName("kept"));
    t.equal(
        "the user of the link that it removed",
        Optional.of(kept),
        t.identities().findUser(IdentityKey.of(ISSUER, "kept")));
    t.equal("find of its group", Optional.empty(), t.groups().find(groupId));
    t.equal("its group by name", Optional.empty(), t.groups().findByDisplayName("team"));
    t.equal("its membership", Optional.empty(), t.groups().findMember(groupId, id));
    t.equal("the profiles of its user", List.of(), t.profiles().findByUser(id));
    t.equal(
        "its audit record", Optional.empty(), t.audit().find(Objects.requireNonNull(audit.get())));
    t.equal(
        "the audit records of its target",
        List.of(),
        Pages.all(t, page -> t.audit().list(new AuditFilter.ByTarget(target), page)));
    t.equal(
        "its message", Optional.empty(), t.outbox().find(Objects.requireNonNull(message.get())));
    t.equal("the group that it deleted", Optional.of(keptGroup), t.groups().find(keptGroup.id()));
    t.equal(
        "the members of that group",
        List.of(keptMember),
        Pages.all(t, page -> t.groups().listMembers(keptGroup.id(), page)));
    t.equal("the profile that it changed", Optional.of(document), t.profiles().find(keptProfile));
    for (RecordKind kind : RecordKind.values()) {
      boolean appended = kind == RecordKind.AUDIT_RECORD || kind == RecordKind.OUTBOX_RECORD;
      t.equal("the number of " + kind, appended ? 0L : 1L, Counts.of(t, t.records(), kind));
    }
    User again = t.users().create(draft.withId(id));
    t.equal("a user with the keys that it had taken", 1L, again.version());
    t.identities().link(again.id(), ISSUER, "1");
    t.equal("the link that it had made", Optional.of(again), t.identities().findUser(key));
    t.equal(
        "a group with the keys that it had taken",
        1L,
        t.groups().create(GroupDraft.named("Team").withId(groupId).withExternalId("1")).version());
    t.isA(
        "a message with the dedupKey that it had taken",
        UpsertResult.Created.class,
        t.outbox().append(OutboxDraft.of(id, "user.created", Json.object()).withDedupKey("1")));
  }

  @Rule(
      id = "TXN-05",
      sentence =
          "A nested call MUST join the open transaction, and its failure MUST doom the "
              + "whole even if it is caught: committing is then RolledBack.",
      since = "0.1.0")
  void aNestedFailureDoomsTheWhole(RuleContext t) {
    t.fails(
        "committing after a nested call failed and was caught",
        StoreException.RolledBack.class,
        () ->
            t.inTransaction(
                tx -> {
                  tx.users().create(UserDraft.named("outer"));
                  t.fails(
                      "the nested call",
                      Whatever.class,
                      () ->
                          t.store()
                              .inTransaction(
                                  t.tenant(),
                                  nested -> {
                                    nested.users().create(UserDraft.named("nested"));
                                    throw new Whatever();
                                  }));
                  return true;
                }));
    t.equal("what is stored", 0L, Counts.users(t, t.records()));
    t.equal("find of the outer user", Optional.empty(), t.users().findByUserName("outer"));
  }

  @Rule(
      id = "TXN-06",
      sentence =
          "After a caught Conflict, StaleVersion, NotFound, UnknownReference or "
              + "InvalidInput a transaction MUST be usable, and its commit MUST commit what "
              + "succeeded.",
      since = "0.1.0")
  void remainsUsableAfterACaughtRefusal(RuleContext t) throws Exception {
    User taken = t.users().create(UserDraft.named("taken").withExternalId("1"));
    User stale = t.users().create(UserDraft.named("stale"));
    t.users().update(stale.withDisplayName("moved on"));
    t.identities().link(taken.id(), ISSUER, "1");
    List<RuleContext.Action> refused = new ArrayList<>();
    List<String> committed = new ArrayList<>();
    t.inTransaction(
        tx -> {
          UserRepository users = tx.users();
          User own = users.create(UserDraft.named("own"));
          refused.add(() -> users.create(UserDraft.named("TAKEN")));
          refused.add(() -> users.create(UserDraft.named("new").withExternalId("1")));
          refused.add(() -> users.create(UserDraft.named("new").withId(taken.id())));
          refused.add(() -> users.update(own.withUserName("taken")));
          refused.add(() -> users.upsert(UserDraft.named("new").withExternalId("1")));
          refused.add(() -> tx.identities().link(own.id(), ISSUER, "1"));
          refused.add(() -> users.update(stale.withDisplayName("again")));
          refused.add(() -> users.get(UNKNOWN));
          refused.add(() -> tx.identities().link(UNKNOWN, ISSUER, "2"));
          refused.add(() -> users.findByUserName("two words"));
          for (int i = 0; i < refused.size(); i++) {
            Throwable seen = RuleContext.thrownBy(refused.get(i));
            t.holds("each of these calls is refused", seen instanceof StoreException);
            String name = "after" + i;
            users.create(UserDraft.named(name));
            committed.add(name);
          }
          return true;
        });
    for (String name : committed) {
      t.holds(
          "a user created after a caught refusal is committed",
          t.users().findByUserName(name).isPresent());
    }
    t.holds(
        "what came before the refusals is committed", t.users().findByUserName("own").isPresent());
    t.equal("users", 3L + committed.size(), Counts.users(t, t.records()));
    remainsUsableAfterALostRace(t);
  }

  /** The conflict is with what another transaction commits while the refused call is under way. */
  private static void remainsUsableAfterALostRace(RuleContext t) throws Exception {
    User own = t.users().create(UserDraft.named("racer"));
    SteppedTransaction first = t.begin();
    first.step(tx -> tx.users().create(UserDraft.named("faster").withExternalId("2")));
    SteppedTransaction second = t.begin();
    Future<Optional<Throwable>> update =
        second.start(
            tx ->
                Optional.ofNullable(
                    RuleContext.thrownBy(() -> tx.users().update(own.withExternalId("2")))));
    first.commit();
    Throwable refusal = SteppedTransaction.await(update).orElse(null);
    if (refusal instanceof StoreException.Conflict) {
      second.step(tx -> tx.users().create(UserDraft.named("after-the-race")));
      second.commit();
      t.holds(
          "a user created after a race was lost is committed",
          t.users().findByUserName("after-the-race").isPresent());
    } else {
      t.isA("what the loser of a race is told", StoreException.Retryable.class, refusal);
    }
    t.equal("the loser of the race", Optional.of(own), t.users().find(own.id()));
  }

  /** Some engines turn the COMMIT of a transaction in which anything failed into a rollback. */
  @Rule(
      id = "TXN-07",
      sentence =
          "A commit that returns MUST have committed, and one that did not commit MUST " + "fail.",
      since = "0.1.0")
  void aCommitThatReturnsHasCommitted(RuleContext t) throws Exception {
    t.users().create(UserDraft.named("taken"));
    List<RuleContext.Action> refusals =
        List.of(
            () -> t.users().create(UserDraft.named("taken")),
            () -> t.users().upsert(UserDraft.named("x").withId(UNKNOWN).withUserName("taken")),
            () -> t.users().get(UNKNOWN),
            () -> t.identities().link(UNKNOWN, ISSUER, "1"),
            () -> t.identities().unlink(IdentityKey.of(ISSUER, "1")),
            () ->
                t.store()
                    .inTransaction(
                        t.tenant(),
                        nested -> {
                          throw new Whatever();
                        }));
    for (int i = 0; i < refusals.size(); i++) {
      RuleContext.Action refusal = refusals.get(i);
      String name = "user" + i;
      SteppedTransaction transaction = t.begin();
      transaction.step(tx -> tx.users().create(UserDraft.named(name)));
      transaction.step(tx -> Optional.ofNullable(RuleContext.thrownBy(refusal)));
      Throwable outcome = RuleContext.thrownBy(transaction::commit);
      t.equal(
          "whether the user is there, where commit " + (outcome == null ? "returned" : "failed"),
          outcome == null,
          t.users().findByUserName(name).isPresent());
    }
  }

  @Rule(
      id = "TXN-08",
      sentence =
          "A read-only transaction or nested call MUST refuse every write with ReadOnly, "
              + "and go on reading.",
      since = "0.1.0")
  void readOnlyRefusesWrites(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.store()
        .inReadOnlyTransaction(
            t.tenant(),
            tx -> {
              refusesWrites(t, tx, ada);
              // Single operations, which join.
              refusesWrites(t, t.records(), ada);
              t.equal("a read after it", Optional.of(ada), tx.users().find(ada.id()));
              t.equal("counts after it", 1L, Counts.users(t, tx));
              return true;
            });
    t.inTransaction(
        tx -> {
          tx.users().create(UserDraft.named("outer"));
          t.store()
              .inReadOnlyTransaction(
                  t.tenant(),
                  nested -> {
                    refusesWrites(t, nested, ada);
                    return true;
                  });
          return true;
        });
    t.equal("the user", Optional.of(ada), t.users().find(ada.id()));
    t.holds(
        "a read-only part does not keep the outer transaction from committing",
        t.users().findByUserName("outer").isPresent());
    t.equal("users", 2L, Counts.users(t, t.records()));
    t.equal("links", 1L, Counts.identities(t, t.records()));
  }

  private static void refusesWrites(RuleContext t, Repositories tx, User ada) {
    List<RuleContext.Action> writes =
        List.of(
            () -> tx.users().create(UserDraft.named("new")),
            () -> tx.users().update(ada.withDisplayName("changed")),
            () -> tx.users().update(ada),
            () -> tx.users().upsert(UserDraft.named("new")),
            () -> tx.users().delete(ada.id()),
            () -> tx.users().delete(UNKNOWN),
            () -> tx.identities().link(ada.id(), ISSUER, "2"),
            () -> tx.identities().unlink(IdentityKey.of(ISSUER, "1")),
            () -> tx.identities().signIn(SIGN_IN),
            () -> tx.users().upsertAll(List.of(UserDraft.named("new"))),
            () -> tx.users().erase(ada.id()),
            () -> tx.groups().create(GroupDraft.named("new")),
            () -> tx.groups().upsert(GroupDraft.named("new")),
            () -> tx.groups().delete(NO_GROUP),
            () -> tx.groups().addMember(NO_GROUP, ada.id()),
            () -> tx.groups().removeMember(NO_GROUP, ada.id()),
            () -> tx.profiles().replace(ProfileKey.of(ada.id(), "new"), Json.object()),
            () -> tx.profiles().merge(ProfileKey.of(ada.id(), "new"), Json.object()),
            () -> tx.profiles().delete(ProfileKey.of(ada.id(), "new")),
            () -> tx.audit().append(AuditDraft.of(SUBJECT, "read", SUBJECT)),
            () -> tx.outbox().append(OutboxDraft.of(ada.id(), "read", Json.object())));
    for (RuleContext.Action write : writes) {
      t.fails("a write in a read-only transaction", StoreException.ReadOnly.class, write);
    }
  }

  @Rule(
      id = "TXN-24",
      sentence =
          "Inside a nested read-only call every write MUST be ReadOnly, those of single "
              + "operations included, and a call nested in it that may write MUST be InvalidInput "
              + "that names readOnly; the outer transaction MUST then write on.",
      since = "0.1.0")
  void nothingInsideANestedReadOnlyCallWrites(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.inTransaction(
        tx -> {
          t.store()
              .inReadOnlyTransaction(
                  t.tenant(),
                  nested -> {
                    refusesWrites(t, t.records(), ada);
                    t.invalid(
                        "a call inside it that may write",
                        "readOnly",
                        () -> t.store().inTransaction(t.tenant(), inner -> true));
                    t.equal("a single read", Optional.of(ada), t.users().find(ada.id()));
                    return true;
                  });
          t.users().create(UserDraft.named("after"));
          return true;
        });
    t.equal("the user", Optional.of(ada), t.users().find(ada.id()));
    t.holds(
        "the outer transaction writes on after a nested read-only call",
        t.users().findByUserName("after").isPresent());
    t.equal("users", 2L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "TXN-25",
      sentence =
          "A store whose own options are read-only MUST refuse every single operation that "
              + "writes with ReadOnly, and go on reading.",
      since = "0.1.0")
  void aReadOnlyStoreRefusesSingleWrites(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    UserEngineStore store =
        t.open(
            StoreOptions.defaults().withTransactions(TransactionOptions.defaults().asReadOnly()));
    Repositories records = store.tenant(t.tenant());
    RecordCounts before = records.counts();
    refusesWrites(t, records, ada);
    t.equal("counts after refused writes", before, records.counts());
    t.equal("a lookup", Optional.empty(), records.users().findByUserName("nobody"));
  }

  /** Another transaction commits between the first run's read and its write. */
  @Rule(
      id = "TXN-09",
      sentence =
          "A transaction that the engine gave up MUST be run again, and MUST tell its "
              + "callback which attempt it is.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void runsAgainWhatTheEngineGaveUp(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    List<Integer> attempts = new ArrayList<>();
    AtomicInteger disturbances = new AtomicInteger();
    User updated =
        t.store()
            .inTransaction(
                t.tenant(),
                serializable(5),
                tx -> {
                  attempts.add(tx.attempt());
                  User seen = tx.users().get(ada.id());
                  if (tx.attempt() == 1) {
                    disturb(t, ada.id(), disturbances);
                  }
                  return tx.users().update(seen.withDisplayName("mine"));
                });
    if (disturbances.get() == 0) {
      t.equal("the runs of a callback that nothing disturbed", List.of(1), attempts);
    } else {
      t.equal("the attempts that the callback was told of", List.of(1, 2), attempts);
    }
    t.equal("the display name", "mine", t.users().get(ada.id()).displayName());
    t.equal(
        "the version: the disturbance and the update", 2L + disturbances.get(), updated.version());
  }

  /** Every run is disturbed, so that every run is given up. */
  @Rule(
      id = "TXN-14",
      sentence =
          "A callback MUST NOT run more often than its retry policy allows, and Retryable "
              + "MUST then reach the caller.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void retriesAreBounded(RuleContext t) throws Exception {
    for (int allowed : new int[] {1, 3}) {
      User user = t.users().create(UserDraft.named("user" + allowed));
      AtomicInteger runs = new AtomicInteger();
      AtomicInteger disturbances = new AtomicInteger();
      Throwable outcome =
          RuleContext.thrownBy(
              () ->
                  t.store()
                      .inTransaction(
                          t.tenant(),
                          serializable(allowed),
                          tx -> {
                            runs.incrementAndGet();
                            User seen = tx.users().get(user.id());
                            disturb(t, user.id(), disturbances);
                            return tx.users().update(seen.withDisplayName("mine"));
                          }));
      if (disturbances.get() == 0) {
        t.equal("the outcome of a callback that nothing disturbed", null, outcome);
      } else {
        t.isA("what reaches the caller in the end", StoreException.Retryable.class, outcome);
        t.equal("how often the callback ran", allowed, runs.get());
        t.equal(
            "the version: disturbances only",
            1L + disturbances.get(),
            t.users().get(user.id()).version());
      }
    }
  }

  /** The nested callback may run again only because the outer one does. */
  @Rule(
      id = "TXN-16",
      sentence = "A nested call MUST NOT be run again on its own: only the outermost call retries.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void onlyTheOutermostCallRetries(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    AtomicInteger outerRuns = new AtomicInteger();
    AtomicInteger nestedRuns = new AtomicInteger();
    AtomicInteger disturbances = new AtomicInteger();
    List<Integer> attempts = new ArrayList<>();
    t.store()
        .inTransaction(
            t.tenant(),
            serializable(5),
            tx -> {
              outerRuns.incrementAndGet();
              User seen = tx.users().get(ada.id());
              if (tx.attempt() == 1) {
                disturb(t, ada.id(), disturbances);
              }
              return t.store()
                  .inTransaction(
                      t.tenant(),
                      serializable(5),
                      nested -> {
                        nestedRuns.incrementAndGet();
                        attempts.add(nested.attempt());
                        return nested.users().update(seen.withDisplayName("mine"));
                      });
            });
    t.equal("how often the nested callback ran", outerRuns.get(), nestedRuns.get());
    t.equal(
        "the attempts that it was told of",
        disturbances.get() == 0 ? List.of(1) : List.of(1, 2),
        attempts);
    t.equal("the display name", "mine", t.users().get(ada.id()).displayName());
  }

  private static TransactionOptions serializable(int attempts) {
    return TransactionOptions.defaults()
        .withIsolation(IsolationLevel.SERIALIZABLE)
        .withRetry(RetryPolicy.of(attempts, Duration.ZERO, Duration.ZERO));
  }

  /**
   * Changes a user from another thread. An engine that locks what a serializable transaction has
   * read may refuse that instead, within a short lock timeout; then nothing was disturbed.
   */
  private static void disturb(RuleContext t, UserId id, AtomicInteger disturbances)
      throws Exception {
    Throwable refusal =
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
                                            RuleContext.once()
                                                .withLockTimeout(Duration.ofMillis(500)),
                                            tx -> {
                                              User user = tx.users().get(id);
                                              return tx.users()
                                                  .update(
                                                      user.withDisplayName(
                                                          "disturbed" + user.version()));
                                            }))))
            .get(0)
            .orElse(null);
    if (refusal == null) {
      disturbances.incrementAndGet();
    } else {
      t.isA("what another writer is told", StoreException.Timeout.class, refusal);
    }
  }

  @Rule(
      id = "TXN-10",
      sentence =
          "A handle MUST refuse with IllegalUse to be used after its transaction or nested "
              + "call ended, or from another thread.",
      since = "0.1.0")
  void handlesAreOfTheirTransactionAndThread(RuleContext t) throws Exception {
    AtomicReference<@Nullable StoreTransaction> kept = new AtomicReference<>();
    AtomicReference<@Nullable UserRepository> users = new AtomicReference<>();
    t.inTransaction(
        tx -> {
          kept.set(tx);
          users.set(tx.users());
          try {
            List<Optional<Throwable>> other =
                Concurrent.run(
                    1,
                    i ->
                        () ->
                            Optional.ofNullable(
                                RuleContext.thrownBy(
                                    () -> tx.users().create(UserDraft.named("other")))));
            t.isA(
                "using a transaction from another thread",
                StoreException.IllegalUse.class,
                other.get(0).orElse(null));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          tx.users().create(UserDraft.named("own"));
          AtomicReference<@Nullable StoreTransaction> nested = new AtomicReference<>();
          t.store()
              .inTransaction(
                  t.tenant(),
                  inner -> {
                    nested.set(inner);
                    return true;
                  });
          t.fails(
              "using a nested call's handle after that call",
              StoreException.IllegalUse.class,
              () -> ended(nested).users().findByUserName("own"));
          return true;
        });
    t.fails(
        "reading after the transaction ended",
        StoreException.IllegalUse.class,
        () -> ended(kept).users().findByUserName("own"));
    t.fails(
        "writing after the transaction ended",
        StoreException.IllegalUse.class,
        () -> ended(kept).users().create(UserDraft.named("late")));
    t.fails(
        "counting after the transaction ended",
        StoreException.IllegalUse.class,
        () -> ended(kept).counts());
    t.fails(
        "using a repository of a transaction that ended",
        StoreException.IllegalUse.class,
        () -> {
          UserRepository repository = users.get();
          if (repository != null) {
            repository.upsert(UserDraft.named("late"));
          }
        });
    t.equal("users", 1L, Counts.users(t, t.records()));
    t.holds(
        "what the transaction's own thread did is committed",
        t.users().findByUserName("own").isPresent());
  }

  private static StoreTransaction ended(AtomicReference<@Nullable StoreTransaction> handle) {
    StoreTransaction transaction = handle.get();
    if (transaction == null) {
      throw new IllegalStateException("the callback did not run");
    }
    return transaction;
  }

  /** More failures than any pool has connections, each of a kind that could leave one behind. */
  @Rule(
      id = "TXN-12",
      sentence =
          "A failed transaction MUST leave nothing behind that changes or hinders what "
              + "comes after it.",
      since = "0.1.0")
  void aFailedTransactionLeavesNothingBehind(RuleContext t) throws Exception {
    UserEngineStore store = t.store();
    User ada = t.users().create(UserDraft.named("ada"));
    for (int i = 0; i < 15; i++) {
      t.fails(
          "a transaction that throws",
          Whatever.class,
          () ->
              store.inTransaction(
                  t.tenant(),
                  tx -> {
                    tx.users().create(UserDraft.named("thrown"));
                    throw new Whatever();
                  }));
      t.fails(
          "a transaction that ends in a conflict",
          StoreException.Conflict.class,
          () -> t.inTransaction(tx -> tx.users().create(UserDraft.named("ada"))));
      t.fails(
          "a read-only transaction that writes",
          StoreException.ReadOnly.class,
          () ->
              store.inReadOnlyTransaction(
                  t.tenant(), tx -> tx.users().upsert(UserDraft.named("x"))));
      t.fails(
          "a single operation that fails",
          StoreException.Conflict.class,
          () -> t.users().create(UserDraft.named("ada")));
      t.fails(
          "a doomed transaction",
          StoreException.RolledBack.class,
          () ->
              t.inTransaction(
                  tx -> {
                    tx.users().create(UserDraft.named("doomed"));
                    t.fails(
                        "its nested call",
                        Whatever.class,
                        () ->
                            store.inTransaction(
                                t.tenant(),
                                nested -> {
                                  throw new Whatever();
                                }));
                    return true;
                  }));
    }
    // As before: single operations commit by themselves, and transactions may write.
    User changed = t.users().update(ada.withDisplayName("changed"));
    SteppedTransaction reader = t.begin();
    t.equal(
        "the user that another transaction sees",
        Optional.of(changed),
        reader.step(tx -> tx.users().find(ada.id())));
    reader.commit();
    List<User> created =
        Concurrent.run(
            8, i -> () -> t.inTransaction(tx -> tx.users().create(UserDraft.named("new" + i))));
    t.equal("users created by eight threads after all of it", 8, created.size());
    t.equal("users", 9L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "TXN-15",
      sentence =
          "A callback that nothing disturbs MUST run once, as attempt 1, with the tenant "
              + "and the options that were asked for.",
      since = "0.1.0")
  void runsOnceWhenUndisturbed(RuleContext t) {
    AtomicInteger runs = new AtomicInteger();
    TransactionOptions options =
        TransactionOptions.defaults().withLockTimeout(Duration.ofSeconds(5));
    t.store()
        .inTransaction(
            t.tenant(),
            options,
            tx -> {
              runs.incrementAndGet();
              t.equal("the attempt", 1, tx.attempt());
              t.equal("the tenant", t.tenant(), tx.tenant());
              t.equal("the options", options, tx.options());
              tx.users().create(UserDraft.named("ada"));
              return true;
            });
    t.equal("how often the callback ran", 1, runs.get());
    t.store()
        .inReadOnlyTransaction(
            t.tenant(),
            tx -> {
              t.equal("whether a read-only transaction says so", true, tx.options().readOnly());
              return true;
            });
  }

  @Rule(
      id = "TXN-17",
      sentence =
          "A nested call for another tenant, at a stronger isolation, or to write where the "
              + "transaction is read-only MUST be InvalidInput, and leave the transaction usable.",
      since = "0.1.0")
  void refusesToJoinForMore(RuleContext t) {
    TenantId other = t.newTenant();
    TransactionOptions weak = TransactionOptions.defaults();
    t.store()
        .inTransaction(
            t.tenant(),
            weak,
            tx -> {
              tx.users().create(UserDraft.named("before"));
              t.invalid(
                  "a nested call for another tenant",
                  "tenant",
                  () -> t.store().inTransaction(other, nested -> true));
              t.invalid(
                  "a nested single operation for another tenant",
                  "tenant",
                  () -> t.store().tenant(other).users().create(UserDraft.named("x")));
              t.invalid(
                  "a nested call at a stronger isolation",
                  "isolation",
                  () ->
                      t.store()
                          .inTransaction(
                              t.tenant(),
                              weak.withIsolation(IsolationLevel.SERIALIZABLE),
                              nested -> true));
              tx.users().create(UserDraft.named("after"));
              return true;
            });
    t.equal("users after refusals to join", 2L, Counts.users(t, t.records()));
    t.equal("users of the other tenant", 0L, Counts.users(t, t.store().tenant(other)));
    t.store()
        .inReadOnlyTransaction(
            t.tenant(),
            tx -> {
              t.invalid(
                  "a nested call that may write",
                  "readOnly",
                  () -> t.store().inTransaction(t.tenant(), nested -> true));
              return true;
            });
  }

  @Rule(
      id = "TXN-18",
      sentence =
          "A single operation inside a callback MUST be an operation of the open " + "transaction.",
      since = "0.1.0")
  void singleOperationsInsideJoin(RuleContext t) {
    t.fails(
        "a transaction that is rolled back",
        Whatever.class,
        () ->
            t.store()
                .inTransaction(
                    t.tenant(),
                    tx -> {
                      User own = tx.users().create(UserDraft.named("own"));
                      t.equal(
                          "a user of the open transaction, found by a single operation",
                          Optional.of(own),
                          t.users().findByUserName("own"));
                      t.users().create(UserDraft.named("single"));
                      t.equal("users inside", 2L, Counts.users(t, tx));
                      throw new Whatever();
                    }));
    t.equal("users after the rollback", 0L, Counts.users(t, t.records()));
    t.inTransaction(
        tx -> {
          t.users().create(UserDraft.named("single"));
          return true;
        });
    t.equal("users after a commit", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "TXN-19",
      sentence =
          "What a nested call wrote MUST be committed and rolled back with the outermost "
              + "one, not before.",
      since = "0.1.0")
  void nestedCallsEndWithTheOuterOne(RuleContext t) throws Exception {
    SteppedTransaction outer = t.begin();
    outer.step(
        tx ->
            t.store()
                .inTransaction(
                    t.tenant(), nested -> nested.users().create(UserDraft.named("nested"))));
    t.equal(
        "find of a nested call's user before the outer commit",
        Optional.empty(),
        t.users().findByUserName("nested"));
    outer.commit();
    t.holds(
        "a nested call's user is there after the outer commit",
        t.users().findByUserName("nested").isPresent());

    SteppedTransaction undone = t.begin();
    undone.step(
        tx ->
            t.store()
                .inTransaction(
                    t.tenant(), nested -> nested.users().create(UserDraft.named("undone"))));
    undone.rollback();
    t.equal(
        "find of a nested call's user after the outer rollback",
        Optional.empty(),
        t.users().findByUserName("undone"));
  }

  /** Where the adapter makes the second writer wait; where it does not, there is no timeout. */
  @Rule(
      id = "TXN-20",
      sentence =
          "A caught Timeout MUST doom the transaction: its next statement and its commit "
              + "are RolledBack.",
      since = "0.1.0")
  void aCaughtTimeoutDoomsTheTransaction(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    SteppedTransaction holder = t.begin();
    holder.step(tx -> tx.users().update(ada.withDisplayName("held")));
    SteppedTransaction second = t.begin(RuleContext.once().withLockTimeout(Duration.ofMillis(20)));
    Optional<Throwable> refusal =
        second.step(
            tx ->
                Optional.ofNullable(
                    RuleContext.thrownBy(() -> tx.users().update(ada.withDisplayName("second")))));
    if (refusal.isPresent() && refusal.get() instanceof StoreException.Timeout) {
      t.fails(
          "a statement after a caught Timeout",
          StoreException.RolledBack.class,
          () -> second.step(tx -> tx.users().find(ada.id())));
      t.fails("committing after a caught Timeout", StoreException.RolledBack.class, second::commit);
      holder.commit();
      t.equal("the display name", "held", t.users().get(ada.id()).displayName());
    } else {
      Throwable first = RuleContext.thrownBy(holder::commit);
      Throwable last = RuleContext.thrownBy(second::commit);
      t.holds(
          "of two writers that did not wait, one is refused",
          first != null || last != null || refusal.isPresent());
    }
  }
}
