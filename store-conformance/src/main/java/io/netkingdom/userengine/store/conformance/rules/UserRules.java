package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Section USR: users. */
final class UserRules {

  private static final UserId SUPPLIED = UserId.of("00000000-0000-4000-8000-00000000ada0");

  @Rule(
      id = "USR-01",
      sentence =
          "Creating a user without an id MUST assign a new UUID of version 7; an id that is "
              + "supplied MUST be kept.",
      since = "0.1.0")
  void createAssignsAnId(RuleContext t) {
    Set<UserId> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      UserId id = t.users().create(UserDraft.named("user" + i)).id();
      t.equal("the version of the UUID that create assigned", 7, id.value().version());
      t.equal("the variant of the UUID that create assigned", 2, id.value().variant());
      t.holds("create assigns an id that it has not assigned before", ids.add(id));
    }
    User supplied = t.users().create(UserDraft.named("supplied").withId(SUPPLIED));
    t.equal("the id of a user that was created with one", SUPPLIED, supplied.id());
    t.equal(
        "the id by which that user is found",
        Optional.of(SUPPLIED),
        t.users().find(SUPPLIED).map(User::id));
  }

  @Rule(
      id = "USR-02",
      sentence =
          "What is read back, by any of the ways to find it, MUST equal what was written, "
              + "field by field.",
      since = "0.1.0")
  void readsBackWhatWasWritten(RuleContext t) {
    UserDraft draft =
        UserDraft.named("Ada.Lovelace")
            .withId(SUPPLIED)
            .withExternalId("EXT-1815")
            .withDisplayName("Ada, Countess of Lovelace")
            .withActive(false)
            .withEmail(Email.of("second@example.org").asVerified())
            .withEmail(Email.of("first@example.org").asPrimary())
            .withEmail("third@example.org");
    User created = t.users().create(draft);
    sameAttributes(t, "the user that create returned", draft, created);
    t.equal("the version of a new user", 1L, created.version());
    t.equal("lastModified of a new user", created.created(), created.lastModified());
    readsBack(t, created);

    UserDraft other =
        UserDraft.named("ada")
            .withExternalId("EXT-1852")
            .withDisplayName("Ada Byron")
            .withEmail(Email.of("third@example.org").asVerified().asPrimary());
    User updated = t.users().update(created.withAttributesOf(other));
    sameAttributes(t, "the user that update returned", other, updated);
    t.equal("the id after an update", created.id(), updated.id());
    readsBack(t, updated);

    User bare =
        t.users().update(updated.withExternalId(null).withDisplayName(null).withEmails(List.of()));
    sameAttributes(t, "the user that update emptied", UserDraft.named("ada"), bare);
    readsBack(t, bare);
  }

  private static void sameAttributes(RuleContext t, String what, UserDraft draft, User user) {
    t.equal(what + ": userName", draft.userName(), user.userName());
    t.equal(what + ": externalId", draft.externalId(), user.externalId());
    t.equal(what + ": displayName", draft.displayName(), user.displayName());
    t.equal(what + ": active", draft.active(), user.active());
    t.equal(what + ": emails", draft.emails(), user.emails());
  }

  private static void readsBack(RuleContext t, User user) {
    UserRepository users = t.users();
    t.equal("the user found by id", Optional.of(user), users.find(user.id()));
    t.equal("the user got by id", user, users.get(user.id()));
    t.equal("the user found by userName", Optional.of(user), users.findByUserName(user.userName()));
    ExternalId externalId = user.externalId();
    if (externalId != null) {
      t.equal(
          "the user found by externalId", Optional.of(user), users.findByExternalId(externalId));
    }
    for (Email email : user.emails()) {
      t.equal("the users found by e-mail", List.of(user), users.findByEmail(email.address()));
    }
  }

  @Rule(
      id = "USR-03",
      sentence =
          "An unknown id MUST be NotFound where a user is required, and an empty result "
              + "where one is looked up.",
      since = "0.1.0")
  void unknownIds(RuleContext t) {
    UserId unknown = UserId.of(UUID.nameUUIDFromBytes(new byte[] {1}));
    UserRepository users = t.users();
    t.equal("find of an unknown id", Optional.empty(), users.find(unknown));
    t.equal("find by an unknown name", Optional.empty(), users.findByUserName("nobody"));
    t.equal("find by an unknown external id", Optional.empty(), users.findByExternalId("nothing"));
    t.equal("find by an unknown e-mail", List.of(), users.findByEmail("nobody@example.org"));
    t.fails("get of an unknown id", StoreException.NotFound.class, () -> users.get(unknown));
    User deleted = users.create(UserDraft.named("deleted"));
    users.delete(deleted.id());
    t.fails(
        "update of a deleted user",
        StoreException.NotFound.class,
        () -> users.update(deleted.withDisplayName("again")));
    t.equal("find of a deleted user after its update", Optional.empty(), users.find(deleted.id()));
  }

  @Rule(
      id = "USR-04",
      sentence =
          "Looking up a user name MUST use its canonical key, and MUST return the name as "
              + "it was typed.",
      since = "0.1.0")
  void findsByCanonicalName(RuleContext t) {
    User user = t.users().create(UserDraft.named("Ada"));
    for (String spelling : List.of("Ada", "ada", "ADA", "aDa", "Ａｄａ")) {
      Optional<User> found = t.users().findByUserName(spelling);
      t.equal("the user found by a spelling of its name", Optional.of(user), found);
      t.equal(
          "the name of the user found by another spelling",
          Optional.of("Ada"),
          found.map(u -> u.userName().value()));
    }
    t.equal("find by a longer name", Optional.empty(), t.users().findByUserName("adam"));
  }

  @Rule(
      id = "USR-05",
      sentence = "Looking up an external id MUST compare it exactly.",
      since = "0.1.0")
  void findsByExactExternalId(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada").withExternalId("Ext-1"));
    t.equal(
        "the user found by its external id",
        Optional.of(user),
        t.users().findByExternalId("Ext-1"));
    for (String other : List.of("ext-1", "EXT-1", "Ext-1 ", " Ext-1", "Ext-", "Ext-_", "Ext-%")) {
      t.equal(
          "find by an external id that merely resembles",
          Optional.empty(),
          t.users().findByExternalId(other));
    }
    t.users().update(user.withExternalId("Ext-2"));
    t.equal(
        "find by the external id before the update",
        Optional.empty(),
        t.users().findByExternalId("Ext-1"));
    t.equal(
        "the user found by the external id after the update",
        Optional.of(user.id()),
        t.users().findByExternalId("Ext-2").map(User::id));
  }

  @Rule(
      id = "USR-06",
      sentence =
          "Looking up an e-mail address MUST return every user who has it now, and nobody "
              + "else.",
      since = "0.1.0")
  void findsEveryHolderOfAnEmail(RuleContext t) {
    User one = t.users().create(UserDraft.named("one").withEmail("family@example.org"));
    User two =
        t.users()
            .create(
                UserDraft.named("two")
                    .withEmail(Email.of("two@example.org").asPrimary())
                    .withEmail("family@example.org"));
    User three = t.users().create(UserDraft.named("three").withEmail("three@example.org"));
    t.equal(
        "the holders of a shared address",
        Set.of(one, two),
        Set.copyOf(t.users().findByEmail("family@example.org")));
    t.users().update(two.withEmails(List.of(Email.of("two@example.org"))));
    t.equal(
        "the holders after one of them gave it up",
        List.of(one),
        t.users().findByEmail("family@example.org"));
    t.users().update(three.withEmails(List.of(Email.of("family@example.org"))));
    t.equal(
        "the ids of the holders after another one took it",
        Set.of(one.id(), three.id()),
        Set.copyOf(t.users().findByEmail("family@example.org").stream().map(User::id).toList()));
    t.users().delete(one.id());
    t.equal(
        "the ids of the holders after one of them was deleted",
        List.of(three.id()),
        t.users().findByEmail("family@example.org").stream().map(User::id).toList());
  }

  @Rule(
      id = "USR-07",
      sentence =
          "An update that names another version than the stored one MUST fail with "
              + "StaleVersion and change nothing.",
      since = "0.1.0")
  void refusesAStaleUpdate(RuleContext t) {
    User seen = t.users().create(UserDraft.named("ada"));
    User current = t.users().update(seen.withDisplayName("first"));
    StoreException.StaleVersion stale =
        t.fails(
            "an update of a version that is no longer stored",
            StoreException.StaleVersion.class,
            () -> t.users().update(seen.withDisplayName("second")));
    t.equal("the version that the caller saw", seen.version(), stale.expected());
    t.equal("the version that is stored", current.version(), stale.actual());
    t.fails(
        "a stale update to the values that are stored",
        StoreException.StaleVersion.class,
        () -> t.users().update(seen.withDisplayName("first")));
    t.equal("the user after stale updates", Optional.of(current), t.users().find(current.id()));
  }

  @Rule(
      id = "USR-08",
      sentence =
          "An effective change MUST add exactly 1 to version and set lastModified to the "
              + "later of now and the previous value plus 1 microsecond; a change to the same "
              + "values MUST do neither.",
      since = "0.1.0")
  void countsEffectiveChanges(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    UserRepository users = store.tenant(t.tenant()).users();
    User first =
        users.create(UserDraft.named("ada").withDisplayName("A").withEmail("a@example.org"));

    clock.set("2030-01-01T00:00:05Z");
    User same = users.update(first);
    t.equal("the user after a change to the same values", first, same);
    t.equal("the stored user after it", Optional.of(first), users.find(first.id()));

    User second = users.update(same.withDisplayName("B"));
    t.equal("the version after a change", 2L, second.version());
    t.equal(
        "lastModified after the clock moved on",
        Instant.parse("2030-01-01T00:00:05Z"),
        second.lastModified());

    User third = users.update(second.withActive(false));
    t.equal("the version after another change", 3L, third.version());
    t.equal(
        "lastModified of a second change at the same time",
        Instant.parse("2030-01-01T00:00:05.000001Z"),
        third.lastModified());
    t.equal("created after changes", first.created(), third.created());
    t.equal("the stored user after changes", Optional.of(third), users.find(first.id()));
  }

  @Rule(
      id = "USR-09",
      sentence =
          "Times MUST come from the clock that the store was given, and lastModified MUST "
              + "NOT go back even if that clock does.",
      since = "0.1.0")
  void lastModifiedNeverGoesBack(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00.000123Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    UserRepository users = store.tenant(t.tenant()).users();
    User user = users.create(UserDraft.named("ada"));
    t.equal(
        "created, by the clock that the store was given",
        Instant.parse("2030-01-01T00:00:00.000123Z"),
        user.created());
    clock.set("2020-06-01T00:00:00Z");
    User changed = users.update(user.withDisplayName("B"));
    t.equal(
        "lastModified after the clock went back",
        Instant.parse("2030-01-01T00:00:00.000124Z"),
        changed.lastModified());
    t.equal(
        "lastModified of an upsert after the clock went back",
        Instant.parse("2030-01-01T00:00:00.000125Z"),
        users.upsert(UserDraft.named("ada").withDisplayName("C")).record().lastModified());
  }

  @Rule(
      id = "USR-10",
      sentence =
          "Creating a user with a taken key MUST be a Conflict that names the first of id, "
              + "userName and externalId that is taken, and MUST leave the holder untouched.",
      since = "0.1.0")
  void refusesATakenKey(RuleContext t) {
    UserRepository users = t.users();
    User first = users.create(UserDraft.named("ada").withExternalId("ext").withDisplayName("A"));
    t.conflicts(
        "creating a user with a taken name",
        "userName",
        () -> users.create(UserDraft.named("ADA")));
    t.conflicts(
        "creating a user with a taken external id",
        "externalId",
        () -> users.create(UserDraft.named("grace").withExternalId("ext")));
    t.conflicts(
        "creating a user with a taken id",
        "id",
        () -> users.create(UserDraft.named("grace").withId(first.id())));
    t.conflicts(
        "creating a user with nothing but taken keys",
        "id",
        () -> users.create(UserDraft.named("ada").withExternalId("ext").withId(first.id())));
    t.conflicts(
        "creating a user with a taken name and external id",
        "userName",
        () -> users.create(UserDraft.named("ada").withExternalId("ext")));
    t.equal("the first user after all of this", Optional.of(first), users.find(first.id()));
    t.equal("the other name after all of this", Optional.empty(), users.findByUserName("grace"));
  }

  @Rule(
      id = "USR-11",
      sentence =
          "At most one e-mail address of a user MUST be the primary one, also when another "
              + "one becomes it.",
      since = "0.1.0")
  void keepsOnePrimaryEmail(RuleContext t) {
    Email a = Email.of("a@example.org");
    Email b = Email.of("b@example.org");
    t.invalid(
        "a draft with two primary addresses",
        "emails",
        () -> UserDraft.named("ada").withEmail(a.asPrimary()).withEmail(b.asPrimary()));
    User user = t.users().create(UserDraft.named("ada").withEmail(a.asPrimary()).withEmail(b));
    t.invalid(
        "an edit to two primary addresses",
        "emails",
        () -> user.withEmails(List.of(a.asPrimary(), b.asPrimary())));
    t.users().update(user.withEmails(List.of(a, b.asPrimary())));
    t.equal(
        "the addresses after another one became the primary one",
        List.of(a, b.asPrimary()),
        t.users().get(user.id()).emails());
    t.users().update(t.users().get(user.id()).withEmails(List.of(a, b)));
    t.equal(
        "the addresses after none was the primary one any more",
        List.of(a, b),
        t.users().get(user.id()).emails());
  }

  @Rule(
      id = "USR-12",
      sentence =
          "E-mail addresses MUST be found without regard to the case of ASCII letters, and "
              + "otherwise exactly.",
      since = "0.1.0")
  void foldsAsciiOnlyInEmails(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada").withEmail("Ada.K@Example.org"));
    User kelvin = t.users().create(UserDraft.named("lord").withEmail("ada.\u212A@example.org"));
    t.equal(
        "the holders by another case of ASCII letters",
        List.of(user),
        t.users().findByEmail("aDA.k@eXAMPLE.ORG"));
    t.equal(
        "the holders of an address with the Kelvin sign",
        List.of(kelvin),
        t.users().findByEmail("ADA.\u212A@EXAMPLE.ORG"));
    t.equal(
        "the address as it was typed",
        "Ada.K@Example.org",
        t.users().get(user.id()).emails().get(0).address().value());
    t.equal(
        "the holders by a full-width letter",
        List.of(),
        t.users().findByEmail("ａda.k@example.org"));
    t.equal(
        "the holders by an address that merely resembles",
        List.of(),
        t.users().findByEmail("ada_k@example.org"));
  }

  @Rule(
      id = "USR-13",
      sentence = "An update MUST NOT take created and lastModified from the caller.",
      since = "0.1.0")
  void updateKeepsWhatItDoesNotChange(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada"));
    Instant forged = Instant.parse("1999-12-31T00:00:00Z");
    User edited =
        new User(
            user.id(), user.userName(), null, "B", true, List.of(), forged, forged, user.version());
    User updated = t.users().update(edited);
    t.equal("created after an edit that names another", user.created(), updated.created());
    t.holds(
        "lastModified is the store's own, also when an edit names another",
        updated.lastModified().isAfter(user.lastModified()));
    t.equal("the stored user", Optional.of(updated), t.users().find(user.id()));
  }

  /** Ids are chosen so that the signed order of java.util.UUID is another. */
  @Rule(
      id = "USR-14",
      sentence =
          "Users with one e-mail address MUST be listed in ascending unsigned order of "
              + "their ids.",
      since = "0.1.0")
  void listsHoldersInOrderOfTheirIds(RuleContext t) {
    List<UserId> ascending =
        List.of(
            UserId.of("00000000-0000-4000-8000-000000000001"),
            UserId.of("00000000-0000-4000-8000-000000000002"),
            UserId.of("7fffffff-ffff-4fff-8fff-ffffffffffff"),
            UserId.of("80000000-0000-4000-8000-000000000000"),
            UserId.of("ffffffff-ffff-4fff-bfff-ffffffffffff"));
    for (int i : new int[] {3, 0, 4, 2, 1}) {
      t.users()
          .create(
              UserDraft.named("user" + i).withId(ascending.get(i)).withEmail("all@example.org"));
    }
    t.equal(
        "the holders of one address, by id",
        ascending,
        t.users().findByEmail("all@example.org").stream().map(User::id).toList());
  }

  @Rule(
      id = "USR-15",
      sentence =
          "An update to another user's key MUST be a Conflict that names the first of "
              + "userName and externalId that is taken, and MUST change neither user.",
      since = "0.1.0")
  void refusesAnUpdateToATakenKey(RuleContext t) {
    UserRepository users = t.users();
    User ada = users.create(UserDraft.named("ada").withExternalId("1"));
    User grace = users.create(UserDraft.named("grace").withExternalId("2").withDisplayName("G"));
    t.conflicts(
        "an update to another user's external id",
        "externalId",
        () -> users.update(grace.withExternalId("1").withDisplayName("changed")));
    t.conflicts(
        "an update to another user's name and external id",
        "userName",
        () -> users.update(grace.withUserName("Ada").withExternalId("1")));
    t.equal("the user that was to change", Optional.of(grace), users.find(grace.id()));
    t.equal("the user that held the key", Optional.of(ada), users.find(ada.id()));
    t.equal("the holder of the external id", Optional.of(ada), users.findByExternalId("1"));
    User swapped = users.update(grace.withExternalId("3"));
    t.equal(
        "the version after the first change that was accepted",
        grace.version() + 1,
        swapped.version());
  }
}
