package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditOutcome;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Section DEL: erasure. */
final class ErasureRules {

  private static final String ISSUER = "https://idp.example";
  private static final IdentityKey IDENTITY = IdentityKey.of(ISSUER, "1");
  private static final UserDraft DRAFT =
      UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org");
  private static final AuditSubject SERVICE = AuditSubject.of("service", "importer");

  /** What a callback throws to roll back. */
  private static final class Whatever extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Rule(
      id = "DEL-03",
      sentence =
          "Erasing a user MUST remove it with its identities, memberships and profiles, and "
              + "nothing else, and MUST say whether there was one.",
      since = "0.1.0")
  void takesTheUserWithAllThatIsItsOwn(RuleContext t) throws Exception {
    User ada = t.users().create(DRAFT);
    User grace = t.users().create(UserDraft.named("grace").withEmail("ada@example.org"));
    t.identities().link(ada.id(), IDENTITY.issuer(), IDENTITY.subject());
    Group team = t.groups().create(GroupDraft.named("Team"));
    t.groups().addMember(team.id(), ada.id());
    Membership membership = t.groups().addMember(team.id(), grace.id()).record();
    ProfileKey key = ProfileKey.of(ada.id(), "urn:app");
    t.profiles().replace(key, Json.object("a", 1));
    ProfileDocument profile =
        t.profiles().replace(ProfileKey.of(grace.id(), "urn:app"), Json.object("a", 2)).record();
    t.equal("erasing", true, t.users().erase(ada.id()));
    t.equal("find by id", Optional.empty(), t.users().find(ada.id()));
    t.equal("find by name", Optional.empty(), t.users().findByUserName("ada"));
    t.equal("find by external id", Optional.empty(), t.users().findByExternalId("1"));
    t.equal("find by e-mail", List.of(grace), t.users().findByEmail("ada@example.org"));
    t.equal("all users", List.of(grace), Pages.all(t, t.users()::list));
    t.equal("find of a link", Optional.empty(), t.identities().find(IDENTITY));
    t.equal("the user's links", List.of(), t.identities().findByUser(ada.id()));
    t.equal(
        "the members who are left",
        List.of(membership),
        Pages.all(t, page -> t.groups().listMembers(team.id(), page)));
    t.equal("find of a profile", Optional.empty(), t.profiles().find(key));
    t.equal("another user's profiles", List.of(profile), t.profiles().findByUser(grace.id()));
    t.equal("another user", Optional.of(grace), t.users().find(grace.id()));
    t.equal("erasing again", false, t.users().erase(ada.id()));
    t.equal("deleting after that", false, t.users().delete(ada.id()));
    t.fails(
        "an update of an erased user",
        StoreException.NotFound.class,
        () -> t.users().update(ada.withDisplayName("again")));
    t.refersToNothing(
        "linking to an erased user",
        "userId",
        () -> t.identities().link(ada.id(), IDENTITY.issuer(), IDENTITY.subject()));
    t.refersToNothing(
        "an erased user who joins", "userId", () -> t.groups().addMember(team.id(), ada.id()));
    t.refersToNothing(
        "replacing an erased user's document",
        "userId",
        () -> t.profiles().replace(key, Json.object()));
    t.refersToNothing(
        "merging into an erased user's document",
        "userId",
        () -> t.profiles().merge(key, Json.object()));
    t.equal(
        "erasing a user who never was",
        false,
        t.users().erase(UserId.of(UUID.nameUUIDFromBytes(new byte[] {15}))));
    takesWhatIsWrittenMeanwhile(t, team);
  }

  /** The erasure begins while another transaction is open that has written about the user. */
  private static void takesWhatIsWrittenMeanwhile(RuleContext t, Group team) throws Exception {
    UserId user = t.users().create(DRAFT).id();
    Optional<Boolean> erased =
        t.overlapping(
            tx -> {
              tx.groups().addMember(team.id(), user);
              tx.identities().link(user, IDENTITY.issuer(), IDENTITY.subject());
              return tx.profiles().replace(ProfileKey.of(user, "urn:app"), Json.object());
            },
            tx -> tx.users().erase(user));
    if (erased.isPresent()) {
      t.equal("erasing a user of whom somebody writes", true, erased.get());
      t.equal("find of that user", Optional.empty(), t.users().find(user));
      t.equal("its links", List.of(), t.identities().findByUser(user));
      t.equal(
          "its memberships",
          List.of(),
          Pages.all(t, page -> t.groups().listMemberships(user, page)));
      t.equal("its profiles", List.of(), t.profiles().findByUser(user));
    }
  }

