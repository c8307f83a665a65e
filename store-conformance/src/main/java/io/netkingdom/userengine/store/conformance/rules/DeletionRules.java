package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Section DEL: delete. */
final class DeletionRules {

  private static final String ISSUER = "https://idp.example";

  @Rule("DEL-01")
  void takesTheUserWithItsIdentities(Trial t) {
    User ada =
        t.users()
            .create(UserDraft.named("ada").withExternalId("1").withEmail("family@example.org"));
    User grace = t.users().create(UserDraft.named("grace").withEmail("family@example.org"));
    t.identities().link(ada.id(), ISSUER, "1");
    t.identities().link(ada.id(), ISSUER, "2");
    FederatedIdentity hers = t.identities().link(grace.id(), ISSUER, "3").record();
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
    t.equal("users", 1L, Counts.users(t, t.records()));
    t.equal("links", 1L, Counts.identities(t, t.records()));
  }

  @Rule("DEL-02")
  void deletingAgainSaysSo(Trial t) {
    User ada = t.users().create(UserDraft.named("ada"));
    t.equal("deleting", true, t.users().delete(ada.id()));
    t.equal("deleting again", false, t.users().delete(ada.id()));
    t.equal(
        "deleting a user who never was",
        false,
        t.users().delete(UserId.of(UUID.nameUUIDFromBytes(new byte[] {4}))));
  }

  @Rule("DEL-04")
  void anotherTenantsRecordsNeverChange(Trial t) {
    TenantId elsewhere = t.newTenant();
    Repositories there = t.store().tenant(elsewhere);
    UserDraft draft = UserDraft.named("ada").withExternalId("1").withEmail("ada@example.org");
    User user = there.users().create(draft);
    FederatedIdentity link = there.identities().link(user.id(), ISSUER, "1").record();

    t.equal("deleting another tenant's user", false, t.users().delete(user.id()));
    t.equal(
        "unlinking another tenant's link",
        false,
        t.identities().unlink(IdentityKey.of(ISSUER, "1")));
    User here = t.users().create(draft.withId(user.id()));
    t.identities().link(here.id(), ISSUER, "1");
    t.users().update(here.withDisplayName("changed"));
    t.users().upsert(UserDraft.named("ada"));
    t.identities().unlink(IdentityKey.of(ISSUER, "1"));
    t.users().delete(here.id());

    t.equal("the other tenant's user", Optional.of(user), there.users().find(user.id()));
    t.equal("by its name", Optional.of(user), there.users().findByUserName("ada"));
    t.equal("by its external id", Optional.of(user), there.users().findByExternalId("1"));
    t.equal("by its e-mail", List.of(user), there.users().findByEmail("ada@example.org"));
    t.equal("the other tenant's link", List.of(link), there.identities().findByUser(user.id()));
    t.equal(
        "its user", Optional.of(user), there.identities().findUser(IdentityKey.of(ISSUER, "1")));
  }

  @Rule("DEL-05")
  void anAssignedIdIsNotAssignedAgain(Trial t) {
    Set<UserId> deleted = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      UserId id = t.users().create(UserDraft.named("ada")).id();
      t.holds("a new user has an id that no deleted one had", deleted.add(id));
      t.users().delete(id);
      t.equal("find of the deleted user", Optional.empty(), t.users().find(id));
    }
  }
}
