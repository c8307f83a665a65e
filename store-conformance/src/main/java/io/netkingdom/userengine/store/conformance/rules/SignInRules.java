package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.OutboxReader;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Section UPS, second part: provisioning at sign-in; and section SGN. */
final class SignInRules {

  private static final IdentityKey ADA = IdentityKey.of("https://idp.example", "ada");
  private static final UserId CHOSEN = UserId.of(UUID.nameUUIDFromBytes(new byte[] {3}));

  @Rule(
      id = "UPS-05",
      sentence =
          "Signing in MUST find the user by issuer and subject, or else create the user and "
              + "the link, and for an active user MUST report Created, Updated or Unchanged with "
              + "what is stored afterwards.",
      since = "0.1.0")
  void signingInProvisionsTheUser(RuleContext t) {
    SignIn first =
        SignIn.of(ADA, UserDraft.named("Ada").withId(CHOSEN).withEmail("ada@example.org"))
            .withProviderAlias("corporate");
    UpsertResult<SignedInUser> created = t.identities().signIn(first).signedIn();
    t.isA("the first sign-in", Created.class, created);
    User user = created.record().user();
    t.equal("the id, as in the draft", CHOSEN, user.id());
    t.holds("the user is as in the draft", user.asDraft().equals(first.user()));
    t.equal("the version", 1L, user.version());
    stored(t, created.record());
    t.equal("the alias", "corporate", created.record().identity().providerAlias());

    UpsertResult<SignedInUser> again = t.identities().signIn(first).signedIn();
    t.isA("the same sign-in again", Unchanged.class, again);
    t.equal("the user after it", user, again.record().user());
    stored(t, again.record());

    SignIn renamed =
        SignIn.of(ADA, UserDraft.named("Countess").withDisplayName("A"))
            .withProviderAlias("corporate")
            .withMayChange(SignInChanges.KEYS_AND_PROFILE);
    UpsertResult<SignedInUser> updated = t.identities().signIn(renamed).signedIn();
    t.isA("a sign-in with other attributes", Updated.class, updated);
    t.equal("the id of the user, who keeps it", CHOSEN, updated.record().user().id());
    t.equal("the version after it", 2L, updated.record().user().version());
    t.equal("the name after it", "Countess", updated.record().user().userName().value());
    t.equal("the display name after it", "A", updated.record().user().displayName());
    stored(t, updated.record());

    UpsertResult<SignedInUser> realiased =
        t.identities().signIn(renamed.withProviderAlias("private")).signedIn();
    t.isA("a sign-in under another alias", Updated.class, realiased);
    t.equal("the user after it", updated.record().user(), realiased.record().user());
    t.equal("the alias after it", "private", realiased.record().identity().providerAlias());
    stored(t, realiased.record());
    UpsertResult<SignedInUser> bare =
        t.identities().signIn(renamed.withProviderAlias(null)).signedIn();
    t.isA("a sign-in without an alias", Updated.class, bare);
    t.equal("the alias after it", null, bare.record().identity().providerAlias());
    stored(t, bare.record());

    t.identities().unlink(ADA);
    t.identities().link(CHOSEN, ADA.issuer(), "other");
    UpsertResult<SignedInUser> linked =
        t.identities()
            .signIn(
                SignIn.of(
                    IdentityKey.of(ADA.issuer(), "other"),
                    renamed.user().withId(UserId.of(new UUID(0, 1)))))
            .signedIn();
    t.isA("a first sign-in through a link that is there", Unchanged.class, linked);
    t.equal("the user of that link", CHOSEN, linked.record().user().id());
    t.equal("users", 1L, Counts.users(t, t.records()));
    t.equal("links", 1L, Counts.identities(t, t.records()));
  }

  private static void stored(RuleContext t, SignedInUser signedIn) {
    t.equal("the stored user", Optional.of(signedIn.user()), t.users().find(signedIn.user().id()));
    t.equal(
        "the stored link",
        Optional.of(signedIn.identity()),
        t.identities().find(signedIn.identity().key()));
    t.equal("whose link it is", signedIn.user().id(), signedIn.identity().userId());
    t.equal(
        "the user found by the identity",
        Optional.of(signedIn.user()),
        t.identities().findUser(signedIn.identity().key()));
  }