  @Rule(
      id = "DEL-06",
      sentence =
          "The id of an erased user MUST NOT be given to another, by any way to create one: "
              + "it is a Conflict that names id.",
      since = "0.1.0")
  void anErasedIdIsNeverGivenAgain(RuleContext t) {
    UserId erased = t.users().create(DRAFT).id();
    t.users().erase(erased);
    t.conflicts(
        "creating a user with an erased id",
        "id",
        () -> t.users().create(UserDraft.named("new").withId(erased)));
    t.conflicts(
        "upserting a new user with an erased id",
        "id",
        () -> t.users().upsert(UserDraft.named("new").withId(erased)));
    t.conflicts(
        "signing a new user in with an erased id",
        "id",
        () -> t.identities().signIn(SignIn.of(IDENTITY, UserDraft.named("new").withId(erased))));
    List<RowOutcome> rows =
        t.users()
            .upsertAll(
                List.of(UserDraft.named("new").withId(erased), UserDraft.named("neighbour")));
    t.equal(
        "the field of a row with an erased id",
        "id",
        t.isA("a row with an erased id", RowOutcome.Rejected.class, rows.get(0)).field());
    t.isA("the row beside it", RowOutcome.Stored.class, rows.get(1));
    t.equal("find of the erased id", Optional.empty(), t.users().find(erased));
    t.equal("find by the new name", Optional.empty(), t.users().findByUserName("new"));
    t.equal("users", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "DEL-07",
      sentence = "The keys of an erased user MUST be free again, and it MUST NOT be counted.",
      since = "0.1.0")
  void anErasedUsersKeysAreFree(RuleContext t) {
    User first = t.users().create(DRAFT);
    t.identities().link(first.id(), IDENTITY.issuer(), IDENTITY.subject());
    t.users().erase(first.id());
    t.equal("users after the erasure", 0L, Counts.users(t, t.records()));
    t.equal("links after the erasure", 0L, Counts.identities(t, t.records()));
    User second = t.users().create(DRAFT);
    t.holds("another user is not the erased one", !second.id().equals(first.id()));
    t.equal("the user who now has the name", Optional.of(second), t.users().findByUserName("ADA"));
    t.equal(
        "the user who now has the external id",
        Optional.of(second),
        t.users().findByExternalId("1"));
    t.identities().link(second.id(), IDENTITY.issuer(), IDENTITY.subject());
    t.equal(
        "the user who now has the identity",
        Optional.of(second),
        t.identities().findUser(IDENTITY));
    t.equal("users", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "DEL-08",
      sentence =
          "Erasing MUST replace details and both labels of the audit records that name the "
              + "user, as actor or target, by the marker, and MUST leave the rest of them and all "
              + "others.",
      since = "0.1.0")
  void auditRecordsKeepNothingOfAnErasedUser(RuleContext t) throws Exception {
    User ada = t.users().create(DRAFT);
    User grace = t.users().create(UserDraft.named("grace"));
    AuditSubject user = AuditSubject.user(ada.id());
    AuditSubject labelled = user.withLabel("ada");
    AuditSubject other = AuditSubject.user(grace.id()).withLabel("grace");
    List<AuditRecord> about =
        List.of(
            append(t, labelled, AuditSubject.of("file", "x").withLabel("Ada's file")),
            append(t, SERVICE.withLabel("for ada"), labelled),
            append(t, labelled, labelled),
            append(t, other, user));
    List<AuditRecord> notAbout =
        List.of(
            append(t, other, AuditSubject.of("service", ada.id().toString()).withLabel("ada")),
            append(t, SERVICE, other),
            append(t, AuditSubject.of("user", "ada").withLabel("ada"), other));
    t.users().erase(ada.id());
    for (AuditRecord record : about) {
      t.equal(
          "a record that names the erased user",
          Optional.of(erased(record)),
          t.audit().find(record.id()));
    }
    for (AuditRecord record : notAbout) {
      t.equal(
          "a record that does not name the user", Optional.of(record), t.audit().find(record.id()));
    }
    t.equal(
        "the records of the erased user as their target",
        about.subList(1, 4).stream().map(ErasureRules::erased).toList(),
        Pages.all(t, page -> t.audit().list(new AuditFilter.ByTarget(user), page)));
    t.equal(
        "the records of the erased user as their actor",
        List.of(erased(about.get(0)), erased(about.get(2))),
        Pages.all(t, page -> t.audit().list(new AuditFilter.ByActor(user), page)));
    t.equal("records", 7L, Counts.of(t, t.records(), RecordKind.AUDIT_RECORD));

    List<AuditRecord> meanwhile = new ArrayList<>();
    Optional<Boolean> erased =
        t.overlapping(
            tx -> meanwhile.add(tx.audit().append(AuditDraft.of(SERVICE, "read", other))),
            tx -> tx.users().erase(grace.id()));
    AuditRecord record = meanwhile.get(0);
    t.equal(
        "a record that was appended by a transaction which was open when the erasure began",
        Optional.of(erased.isPresent() ? erased(record) : record),
        t.audit().find(record.id()));
  }

  private static AuditRecord append(RuleContext t, AuditSubject actor, AuditSubject target) {
    return t.audit()
        .append(
            new AuditDraft(
                actor,
                "profile.read",
                target,
                AuditOutcome.FAILURE,
                "request",
                Json.object("name", "Ada", "erased", false)));
  }

  /** Spelled out, so that it does not follow whatever the library does. */
  private static AuditRecord erased(AuditRecord record) {
    AuditDraft entry = record.entry();
    return new AuditRecord(
        record.id(),
        record.occurredAt(),
        new AuditDraft(
            entry.actor().withLabel("erased"),
            entry.action(),
            entry.target().withLabel("erased"),
            entry.outcome(),
            entry.requestId(),
            Json.object("erased", true)));
  }

  @Rule(
      id = "DEL-09",
      sentence =
          "Erasing MUST replace payload and headers of the outbox records about the user by "
              + "the marker, and MUST leave the rest of them and all others.",
      since = "0.1.0")
  void outboxRecordsKeepNothingOfAnErasedUser(RuleContext t) {
    User ada = t.users().create(DRAFT);
    User grace = t.users().create(UserDraft.named("grace"));
    OutboxDraft draft =
        OutboxDraft.of(ada.id(), "user.created", Json.object("userName", "ada"))
            .withHeaders(Map.of("name", "ada"));
    List<OutboxRecord> about =
        List.of(
            t.outbox().append(draft).record(),
            t.outbox().append(draft.withDedupKey("once").withHeaders(Map.of())).record(),
            t.outbox().append(OutboxDraft.of(ada.id(), "user.named", Json.of("ada"))).record());
    List<OutboxRecord> notAbout =
        List.of(
            t.outbox().append(OutboxDraft.of(grace.id(), "user.created", Json.of(1))).record(),
            t.outbox()
                .append(OutboxDraft.of("person", ada.id().toString(), "x", Json.of(2)))
                .record());
    t.users().erase(ada.id());
    for (OutboxRecord record : about) {
      OutboxDraft message = record.message();
      t.equal(
          "a message about the erased user",
          Optional.of(
              new OutboxRecord(
                  record.id(),
                  record.created(),
                  new OutboxDraft(
                      message.aggregateType(),
                      message.aggregateId(),
                      message.aggregateVersion(),
                      message.eventType(),
                      Json.object("erased", true),
                      Map.of(),
                      message.dedupKey()))),
          t.outbox().find(record.id()));
    }
    for (OutboxRecord record : notAbout) {
      t.equal(
          "a message that is not about the user",
          Optional.of(record),
          t.outbox().find(record.id()));
    }
    t.equal("messages", 5L, Counts.of(t, t.records(), RecordKind.OUTBOX_RECORD));
    t.equal(
        "the message with the dedupKey of an erased one",
        about.get(1).id(),
        t.outbox().append(draft.withDedupKey("once")).record().id());
  }

  @Rule(
      id = "DEL-10",
      sentence = "Erasing MUST NOT change another tenant's records, nor take an id away there.",
      since = "0.1.0")
  void erasureStaysInItsTenant(RuleContext t) {
    TenantId elsewhere = t.newTenant();
    Repositories there = t.store().tenant(elsewhere);
    User theirs = there.users().create(DRAFT);
    AuditSubject subject = AuditSubject.user(theirs.id()).withLabel("ada");
    AuditRecord record = there.audit().append(AuditDraft.of(subject, "profile.read", subject));
    OutboxRecord message =
        there
            .outbox()
            .append(OutboxDraft.of(theirs.id(), "user.created", Json.object("a", 1)))
            .record();
    t.equal("erasing another tenant's user", false, t.users().erase(theirs.id()));
    User ours = t.users().create(DRAFT.withId(theirs.id()));
    t.equal("erasing a user of the same id", true, t.users().erase(ours.id()));
    t.equal("the other tenant's user", Optional.of(theirs), there.users().find(theirs.id()));
    t.equal("its audit record", Optional.of(record), there.audit().find(record.id()));
    t.equal("its message", Optional.of(message), there.outbox().find(message.id()));
    User third =
        t.store().tenant(t.newTenant()).users().create(UserDraft.named("ada").withId(ours.id()));
    t.equal("an id that was erased elsewhere", ours.id(), third.id());
  }

  @Rule(
      id = "DEL-12",
      sentence =
          "An erasure MUST also replace what is told of a user that was deleted before, and "
              + "MUST then say that there was none.",
      since = "0.1.0")
  void reachesWhatIsToldOfADeletedUser(RuleContext t) {
    User ada = t.users().create(DRAFT);
    AuditRecord record = append(t, SERVICE, AuditSubject.user(ada.id()).withLabel("ada"));
    OutboxRecord message =
        t.outbox().append(OutboxDraft.of(ada.id(), "user.created", Json.object("a", 1))).record();
    t.users().delete(ada.id());
    t.equal(
        "a record about the deleted user",
        Optional.of(record),
        t.records().audit().find(record.id()));
    t.equal("erasing the deleted user", false, t.users().erase(ada.id()));
    t.equal(
        "a record about the deleted user after the erasure",
        Optional.of(erased(record)),
        t.records().audit().find(record.id()));
    t.equal(
        "a message about the deleted user after the erasure",
        Optional.of(message.erased()),
        t.records().outbox().find(message.id()));
  }

  @Rule(
      id = "DEL-11",
      sentence = "An erasure that is rolled back MUST leave everything as it was.",
      since = "0.1.0")
  void aRolledBackErasureErasesNothing(RuleContext t) {
    User ada = t.users().create(DRAFT);
    ProfileKey key = ProfileKey.of(ada.id(), "urn:app");
    ProfileDocument profile = t.profiles().replace(key, Json.object("a", 1)).record();
    AuditRecord record = append(t, SERVICE, AuditSubject.user(ada.id()).withLabel("ada"));
    OutboxRecord message =
        t.outbox().append(OutboxDraft.of(ada.id(), "user.created", Json.object("a", 1))).record();
    t.fails(
        "a transaction that is rolled back",
        Whatever.class,
        () ->
            t.store()
                .inTransaction(
                    t.tenant(),
                    tx -> {
                      tx.users().erase(ada.id());
                      t.equal(
                          "the record inside the transaction",
                          Optional.of(erased(record)),
                          tx.audit().find(record.id()));
                      t.conflicts(
                          "the id inside the transaction",
                          "id",
                          () -> tx.users().create(UserDraft.named("new").withId(ada.id())));
                      throw new Whatever();
                    }));
    t.equal("the user", Optional.of(ada), t.users().find(ada.id()));
    t.equal("its profile", Optional.of(profile), t.profiles().find(key));
    t.equal("its audit record", Optional.of(record), t.audit().find(record.id()));
    t.equal("its message", Optional.of(message), t.outbox().find(message.id()));
    t.users().delete(ada.id());
    t.equal(
        "the id of a user who was not erased",
        ada.id(),
        t.users().create(DRAFT.withId(ada.id())).id());
  }
}
