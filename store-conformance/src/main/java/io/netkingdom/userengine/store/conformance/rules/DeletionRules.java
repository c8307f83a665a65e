package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
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
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Section DEL: delete. */
final class DeletionRules {

  private static final String ISSUER = "https://idp.example";

  @Rule(
      id = "DEL-01",
      sentence =
          "Deleting a user MUST remove it with its identities, memberships and profiles, "
              + "and nothing else.",
      since = "0.1.0")
  void takesTheUserWithAllThatIsItsOwn(RuleContext t) {
    User ada =
        t.users()
            .create(UserDraft.named("ada").withExternalId("1").withEmail("family@example.org"));
    User grace = t.users().create(UserDraft.named("grace").withEmail("family@example.org"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.identities().link(ada.id(), ISSUER, "2");
    FederatedIdentity hers = t.identities().link(grace.id(), ISSUER, "3").record();
    Group team = t.groups().create(GroupDraft.named("Team"));
    t.groups().addMember(team.id(), ada.id());
    Membership membership = t.groups().addMember(team.id(), grace.id()).record();
    t.profiles().replace(ProfileKey.of(ada.id(), "urn:app"), Json.object("a", 1));
    ProfileDocument profile =
        t.profiles().replace(ProfileKey.of(grace.id(), "urn:app"), Json.object("a", 2)).record();
    OutboxRecord message =
        t.outbox().append(OutboxDraft.of(ada.id(), "user.created", Json.object("a", 3))).record();
    t.equal("deleting", true, t.users().delete(ada.id()));
    t.equal("find by id", Optional.empty(), t.users().find(ada.id()));
    t.equal("find by name", Optional.empty(), t.users().findByUserName("ada"));
    t.equal("find by external id", Optional.empty(), t.users().findByExternalId("1"));
    t.equal("find by e-mail", List.of(grace), t.users().findByEmail("family@example.org"));
    t.equal("the user's links", List.of(), t.identities().findByUser(ada.id()));
    t.equal("find of a link", Optional.empty(), t.identities().find(IdentityKey.of(ISSUER, "1")));
    t.equal(
        "the user of a link",
        Optional.empty(),
        t.identities().findUser(IdentityKey.of(ISSUER, "2")));
    t.equal("another user's links", List.of(hers), t.identities().findByUser(grace.id()));
    t.equal("find of a membership", Optional.empty(), t.groups().findMember(team.id(), ada.id()));
    t.equal(
        "another user's membership",
        Optional.of(membership),
        t.groups().findMember(team.id(), grace.id()));
    t.equal(
        "find of a profile",
        Optional.empty(),
        t.profiles().find(ProfileKey.of(ada.id(), "urn:app")));
    t.equal("the user's profiles", List.of(), t.profiles().findByUser(ada.id()));
    t.equal("another user's profiles", List.of(profile), t.profiles().findByUser(grace.id()));
    t.equal("the group", Optional.of(team), t.groups().find(team.id()));
    t.equal("a message about the user", Optional.of(message), t.outbox().find(message.id()));
    for (RecordKind kind : RecordKind.values()) {
      t.equal(
          "the number of " + kind,
          kind == RecordKind.AUDIT_RECORD ? 0L : 1L,
          Counts.of(t, t.records(), kind));
    }
    User again = t.users().create(UserDraft.named("ada").withId(ada.id()));
    t.equal("the links of a new user of that id", List.of(), t.identities().findByUser(again.id()));
    t.equal("its profiles", List.of(), t.profiles().findByUser(again.id()));
    t.equal(
        "its memberships",
        List.of(),
        Pages.all(t, page -> t.groups().listMemberships(again.id(), page)));
  }

  @Rule(
      id = "DEL-02",
      sentence =
          "Deleting MUST say whether there was a user, and deleting again MUST say that "
              + "there is none.",
      since = "0.1.0")
  void deletingAgainSaysSo(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.equal("deleting", true, t.users().delete(ada.id()));
    t.equal("deleting again", false, t.users().delete(ada.id()));
    t.equal(
        "deleting a user who never was",
        false,
        t.users().delete(UserId.of(UUID.nameUUIDFromBytes(new byte[] {4}))));
  }

  @Rule(
      id = "DEL-04",
      sentence = "What is done in one tenant MUST NOT change another tenant's records.",
      since = "0.1.0")
  void anotherTenantsRecordsNeverChange(RuleContext t) {
    TenantId elsewhere = t.newTenant();
    Repositories there = t.store().tenant(elsewhere);
    UserDraft draft = UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org");
    User user = there.users().create(draft);
    FederatedIdentity link = there.identities().link(user.id(), ISSUER, "1").record();

    Group team = there.groups().create(GroupDraft.named("Team"));
    Membership membership = there.groups().addMember(team.id(), user.id()).record();
    ProfileKey profile = ProfileKey.of(user.id(), "urn:app");
    ProfileDocument document = there.profiles().replace(profile, Json.object("a", 1)).record();

    t.equal("deleting another tenant's user", false, t.users().delete(user.id()));
    t.equal("deleting another tenant's group", false, t.groups().delete(team.id()));
    t.equal("deleting another tenant's profile", false, t.profiles().delete(profile));
    t.equal(
        "removing another tenant's member", false, t.groups().removeMember(team.id(), user.id()));
    t.equal(
        "unlinking another tenant's link",
        false,
        t.identities().unlink(IdentityKey.of(ISSUER, "1")));
    User here = t.users().create(draft.withId(user.id()));
    t.identities().link(here.id(), ISSUER, "1");
    t.users().update(here.withDisplayName("changed"));
    t.users().upsert(UserDraft.named("ada"));
    t.identities().unlink(IdentityKey.of(ISSUER, "1"));
    Group ours = t.groups().create(GroupDraft.named("Team").withId(team.id()));
    t.groups().addMember(ours.id(), here.id());
    t.profiles().replace(profile, Json.object("a", 2));
    t.groups().update(ours.withDisplayName("Squad"));
    t.groups().delete(ours.id());
    t.users().delete(here.id());

    t.equal("the other tenant's user", Optional.of(user), there.users().find(user.id()));
    t.equal("by its name", Optional.of(user), there.users().findByUserName("ada"));
    t.equal("by its external id", Optional.of(user), there.users().findByExternalId("1"));
    t.equal("by its e-mail", List.of(user), there.users().findByEmail("ada@example.org"));
    t.equal("the other tenant's link", List.of(link), there.identities().findByUser(user.id()));
    t.equal(
        "its user", Optional.of(user), there.identities().findUser(IdentityKey.of(ISSUER, "1")));
    t.equal("the other tenant's group", Optional.of(team), there.groups().find(team.id()));
    t.equal(
        "the other tenant's membership",
        Optional.of(membership),
        there.groups().findMember(team.id(), user.id()));
    t.equal("the other tenant's profile", Optional.of(document), there.profiles().find(profile));
  }

  @Rule(
      id = "DEL-05",
      sentence =
          "An id that the store assigned MUST NOT be assigned again after its user was "
              + "deleted.",
      since = "0.1.0")
  void anAssignedIdIsNotAssignedAgain(RuleContext t) {
    Set<UserId> deleted = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      UserId id = t.users().create(UserDraft.named("ada")).id();
      t.holds("a new user has an id that no deleted one had", deleted.add(id));
      t.users().delete(id);
      t.equal("find of the deleted user", Optional.empty(), t.users().find(id));
    }
  }
}
