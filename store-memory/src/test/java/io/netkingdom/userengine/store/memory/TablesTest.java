package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is removed leaves nothing in any index, where nobody would find it and it would add up. */
class TablesTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final UserId ADA = UserId.of(new UUID(0, 1));
  private static final UserId BOB = UserId.of(new UUID(0, 2));
  private static final GroupId ENGINEERS = GroupId.of(new UUID(0, 3));
  private static final GroupId POETS = GroupId.of(new UUID(0, 4));

  private static User user(UserId id, String name) {
    return User.created(
        id,
        UserDraft.named(name)
            .withExternalId(name)
            .withEmail("both@example.org")
            .withEmail(name + "@example.org"),
        NOW);
  }

  @Test
  void usersLeaveNothing() {
    UserTable ada = UserTable.EMPTY.insert(user(ADA, "ada"));

    assertEquals(ada, ada.insert(user(BOB, "bob")).minus(BOB));
    assertEquals(UserTable.EMPTY, ada.minus(ADA));
  }

  @Test
  void anEditedUserLeavesNothingOfItsFormerAttributes() {
    UserTable ada = UserTable.EMPTY.insert(user(ADA, "ada"));

    assertEquals(ada, UserTable.EMPTY.insert(user(ADA, "former")).replace(user(ADA, "ada")));
  }

  @Test
  void identitiesLeaveNothing() {
    IdentityTable one = IdentityTable.EMPTY.plus(identity("one"));
    IdentityTable two = one.plus(identity("two"));

    assertEquals(one, two.minus(IdentityKey.of("https://idp.example", "two")));
    assertEquals(IdentityTable.EMPTY, one.minus(IdentityKey.of("https://idp.example", "one")));
    assertEquals(IdentityTable.EMPTY, two.minus(ADA));
  }

  private static FederatedIdentity identity(String subject) {
    return new FederatedIdentity(
        ADA, IdentityKey.of("https://idp.example", subject), null, NOW, null);
  }

  @Test
  void groupsLeaveNothing() {
    GroupTable engineers = GroupTable.EMPTY.insert(group(ENGINEERS, "Engineers"));

    assertEquals(engineers, engineers.insert(group(POETS, "Poets")).minus(POETS));
    assertEquals(GroupTable.EMPTY, engineers.minus(ENGINEERS));
    assertEquals(
        engineers,
        GroupTable.EMPTY.insert(group(ENGINEERS, "Former")).replace(group(ENGINEERS, "Engineers")));
  }

  private static Group group(GroupId id, String name) {
    return Group.created(id, GroupDraft.named(name).withExternalId(name), NOW);
  }

  @Test
  void membershipsLeaveNothingFromEitherSide() {
    MembershipTable ada = MembershipTable.EMPTY.plus(new Membership(ENGINEERS, ADA, NOW));
    MembershipTable both = ada.plus(new Membership(ENGINEERS, BOB, NOW));

    assertEquals(ada, both.minus(ENGINEERS, BOB));
    assertEquals(ada, both.minus(BOB));
    assertEquals(MembershipTable.EMPTY, both.minus(ENGINEERS));
    assertEquals(ada, ada.plus(new Membership(POETS, BOB, NOW)).minus(POETS));
  }

  @Test
  void profilesLeaveNothing() {
    ProfileTable one = ProfileTable.EMPTY.plus(profile("one"));
    ProfileTable two = one.plus(profile("two"));

    assertEquals(one, two.minus(ProfileKey.of(ADA, "two")));
    assertEquals(ProfileTable.EMPTY, two.minus(ADA));
  }

  private static ProfileDocument profile(String namespace) {
    return new ProfileDocument(ProfileKey.of(ADA, namespace), Json.object(), NOW, 1);
  }
}