  @Rule(
      id = "UPS-06",
      sentence =
          "Concurrent first sign-ins of one identity MUST make one user, one link and one "
              + "creation event: one caller is told Created, and all are told of the same user.",
      since = "0.1.0")
  void concurrentFirstSignInsMakeOneUser(RuleContext t) throws Exception {
    int threads = 8;
    for (int round = 0; round < 5; round++) {
      String name = "ada" + round;
      SignIn signIn = SignIn.of(IdentityKey.of(ADA.issuer(), name), UserDraft.named(name));
      List<UpsertResult<SignedInUser>> results =
          Concurrent.run(threads, i -> () -> t.identities().signIn(signIn).signedIn());
      t.equal(
          "how many of the concurrent sign-ins created the user",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many found it as it should be",
          threads - 1L,
          results.stream().filter(Unchanged.class::isInstance).count());
      t.equal(
          "how many users the callers were told of",
          1L,
          results.stream().map(result -> result.record().user()).distinct().count());
      long rounds = round + 1L;
      t.equal("users", rounds, count(t, RecordKind.USER));
      t.equal("links", rounds, count(t, RecordKind.FEDERATED_IDENTITY));
      t.equal("creation events", rounds, count(t, RecordKind.OUTBOX_RECORD));
      t.equal("audit records", rounds * threads, count(t, RecordKind.AUDIT_RECORD));
    }
    // Under two names, so that it is the identity which tells that they are one.
    IdentityKey both = IdentityKey.of(ADA.issuer(), "both");
    t.equal(
        "how many of the concurrent sign-ins created the user, of which one began before the"
            + " other's commit",
        1L,
        1L
            + t
                .overlapping(
                    tx ->
                        tx.identities().signIn(SignIn.of(both, UserDraft.named("one"))).signedIn(),
                    tx ->
                        tx.identities().signIn(SignIn.of(both, UserDraft.named("two"))).signedIn())
                .filter(Created.class::isInstance)
                .stream()
                .count());
    t.equal("users after that", 6L, count(t, RecordKind.USER));
    t.equal("links after that", 6L, count(t, RecordKind.FEDERATED_IDENTITY));
  }

  @Rule(
      id = "UPS-10",
      sentence =
          "A sign-in MUST write its audit record each time, and its outbox record only when "
              + "it created or changed something.",
      since = "0.1.0")
  void signingInIsToldToAuditAndOutbox(RuleContext t) {
    SignIn signIn =
        SignIn.of(ADA, UserDraft.named("ada"))
            .withRequestId("request-1")
            .withDetails(Json.object("ip", "192.0.2.1"))
            .withPayload(Json.object("hello", "world"));
    OutboxReader reader = new OutboxReader(t.records().outbox(), Limits.PAGE);
    User user = t.identities().signIn(signIn).signedIn().record().user();
    AuditSubject subject = AuditSubject.user(user.id());
    List<AuditRecord> audit = audit(t, t.records(), subject);
    t.equal("audit records after the first sign-in", 1, audit.size());
    t.equal("what it tells", signIn.audit(user), audit.get(0).entry());
    List<OutboxRecord> events = reader.toAllThatIsCommitted().seen();
    t.equal("outbox records after the first sign-in", 1, events.size());
    t.equal("what it announces", signIn.event(user, true), events.get(0).message());

    t.identities().signIn(signIn.withRequestId("request-2")).signedIn();
    audit = audit(t, t.records(), subject);
    t.equal("audit records after a sign-in that changes nothing", 2, audit.size());
    t.equal("the request that it names", "request-2", audit.get(1).entry().requestId());
    t.equal(
        "outbox records after a sign-in that changes nothing",
        1,
        reader.toAllThatIsCommitted().seen().size());

    SignIn renamed =
        SignIn.of(ADA, UserDraft.named("Countess"))
            .withMayChange(SignInChanges.KEYS_AND_PROFILE)
            .withPayload(Json.object("renamed", true));
    User changed = t.identities().signIn(renamed).signedIn().record().user();
    audit = audit(t, t.records(), subject);
    t.equal("audit records after a change", 3, audit.size());
    t.equal("what the third one tells", renamed.audit(changed), audit.get(2).entry());
    t.identities().signIn(renamed.withProviderAlias("alias")).signedIn();
    events = reader.toAllThatIsCommitted().seen();
    t.equal("outbox records after a change of user and one of alias", 3, events.size());
    for (OutboxRecord event : events.subList(1, 3)) {
      t.equal("what they announce", renamed.event(changed, false), event.message());
    }
    t.equal("audit records after a change of alias", 4, audit(t, t.records(), subject).size());
  }

