package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Section UPS: upsert by natural key. */
final class UpsertRules {

  private static final UserId UNUSED = UserId.of(UUID.nameUUIDFromBytes(new byte[] {2}));

  @Rule(
      id = "UPS-01",
      sentence =
          "An upsert MUST report Created, Updated or Unchanged, with the record that is "
              + "stored afterwards.",
      since = "0.1.0")
  void saysWhatItDid(RuleContext t) {
    UserRepository users = t.users();
    UpsertResult<User> created = users.upsert(UserDraft.named("ada").withDisplayName("A"));
    t.isA("upserting a name that is free", Created.class, created);
    t.equal("the stored user", Optional.of(created.record()), users.findByUserName("ada"));

    UpsertResult<User> updated = users.upsert(UserDraft.named("ada").withDisplayName("B"));
    t.isA("upserting other values", Updated.class, updated);
    t.equal("the id after an update", created.record().id(), updated.record().id());
    t.equal("the version after an update", 2L, updated.record().version());
    t.equal("the display name after an update", "B", updated.record().displayName());
    t.equal("the stored user", Optional.of(updated.record()), users.findByUserName("ada"));

    UpsertResult<User> unchanged = users.upsert(UserDraft.named("ada").withDisplayName("B"));
    t.isA("upserting the same values", Unchanged.class, unchanged);
    t.equal("the record of an upsert without effect", updated.record(), unchanged.record());
  }

  @Rule(
      id = "UPS-02",
      sentence = "Repeating an upsert MUST be Unchanged and keep id, version and lastModified.",
      since = "0.1.0")
  void repeatingItChangesNothing(RuleContext t) {
    UserDraft draft =
        UserDraft.named("ada")
            .withExternalId("1")
            .withDisplayName("Ada")
            .withEmail(Email.of("b@example.org").asPrimary())
            .withEmail("a@example.org");
    User first = t.users().upsert(draft).record();
    for (int i = 0; i < 3; i++) {
      UpsertResult<User> again = t.users().upsert(draft);
      t.isA("repeating an upsert", Unchanged.class, again);
      t.equal("id, version and times after repeating it", first, again.record());
    }
    t.equal("the stored user", Optional.of(first), t.users().find(first.id()));
    t.equal("users", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "UPS-03",
      sentence =
          "Concurrent upserts of one name MUST make one user: one caller is told Created, "
              + "and all are told of the same user.",
      since = "0.1.0")
  void concurrentUpsertsMakeOneUser(RuleContext t) throws Exception {
    int threads = 8;
    for (int round = 0; round < 5; round++) {
      String name = "ada" + round;
      List<UpsertResult<User>> results =
          Concurrent.run(
              threads, i -> () -> t.users().upsert(UserDraft.named(name).withDisplayName("A")));
      t.equal(
          "how many of the concurrent upserts created the user",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many found it as it should be",
          (long) threads - 1,
          results.stream().filter(Unchanged.class::isInstance).count());
      Set<User> seen = new HashSet<>();
      results.forEach(result -> seen.add(result.record()));
      t.equal("how many users the callers were told of", 1, seen.size());
      t.equal("users", round + 1L, Counts.users(t, t.records()));
    }
    SteppedTransaction.Step<UpsertResult<User>> upsert =
        tx -> tx.users().upsert(UserDraft.named("both"));
    t.equal(
        "how many of the concurrent upserts created the user, of which one began before the"
            + " other's commit",
        1L,
        1L + t.overlapping(upsert, upsert).filter(Created.class::isInstance).stream().count());
    t.equal("users after that", 6L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "UPS-04",
      sentence =
          "An upsert that would take a key of another user MUST be a Conflict that names "
              + "the key, and MUST change nothing.",
      since = "0.1.0")
  void refusesAnotherUsersKey(RuleContext t) {
    UserRepository users = t.users();
    User ada = users.create(UserDraft.named("ada").withExternalId("1"));
    User grace = users.create(UserDraft.named("grace").withExternalId("2").withDisplayName("G"));
    t.conflicts(
        "updating to another user's external id",
        "externalId",
        () -> users.upsert(UserDraft.named("grace").withExternalId("1").withDisplayName("X")));
    t.conflicts(
        "creating with another user's external id",
        "externalId",
        () -> users.upsert(UserDraft.named("edith").withExternalId("1")));
    t.conflicts(
        "creating with another user's id",
        "id",
        () -> users.upsert(UserDraft.named("edith").withId(ada.id())));
    t.equal("the holder", Optional.of(ada), users.find(ada.id()));
    t.equal("the user that was to be updated", Optional.of(grace), users.find(grace.id()));
    t.equal("the user that was to be created", Optional.empty(), users.findByUserName("edith"));
  }

  @Rule(
      id = "UPS-07",
      sentence =
          "An upsert MUST give the user all of the draft: what the draft leaves out is "
              + "absent afterwards.",
      since = "0.1.0")
  void givesTheUserAllOfTheDraft(RuleContext t) {
    User full =
        t.users()
            .create(
                UserDraft.named("ada")
                    .withExternalId("1")
                    .withDisplayName("Ada")
                    .withActive(false)
                    .withEmail("ada@example.org"));
    UpsertResult<User> bare = t.users().upsert(UserDraft.named("ada"));
    t.isA("an upsert that leaves values out", Updated.class, bare);
    t.equal("the external id that was left out", null, bare.record().externalId());
    t.equal("the display name that was left out", null, bare.record().displayName());
    t.equal("the addresses that were left out", List.of(), bare.record().emails());
    t.equal("whether the user is active, as in the draft", true, bare.record().active());
    t.equal("created after the upsert", full.created(), bare.record().created());
    t.equal("the stored user", Optional.of(bare.record()), t.users().find(full.id()));
    t.equal(
        "find by the address that is gone", List.of(), t.users().findByEmail("ada@example.org"));
  }

  @Rule(
      id = "UPS-08",
      sentence =
          "An upsert MUST find the user by canonical key, and another spelling of the name "
              + "is a change.",
      since = "0.1.0")
  void findsTheUserByCanonicalKey(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    UpsertResult<User> respelled = t.users().upsert(UserDraft.named("Ada"));
    t.isA("an upsert in another spelling", Updated.class, respelled);
    t.equal("the id of the user", ada.id(), respelled.record().id());
    t.equal("the name in its other spelling", "Ada", respelled.record().userName().value());
    t.equal("users", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "UPS-09",
      sentence = "The draft's id MUST be used only when a user is created.",
      since = "0.1.0")
  void usesTheDraftsIdOnlyToCreate(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User other = t.users().create(UserDraft.named("other"));
    t.isA(
        "an upsert that names an unused id",
        Unchanged.class,
        t.users().upsert(UserDraft.named("ada").withId(UNUSED)));
    UpsertResult<User> updated =
        t.users().upsert(UserDraft.named("ada").withId(other.id()).withDisplayName("A"));
    t.equal("the id of the updated user", ada.id(), updated.record().id());
    t.equal("find by the unused id", Optional.empty(), t.users().find(UNUSED));
    t.equal("the user whose id was named", Optional.of(other), t.users().find(other.id()));
    t.equal(
        "the id of a user that an upsert created with one",
        UNUSED,
        t.users().upsert(UserDraft.named("new").withId(UNUSED)).record().id());
  }
}