  @Rule(
      id = "UPS-11",
      sentence = "That lastSeen moves on MUST NOT count as a change.",
      since = "0.1.0")
  void lastSeenIsNoChange(RuleContext t) {
    SettableClock clock = new SettableClock("2031-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    Repositories records = store.tenant(t.tenant());
    SignIn signIn = SignIn.of(ADA, UserDraft.named("ada"));
    SignedInUser first = records.identities().signIn(signIn).signedIn().record();
    t.equal(
        "lastSeen after the first sign-in",
        Instant.parse("2031-01-01T00:00:00Z"),
        first.identity().lastSeen());
    clock.set("2031-01-02T00:00:00.123456789Z");
    UpsertResult<SignedInUser> second = records.identities().signIn(signIn).signedIn();
    t.isA("a sign-in that differs in its time only", Unchanged.class, second);
    t.equal("the user after it, version and times included", first.user(), second.record().user());
    FederatedIdentity link = second.record().identity();
    t.equal("lastSeen after it", Instant.parse("2031-01-02T00:00:00.123456Z"), link.lastSeen());
    t.equal("created of the link after it", first.identity().created(), link.created());
    t.equal("the stored link", Optional.of(link), records.identities().find(ADA));
    t.equal(
        "outbox records", 1L, t.counted("counts", records.counts()).of(RecordKind.OUTBOX_RECORD));
  }

  @Rule(
      id = "UPS-12",
      sentence =
          "A sign-in that conflicts MUST change nothing and write no record, and an equal "
              + "name or e-mail address MUST NOT link anything.",
      since = "0.1.0")
  void aSignInThatConflictsChangesNothing(RuleContext t) {
    User holder =
        t.users()
            .create(UserDraft.named("holder").withExternalId("1").withEmail("holder@example.org"));
    SignedInUser ada =
        t.identities().signIn(SignIn.of(ADA, UserDraft.named("ada"))).signedIn().record();
    IdentityKey unknown = IdentityKey.of(ADA.issuer(), "new");
    List<Long> before = counts(t);
    List<Refused> refused =
        List.of(
            new Refused("userName", unknown, UserDraft.named("HOLDER")),
            new Refused("externalId", unknown, UserDraft.named("new").withExternalId("1")),
            new Refused("id", unknown, UserDraft.named("new").withId(holder.id())),
            new Refused("id", unknown, UserDraft.named("holder").withId(ada.user().id())),
            new Refused("userName", ADA, UserDraft.named("Holder")),
            new Refused("externalId", ADA, UserDraft.named("ada").withExternalId("1")));
    for (Refused each : refused) {
      SignIn signIn =
          SignIn.of(each.key(), each.user())
              .withMayChange(SignInChanges.KEYS_AND_PROFILE)
              .withProviderAlias("changed");
      t.conflicts("a sign-in", each.field(), () -> t.identities().signIn(signIn).signedIn());
      t.inTransaction(
          tx -> {
            t.conflicts(
                "a sign-in in a transaction",
                each.field(),
                () -> tx.identities().signIn(signIn).signedIn());
            return true;
          });
    }
    t.equal("the holder", Optional.of(holder), t.users().find(holder.id()));
    t.equal("the holder's links", List.of(), t.identities().findByUser(holder.id()));
    stored(t, ada);
    t.equal("the link of the new identity", Optional.empty(), t.identities().find(unknown));
    t.equal("users, links, audit and outbox records", before, counts(t));

    SignedInUser namesake =
        t.identities()
            .signIn(SignIn.of(unknown, UserDraft.named("new").withEmail("holder@example.org")))
            .signedIn()
            .record();
    t.holds(
        "somebody with the e-mail address of a user is another user",
        !namesake.user().id().equals(holder.id()));
    t.equal("the holder's links", List.of(), t.identities().findByUser(holder.id()));
  }

  private record Refused(String field, IdentityKey key, UserDraft user) {}

  @Rule(
      id = "UPS-13",
      sentence =
          "A sign-in MUST be part of the open transaction: what it wrote is seen there, and "
              + "is rolled back with it.",
      since = "0.1.0")
  void aSignInIsPartOfItsTransaction(RuleContext t) throws Exception {
    IllegalStateException undo = new IllegalStateException();
    SignIn signIn = SignIn.of(ADA, UserDraft.named("ada"));
    t.fails(
        "a transaction that is to be rolled back",
        IllegalStateException.class,
        () ->
            t.inTransaction(
                tx -> {
                  SignedInUser ada = tx.identities().signIn(signIn).signedIn().record();
                  t.equal(
                      "the user, as its transaction finds it by identity",
                      Optional.of(ada.user()),
                      tx.identities().findUser(ADA));
                  t.equal(
                      "the audit records, as its transaction sees them",
                      1,
                      audit(t, tx, AuditSubject.user(ada.user().id())).size());
                  t.isA(
                      "signing in again in it",
                      Unchanged.class,
                      tx.identities().signIn(signIn).signedIn());
                  throw undo;
                }));
    t.equal("users, links, audit and outbox records", List.of(0L, 0L, 0L, 0L), counts(t));
    t.equal("the user", Optional.empty(), t.users().findByUserName("ada"));
    t.isA("signing in after that", Created.class, t.identities().signIn(signIn).signedIn());
    t.inTransaction(tx -> tx.identities().signIn(signIn).signedIn());
    t.equal("users, links, audit and outbox records", List.of(1L, 1L, 2L, 1L), counts(t));
  }

  @Rule(
      id = "SGN-01",
      sentence =
          "A sign-in MUST NOT make a user who is there active or inactive, whatever it may "
              + "change.",
      since = "0.1.0")
  void noSignInActivatesOrSuspends(RuleContext t) {
    for (SignInChanges mayChange : SignInChanges.values()) {
      SignIn signIn =
          SignIn.of(IdentityKey.of(ADA.issuer(), mayChange.name()), UserDraft.named("" + mayChange))
              .withMayChange(mayChange);
      User user = t.identities().signIn(signIn).signedIn().record().user();
      SignIn claimsSuspended =
          SignIn.of(signIn.identity(), signIn.user().withActive(false)).withMayChange(mayChange);
      SignInResult active = t.identities().signIn(claimsSuspended);
      t.isA("the sign-in of an active user", SignInResult.SignedIn.class, active);
      t.equal("the active user", Optional.of(user), t.users().find(user.id()));
      User suspended = t.users().update(user.withActive(false));
      t.isA(
          "the sign-in of a suspended user",
          SignInResult.Suspended.class,
          t.identities().signIn(signIn));
      t.equal("the suspended user", Optional.of(suspended), t.users().find(user.id()));
    }
  }

  @Rule(
      id = "SGN-02",
      sentence =
          "The sign-in of a user who is not active MUST be Suspended and tell nothing of "
              + "the user; it MUST write an audit record with the outcome FAILURE, and change "
              + "nothing, lastSeen and alias included.",
      since = "0.1.0")
  void theSignInOfASuspendedUserChangesNothing(RuleContext t) {
    SignIn first = SignIn.of(ADA, UserDraft.named("ada"));
    User user = t.identities().signIn(first).signedIn().record().user();
    User suspended = t.users().update(user.withActive(false));
    Optional<FederatedIdentity> link = t.identities().find(ADA);
    t.users().create(UserDraft.named("holder").withExternalId("1"));
    List<UserDraft> claims =
        List.of(
            UserDraft.named("holder").withExternalId("1"),
            UserDraft.named("new")
                .withExternalId("2")
                .withDisplayName("A")
                .withEmail("ada@example.org"));
    long sent = count(t, RecordKind.OUTBOX_RECORD);
    int told = 1;
    for (UserDraft claim : claims) {
      SignIn again =
          SignIn.of(ADA, claim)
              .withProviderAlias("changed")
              .withRequestId("request")
              .withMayChange(SignInChanges.KEYS_AND_PROFILE);
      t.isA(
          "the sign-in of a suspended user",
          SignInResult.Suspended.class,
          t.identities().signIn(again));
      t.isA(
          "the sign-in of a suspended user in a transaction",
          SignInResult.Suspended.class,
          t.inTransaction(tx -> tx.identities().signIn(again)));
      List<AuditRecord> audit = audit(t, t.records(), AuditSubject.user(user.id()));
      told += 2;
      t.equal("audit records", told, audit.size());
      t.equal("what the last one tells", again.audit(suspended), audit.get(told - 1).entry());
      t.equal("its outcome", AuditOutcome.FAILURE, audit.get(told - 1).entry().outcome());
    }
    t.equal("the user", Optional.of(suspended), t.users().find(user.id()));
    t.equal("the link, lastSeen included", link, t.identities().find(ADA));
    t.equal("outbox records", sent, count(t, RecordKind.OUTBOX_RECORD));

    IdentityKey eve = IdentityKey.of(ADA.issuer(), "eve");
    SignIn inactive = SignIn.of(eve, UserDraft.named("eve").withActive(false));
    t.isA(
        "a first sign-in as a suspended user",
        SignInResult.Suspended.class,
        t.identities().signIn(inactive));
    User created = t.identities().findUser(eve).orElseThrow();
    t.holds("the user whom it created is suspended", !created.active());
    t.equal("when that user signed in", null, t.identities().find(eve).orElseThrow().lastSeen());
    t.equal("outbox records after it", sent + 1, count(t, RecordKind.OUTBOX_RECORD));
    t.equal(
        "what the audit tells of it",
        inactive.audit(created),
        audit(t, t.records(), AuditSubject.user(created.id())).get(0).entry());
  }

  @Rule(
      id = "SGN-03",
      sentence =
          "A sign-in MUST keep the user name and the external id of a user who is there, "
              + "unless it may change the keys; that another user holds the claimed ones is then "
              + "no Conflict.",
      since = "0.1.0")
  void keysStayUnlessTheyMayBeChanged(RuleContext t) {
    t.users().create(UserDraft.named("holder").withExternalId("1"));
    UserDraft draft = UserDraft.named("ada").withExternalId("2");
    User user = t.identities().signIn(SignIn.of(ADA, draft)).signedIn().record().user();
    List<UserDraft> claims =
        List.of(
            draft.withUserName("holder"), draft.withExternalId("1"), UserDraft.named("Countess"));
    for (UserDraft claim : claims) {
      UpsertResult<SignedInUser> again = t.identities().signIn(SignIn.of(ADA, claim)).signedIn();
      t.isA("a sign-in with other keys", Unchanged.class, again);
      t.equal("the user after it", user, again.record().user());
      stored(t, again.record());
    }
    SignIn all =
        SignIn.of(ADA, UserDraft.named("Countess").withExternalId("3"))
            .withMayChange(SignInChanges.KEYS_AND_PROFILE);
    UpsertResult<SignedInUser> changed = t.identities().signIn(all).signedIn();
    t.isA("a sign-in that may change the keys", Updated.class, changed);
    t.equal("the name after it", "Countess", changed.record().user().userName().value());
    t.equal(
        "the external id after it",
        Optional.of(changed.record().user()),
        t.users().findByExternalId("3"));
    stored(t, changed.record());
  }

  @Rule(
      id = "SGN-04",
      sentence =
          "A sign-in that may change nothing MUST keep all attributes of a user who is " + "there.",
      since = "0.1.0")
  void aSignInThatMayChangeNothingKeepsAll(RuleContext t) {
    SignIn first =
        SignIn.of(ADA, UserDraft.named("ada").withDisplayName("A").withEmail("ada@example.org"))
            .withMayChange(SignInChanges.NOTHING);
    SignedInUser created = t.identities().signIn(first).signedIn().record();
    t.holds(
        "the new user has what is claimed",
        created.user().hasSameAttributesAs(created.user().withAttributesOf(first.user())));
    stored(t, created);
    List<UserDraft> claims =
        List.of(
            first.user().withDisplayName("B"),
            first.user().withEmail("other@example.org"),
            UserDraft.named("new").withExternalId("1").withEmail(Email.of("b@c").asPrimary()));
    for (UserDraft claim : claims) {
      UpsertResult<SignedInUser> again =
          t.identities()
              .signIn(SignIn.of(ADA, claim).withMayChange(SignInChanges.NOTHING))
              .signedIn();
      t.isA("a sign-in that may change nothing", Unchanged.class, again);
      t.equal("the user after it", created.user(), again.record().user());
      stored(t, again.record());
    }
  }

  @Rule(
      id = "SGN-05",
      sentence =
          "A sign-in MUST keep what the claims leave null or empty, and an e-mail address "
              + "that is claimed again MUST stay verified, and primary unless another is claimed "
              + "as primary.",
      since = "0.1.0")
  void whatIsNotClaimedIsKept(RuleContext t) {
    Email held = Email.of("ada@example.org").asVerified().asPrimary();
    Email other = Email.of("other@example.org").asVerified();
    UserDraft bare = UserDraft.named("ada");
    for (SignInChanges mayChange : List.of(SignInChanges.PROFILE, SignInChanges.KEYS_AND_PROFILE)) {
      IdentityKey key = IdentityKey.of(ADA.issuer(), mayChange.name());
      UserDraft named = bare.withUserName("" + mayChange);
      User user = t.identities().signIn(SignIn.of(key, named)).signedIn().record().user();
      user =
          t.users()
              .update(
                  user.withExternalId("" + mayChange)
                      .withDisplayName("A")
                      .withEmails(List.of(held, other)));
      for (UserDraft claim : List.of(named, named.withDisplayName(""))) {
        SignIn signIn = SignIn.of(key, claim).withMayChange(mayChange);
        User after = t.identities().signIn(signIn).signedIn().record().user();
        t.equal("the external id that was left out", user.externalId(), after.externalId());
        t.equal(
            claim.displayName() == null
                ? "the display name that was left out"
                : "the display name that was claimed empty",
            "A",
            after.displayName());
        t.equal("the addresses that were left out", user.emails(), after.emails());
        t.equal("the user, who did not change", user, after);
      }
      emails(t, SignIn.of(key, named).withMayChange(mayChange));
    }
  }

  private static void emails(RuleContext t, SignIn bare) {
    UserDraft named = bare.user();
    claimed(
        t,
        bare,
        named.withEmail("ADA@example.org").withEmail("new@example.org"),
        "the address that is claimed again",
        List.of(Email.of("ADA@example.org").asVerified().asPrimary(), Email.of("new@example.org")));
    claimed(
        t,
        bare,
        named
            .withEmail(Email.of("new@example.org").asVerified().asPrimary())
            .withEmail("ada@example.org"),
        "the addresses, of which another is claimed as the primary one",
        List.of(
            Email.of("new@example.org").asVerified().asPrimary(),
            Email.of("ada@example.org").asVerified()));
    claimed(
        t,
        bare,
        named.withEmail("other@example.org"),
        "an address that was not there",
        List.of(Email.of("other@example.org")));
  }

  private static void claimed(
      RuleContext t, SignIn bare, UserDraft claim, String what, List<Email> expected) {
    SignIn signIn = SignIn.of(bare.identity(), claim).withMayChange(bare.mayChange());
    UpsertResult<SignedInUser> result = t.identities().signIn(signIn).signedIn();
    t.isA("a sign-in with other addresses", Updated.class, result);
    t.equal(what, expected, result.record().user().emails());
    stored(t, result.record());
    t.isA("the same again", Unchanged.class, t.identities().signIn(signIn).signedIn());
  }

  @Rule(
      id = "SGN-06",
      sentence =
          "A sign-in that overlaps with a suspension MUST NOT lift it, and is Suspended or "
              + "refused where it had to wait for it.",
      since = "0.1.0")
  void aSignInThatOverlapsWithASuspensionDoesNotLiftIt(RuleContext t) throws Exception {
    for (SignInChanges mayChange : SignInChanges.values()) {
      String name = "" + mayChange;
      SignIn signIn =
          SignIn.of(IdentityKey.of(ADA.issuer(), name), UserDraft.named(name).withDisplayName("A"))
              .withMayChange(mayChange);
      User user = t.identities().signIn(signIn).signedIn().record().user();
      SignIn renamed = SignIn.of(signIn.identity(), signIn.user().withDisplayName("B"));
      t.holds(
          "a sign-in that waited for a suspension is Suspended or is refused",
          t.overlapping(
                  tx -> tx.users().update(user.withActive(false)),
                  tx -> tx.identities().signIn(renamed.withMayChange(mayChange)))
              .map(SignInResult.Suspended.class::isInstance)
              .orElse(true));
      t.holds(
          "whether the user is active after both",
          !t.users().find(user.id()).orElseThrow().active());
    }
  }

  private static List<Long> counts(RuleContext t) {
    return List.of(
        count(t, RecordKind.USER),
        count(t, RecordKind.FEDERATED_IDENTITY),
        count(t, RecordKind.AUDIT_RECORD),
        count(t, RecordKind.OUTBOX_RECORD));
  }

  private static long count(RuleContext t, RecordKind kind) {
    return t.counted("the tenant's counts", t.records().counts()).of(kind);
  }

  private static List<AuditRecord> audit(RuleContext t, Repositories records, AuditSubject target) {
    List<AuditRecord> byTarget =
        records.audit().list(new AuditFilter.ByTarget(target), PageRequest.of(Limits.PAGE)).items();
    t.equal(
        "the audit records by actor, who is the target",
        byTarget,
        records.audit().list(new AuditFilter.ByActor(target), PageRequest.of(Limits.PAGE)).items());
    return byTarget;
  }
}
