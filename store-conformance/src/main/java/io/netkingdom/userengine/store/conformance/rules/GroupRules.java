package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.Pages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Section GRP: groups and memberships. */
final class GroupRules {

  private static final int THREADS = 8;
  private static final GroupId SUPPLIED = GroupId.of("00000000-0000-4000-8000-00000000beef");
  private static final GroupId NO_GROUP = GroupId.of(UUID.nameUUIDFromBytes(new byte[] {11}));
  private static final UserId NO_USER = UserId.of(UUID.nameUUIDFromBytes(new byte[] {12}));

  @Rule(
      id = "GRP-01",
      sentence = "Adding a member again MUST be Unchanged and keep the one membership as it is.",
      since = "0.1.0")
  void joiningTwiceIsOneMembership(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    GroupRepository groups = store.tenant(t.tenant()).groups();
    User ada = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    Group team = groups.create(GroupDraft.named("Team"));
    Membership membership =
        new Membership(team.id(), ada.id(), Instant.parse("2030-01-01T00:00:00Z"));
    t.equal("joining", new Created<>(membership), groups.addMember(team.id(), ada.id()));
    clock.set("2030-01-02T00:00:00Z");
    t.equal("joining again", new Unchanged<>(membership), groups.addMember(team.id(), ada.id()));
    t.equal(
        "find of the membership after that",
        Optional.of(membership),
        groups.findMember(team.id(), ada.id()));
    t.equal(
        "the members",
        List.of(membership),
        Pages.all(t, page -> groups.listMembers(team.id(), page)));
    t.equal("memberships", 1L, Counts.of(t, store.tenant(t.tenant()), RecordKind.MEMBERSHIP));
  }

  @Rule(id = "GRP-02", sentence = "100 parallel joins MUST make 100 members.", since = "0.1.0")
  void parallelJoinsAllCount(RuleContext t) throws Exception {
    int joins = 100;
    Group team = t.groups().create(GroupDraft.named("Team"));
    List<UserId> users =
        t.inTransaction(
            tx ->
                IntStream.range(0, joins)
                    .mapToObj(i -> tx.users().create(UserDraft.named("user" + i)).id())
                    .toList());
    Concurrent.run(
        THREADS,
        thread ->
            () -> {
              for (int i = thread; i < joins; i += THREADS) {
                t.isA("joining", Created.class, t.groups().addMember(team.id(), users.get(i)));
              }
              return true;
            });
    t.equal(
        "the members after the parallel joins",
        users.stream().sorted().toList(),
        Pages.all(t, page -> t.groups().listMembers(team.id(), page)).stream()
            .map(Membership::userId)
            .toList());
    t.equal("memberships", (long) joins, Counts.of(t, t.records(), RecordKind.MEMBERSHIP));
  }

  @Rule(
      id = "GRP-03",
      sentence = "Deleting a group MUST remove it with its memberships, and no user.",
      since = "0.1.0")
  void deletingAGroupTakesItsMemberships(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    Group team = t.groups().create(GroupDraft.named("Team"));
    Group other = t.groups().create(GroupDraft.named("Other"));
    t.groups().addMember(team.id(), ada.id());
    t.groups().addMember(team.id(), grace.id());
    Membership kept = t.groups().addMember(other.id(), ada.id()).record();
    t.equal("deleting", true, t.groups().delete(team.id()));
    t.equal("find of the group", Optional.empty(), t.groups().find(team.id()));
    t.equal("find by its name", Optional.empty(), t.groups().findByDisplayName("team"));
    t.equal("find of a membership", Optional.empty(), t.groups().findMember(team.id(), grace.id()));
    t.equal("the group's members", List.of(), members(t, team.id()));
    t.equal("a member, who stays", Optional.of(ada), t.users().find(ada.id()));
    t.equal("the other member, who stays", Optional.of(grace), t.users().find(grace.id()));
    t.equal("a member's memberships", List.of(kept), memberships(t, ada.id()));
    t.equal("another group", Optional.of(other), t.groups().find(other.id()));
    t.equal("memberships", 1L, Counts.of(t, t.records(), RecordKind.MEMBERSHIP));
    Group again = t.groups().create(GroupDraft.named("Team").withId(team.id()));
    t.equal("the members of a new group of that id", List.of(), members(t, again.id()));
  }

  @Rule(
      id = "GRP-04",
      sentence = "Deleting a user MUST remove it from every group, and no group.",
      since = "0.1.0")
  void deletingAUserTakesItOutOfEveryGroup(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    Group team = t.groups().create(GroupDraft.named("Team"));
    Group other = t.groups().create(GroupDraft.named("Other"));
    t.groups().addMember(team.id(), ada.id());
    t.groups().addMember(other.id(), ada.id());
    Membership kept = t.groups().addMember(team.id(), grace.id()).record();
    t.users().delete(ada.id());
    t.equal("the members who are left", List.of(kept), members(t, team.id()));
    t.equal("the members of a group that is empty now", List.of(), members(t, other.id()));
    t.equal("find of a membership", Optional.empty(), t.groups().findMember(other.id(), ada.id()));
    t.equal("the user's memberships", List.of(), memberships(t, ada.id()));
    t.equal("a group, which stays as it is", Optional.of(team), t.groups().find(team.id()));
    t.equal("the other group", Optional.of(other), t.groups().find(other.id()));
    t.equal("memberships", 1L, Counts.of(t, t.records(), RecordKind.MEMBERSHIP));
  }

  @Rule(
      id = "GRP-05",
      sentence =
          "Joining MUST be UnknownReference that names the first of groupId and userId that "
              + "does not exist in the tenant, and leave no membership.",
      since = "0.1.0")
  void joiningNeedsAGroupAndAUser(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    Group team = t.groups().create(GroupDraft.named("Team"));
    t.refersToNothing(
        "joining an unknown group", "groupId", () -> t.groups().addMember(NO_GROUP, ada.id()));
    t.refersToNothing(
        "an unknown user who joins", "userId", () -> t.groups().addMember(team.id(), NO_USER));
    t.refersToNothing(
        "an unknown user who joins an unknown group",
        "groupId",
        () -> t.groups().addMember(NO_GROUP, NO_USER));
    GroupRepository elsewhere = t.store().tenant(t.newTenant()).groups();
    Group theirs = elsewhere.create(GroupDraft.named("Team"));
    t.refersToNothing(
        "joining another tenant's group",
        "groupId",
        () -> t.groups().addMember(theirs.id(), ada.id()));
    t.refersToNothing(
        "another tenant's user who joins",
        "userId",
        () -> elsewhere.addMember(theirs.id(), ada.id()));
    t.equal("the members", List.of(), members(t, team.id()));
    t.equal("the members of an unknown group", List.of(), members(t, NO_GROUP));
    t.equal("the memberships of an unknown user", List.of(), memberships(t, NO_USER));
    t.equal("memberships", 0L, Counts.of(t, t.records(), RecordKind.MEMBERSHIP));
  }

  @Rule(
      id = "GRP-06",
      sentence =
          "Looking up a group by name MUST use the canonical key of group names, and MUST "
              + "return the name as it was typed; what is no group name MUST be InvalidInput.",
      since = "0.1.0")
  void namesFollowTheCanonicalKey(RuleContext t) {
    Group team = t.groups().create(GroupDraft.named("Engineering Team"));
    for (String spelling :
        List.of(
            "Engineering Team",
            "engineering team",
            "ENGINEERING TEAM",
            "  Engineering   Team ",
            "Engineering\u00A0Team",
            "Ｅngineering\u3000Team")) {
      Optional<Group> found = t.groups().findByDisplayName(spelling);
      t.equal("the group found by a spelling of its name", Optional.of(team), found);
      t.equal(
          "the name of the group found by another spelling",
          Optional.of("Engineering Team"),
          found.map(group -> group.displayName().value()));
      t.conflicts(
          "a group of the same name in another spelling",
          "displayName",
          () -> t.groups().create(GroupDraft.named(spelling)));
    }
    t.equal("find by other words", Optional.empty(), t.groups().findByDisplayName("engineering"));
    t.equal(
        "find by the same letters without a space",
        Optional.empty(),
        t.groups().findByDisplayName("engineeringteam"));
    for (String refused : List.of("", "   ", "a\u0000b", "a\nb", "a\uD83D", "a\u0378")) {
      t.invalid(
          "creating a group of that name",
          "displayName",
          () -> t.groups().create(GroupDraft.named(refused)));
      t.invalid(
          "looking for a group of that name",
          "displayName",
          () -> t.groups().findByDisplayName(refused));
    }
    t.equal("groups", 1L, Counts.of(t, t.records(), RecordKind.GROUP));
  }

  @Rule(
      id = "GRP-07",
      sentence =
          "What is read back of a group, by any of the ways to find it, MUST equal what was "
              + "written; a group without an id is assigned a new UUID of version 7.",
      since = "0.1.0")
  void readsBackWhatWasWritten(RuleContext t) {
    Set<GroupId> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      GroupId id = t.groups().create(GroupDraft.named("Group " + i)).id();
      t.equal("the version of the UUID that create assigned", 7, id.value().version());
      t.holds("create assigns an id that it has not assigned before", ids.add(id));
    }
    Group team =
        t.groups().create(GroupDraft.named("  The Team").withId(SUPPLIED).withExternalId("Ext-1"));
    t.equal("the id of a group that was created with one", SUPPLIED, team.id());
    t.equal("the name as it was typed", "  The Team", team.displayName().value());
    t.equal("the external id", ExternalId.of("Ext-1"), team.externalId());
    t.equal("the version of a new group", 1L, team.version());
    t.equal("lastModified of a new group", team.created(), team.lastModified());
    t.equal("the group found by id", Optional.of(team), t.groups().find(SUPPLIED));
    t.equal("the group found by name", Optional.of(team), t.groups().findByDisplayName("the team"));
    t.equal(
        "the group found by external id", Optional.of(team), t.groups().findByExternalId("Ext-1"));
    t.equal(
        "find by an external id that merely resembles",
        Optional.empty(),
        t.groups().findByExternalId("ext-1"));
    Group bare = t.groups().update(team.withExternalId(null).withDisplayName("Team"));
    t.equal("the external id that was removed", null, bare.externalId());
    t.equal("the group found by id after an update", Optional.of(bare), t.groups().find(SUPPLIED));
    t.equal(
        "find by the external id that was removed",
        Optional.empty(),
        t.groups().findByExternalId("Ext-1"));
  }

  @Rule(
      id = "GRP-08",
      sentence =
          "Versions and times of groups MUST behave as those of users do, and members "
              + "coming and going MUST NOT change them.",
      since = "0.1.0")
  void updatesNameTheVersionTheySaw(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    GroupRepository groups = store.tenant(t.tenant()).groups();
    Group first = groups.create(GroupDraft.named("Team"));
    User ada = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    clock.set("2030-01-01T00:00:05Z");
    groups.addMember(first.id(), ada.id());
    t.equal("the group after a member joined", Optional.of(first), groups.find(first.id()));
    groups.removeMember(first.id(), ada.id());
    t.equal("the group after a member left", Optional.of(first), groups.find(first.id()));
    t.equal("the group after a change to the same values", first, groups.update(first));

    Group second = groups.update(first.withDisplayName("team"));
    t.equal("the version after a change", 2L, second.version());
    t.equal(
        "lastModified after the clock moved on",
        Instant.parse("2030-01-01T00:00:05Z"),
        second.lastModified());
    clock.set("2020-01-01T00:00:00Z");
    Group third = groups.update(second.withExternalId("1"));
    t.equal(
        "lastModified after the clock went back",
        Instant.parse("2030-01-01T00:00:05.000001Z"),
        third.lastModified());
    t.equal("created after changes", first.created(), third.created());

    StoreException.StaleVersion stale =
        t.fails(
            "an update of a version that is no longer stored",
            StoreException.StaleVersion.class,
            () -> groups.update(first.withDisplayName("Other")));
    t.equal("the version that the caller saw", 1L, stale.expected());
    t.equal("the version that is stored", 3L, stale.actual());
    t.fails(
        "a stale update to the values that are stored",
        StoreException.StaleVersion.class,
        () -> groups.update(first.withDisplayName("team").withExternalId("1")));
    t.equal("the group after stale updates", Optional.of(third), groups.find(first.id()));
  }

  @Rule(
      id = "GRP-09",
      sentence =
          "An upsert of a group MUST find it by canonical name, give it all of the draft "
              + "but the id, and report Created, Updated or Unchanged; a key of another group "
              + "MUST be a Conflict that changes nothing.",
      since = "0.1.0")
  void upsertSaysWhatItDid(RuleContext t) {
    UpsertResult<Group> created = t.groups().upsert(GroupDraft.named("Team").withExternalId("1"));
    t.isA("upserting a name that is free", Created.class, created);
    t.equal(
        "the stored group", Optional.of(created.record()), t.groups().findByDisplayName("Team"));
    t.equal(
        "repeating an upsert",
        new Unchanged<>(created.record()),
        t.groups().upsert(GroupDraft.named("Team").withExternalId("1")));
    t.equal(
        "an upsert that names an unused id",
        new Unchanged<>(created.record()),
        t.groups().upsert(GroupDraft.named("Team").withExternalId("1").withId(SUPPLIED)));
    UpsertResult<Group> updated = t.groups().upsert(GroupDraft.named("TEAM"));
    t.isA("upserting another spelling without an external id", Updated.class, updated);
    t.equal("the id after an upsert", created.record().id(), updated.record().id());
    t.equal("the version after it", 2L, updated.record().version());
    t.equal("the external id that was left out", null, updated.record().externalId());
    t.equal(
        "the group after it",
        Optional.of(updated.record()),
        t.groups().find(updated.record().id()));

    Group holder = t.groups().create(GroupDraft.named("Holder").withExternalId("taken"));
    t.conflicts(
        "upserting to another group's external id",
        "externalId",
        () -> t.groups().upsert(GroupDraft.named("Team").withExternalId("taken")));
    t.conflicts(
        "upserting a new name with a taken id",
        "id",
        () -> t.groups().upsert(GroupDraft.named("New").withId(holder.id())));
    t.equal(
        "the group after that",
        Optional.of(updated.record()),
        t.groups().findByDisplayName("team"));
    t.equal("the holder after that", Optional.of(holder), t.groups().find(holder.id()));
    t.equal("groups", 2L, Counts.of(t, t.records(), RecordKind.GROUP));
  }

  @Rule(
      id = "GRP-10",
      sentence =
          "Creating or updating a group with a taken key MUST be a Conflict that names the "
              + "first of id, displayName and externalId that is taken, and MUST change nothing.",
      since = "0.1.0")
  void refusesATakenKey(RuleContext t) {
    Group first = t.groups().create(GroupDraft.named("Team").withExternalId("1"));
    Group second = t.groups().create(GroupDraft.named("Other").withExternalId("2"));
    t.conflicts(
        "creating a group with a taken name",
        "displayName",
        () -> t.groups().create(GroupDraft.named("TEAM")));
    t.conflicts(
        "creating a group with a taken external id",
        "externalId",
        () -> t.groups().create(GroupDraft.named("New").withExternalId("1")));
    t.conflicts(
        "creating a group with nothing but taken keys",
        "id",
        () -> t.groups().create(GroupDraft.named("Team").withExternalId("1").withId(first.id())));
    t.conflicts(
        "creating a group with a taken name and external id",
        "displayName",
        () -> t.groups().create(GroupDraft.named("Team").withExternalId("1")));
    t.conflicts(
        "an update to another group's external id",
        "externalId",
        () -> t.groups().update(second.withExternalId("1")));
    t.conflicts(
        "an update to another group's name and external id",
        "displayName",
        () -> t.groups().update(second.withDisplayName("team").withExternalId("1")));
    t.equal("the first group after all of this", Optional.of(first), t.groups().find(first.id()));
    t.equal("the second group", Optional.of(second), t.groups().find(second.id()));
    t.equal("groups", 2L, Counts.of(t, t.records(), RecordKind.GROUP));
  }

  @Rule(
      id = "GRP-11",
      sentence =
          "Leaving a group MUST say whether the user was in it, and MUST leave every other "
              + "membership; joining again begins anew.",
      since = "0.1.0")
  void leavingSaysWhetherTheUserWasIn(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    GroupRepository groups = store.tenant(t.tenant()).groups();
    User ada = store.tenant(t.tenant()).users().create(UserDraft.named("ada"));
    User grace = store.tenant(t.tenant()).users().create(UserDraft.named("grace"));
    Group team = groups.create(GroupDraft.named("Team"));
    Group other = groups.create(GroupDraft.named("Other"));
    groups.addMember(team.id(), ada.id());
    Membership graces = groups.addMember(team.id(), grace.id()).record();
    Membership elsewhere = groups.addMember(other.id(), ada.id()).record();
    t.equal("leaving", true, groups.removeMember(team.id(), ada.id()));
    t.equal("leaving again", false, groups.removeMember(team.id(), ada.id()));
    t.equal("leaving an unknown group", false, groups.removeMember(NO_GROUP, ada.id()));
    t.equal("an unknown user who leaves", false, groups.removeMember(team.id(), NO_USER));
    t.equal("find of the membership", Optional.empty(), groups.findMember(team.id(), ada.id()));
    t.equal(
        "the members who are left",
        List.of(graces),
        Pages.all(t, page -> groups.listMembers(team.id(), page)));
    t.equal(
        "the memberships that are left",
        List.of(elsewhere),
        Pages.all(t, page -> groups.listMemberships(ada.id(), page)));
    clock.set("2030-01-02T00:00:00Z");
    t.equal(
        "since after joining again",
        Instant.parse("2030-01-02T00:00:00Z"),
        groups.addMember(team.id(), ada.id()).record().since());
  }

  @Rule(
      id = "GRP-12",
      sentence =
          "Deleting a group or user while another transaction adds the one to the other "
              + "MUST leave no membership without both, whichever comes first.",
      since = "0.1.0")
  void deletingAndJoiningLeaveNoOrphan(RuleContext t) throws Exception {
    for (boolean deletesUser : new boolean[] {true, false}) {
      for (boolean deletesFirst : new boolean[] {true, false}) {
        for (boolean commits : new boolean[] {true, false}) {
          String name =
              (deletesUser ? "user-" : "group-")
                  + (deletesFirst ? "deleted-first" : "joined-first")
                  + (commits ? "" : "-undone");
          UserId user = t.users().create(UserDraft.named(name)).id();
          GroupId group = t.groups().create(GroupDraft.named(name)).id();
          SteppedTransaction.Step<@Nullable Object> delete =
              tx -> deletesUser ? tx.users().delete(user) : tx.groups().delete(group);
          SteppedTransaction.Step<@Nullable Object> join = tx -> tx.groups().addMember(group, user);

          SteppedTransaction first = t.begin();
          first.step(deletesFirst ? delete : join);
          SteppedTransaction second = t.begin();
          Future<@Nullable Object> step = second.start(deletesFirst ? join : delete);
          Future<?> commit = second.startCommit();
          if (commits) {
            first.commit();
          } else {
            first.rollback();
          }
          Throwable refusal = RuleContext.thrownBy(() -> SteppedTransaction.await(step));
          Throwable end = RuleContext.thrownBy(() -> SteppedTransaction.await(commit));

          boolean both = t.users().find(user).isPresent() && t.groups().find(group).isPresent();
          Optional<Membership> found = t.groups().findMember(group, user);
          t.holds(name + ": a membership has a user and a group", both || found.isEmpty());
          t.equal(name + ": the members", found.map(List::of).orElse(List.of()), members(t, group));
          t.equal(
              name + ": the memberships",
              found.map(List::of).orElse(List.of()),
              memberships(t, user));
          if (refusal == null && end == null) {
            t.equal(
                name + ": whether the membership is there, when the second transaction committed",
                deletesFirst,
                found.isPresent());
          } else if (deletesFirst && commits) {
            t.holds(
                name
                    + ": joining is refused with UnknownReference or Retryable, and not with "
                    + Messages.describe(refusal),
                refusal instanceof StoreException.UnknownReference
                    || refusal instanceof StoreException.Retryable);
          }
        }
      }
    }
  }

  @Rule(
      id = "GRP-13",
      sentence =
          "Concurrent joins of one user MUST make one membership, and one caller is told "
              + "Created.",
      since = "0.1.0")
  void concurrentJoinsOfOneUserMakeOneMembership(RuleContext t) throws Exception {
    User ada = t.users().create(UserDraft.named("ada"));
    for (int round = 0; round < 3; round++) {
      Group team = t.groups().create(GroupDraft.named("Team " + round));
      List<UpsertResult<Membership>> results =
          Concurrent.run(THREADS, i -> () -> t.groups().addMember(team.id(), ada.id()));
      t.equal(
          "how many of the concurrent calls made the membership",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many memberships the callers were told of",
          1L,
          results.stream().map(UpsertResult::record).distinct().count());
      t.equal("the members", List.of(results.get(0).record()), members(t, team.id()));
    }
  }

  @Rule(
      id = "GRP-14",
      sentence =
          "Concurrent upserts or creations of one group name MUST make one group: one "
              + "caller creates it, and the others get it or a Conflict.",
      since = "0.1.0")
  void concurrentCreationsOfOneNameMakeOneGroup(RuleContext t) throws Exception {
    for (int round = 0; round < 3; round++) {
      String name = "Upserted " + round;
      List<UpsertResult<Group>> results =
          Concurrent.run(THREADS, i -> () -> t.groups().upsert(GroupDraft.named(name)));
      t.equal(
          "how many of the concurrent upserts created the group",
          1L,
          results.stream().filter(Created.class::isInstance).count());
      t.equal(
          "how many groups the callers were told of",
          1L,
          results.stream().map(UpsertResult::record).distinct().count());
      String other = "Created " + round;
      List<Optional<Throwable>> outcomes =
          Concurrent.run(
              THREADS,
              i ->
                  () ->
                      Optional.ofNullable(
                          RuleContext.thrownBy(() -> t.groups().create(GroupDraft.named(other)))));
      t.equal(
          "how many of the concurrent calls created the group",
          1L,
          outcomes.stream().filter(Optional::isEmpty).count());
      for (Optional<Throwable> outcome : outcomes) {
        outcome.ifPresent(
            told -> t.isA("what the others were told", StoreException.Conflict.class, told));
      }
      t.equal("groups", 2L * (round + 1), Counts.of(t, t.records(), RecordKind.GROUP));
    }
    SteppedTransaction.Step<UpsertResult<Group>> upsert =
        tx -> tx.groups().upsert(GroupDraft.named("Both"));
    t.equal(
        "how many of the concurrent upserts created the group, of which one began before the"
            + " other's commit",
        1L,
        1L + t.overlapping(upsert, upsert).filter(Created.class::isInstance).stream().count());
    t.equal("groups after that", 7L, Counts.of(t, t.records(), RecordKind.GROUP));
  }

  @Rule(
      id = "GRP-15",
      sentence =
          "An unknown group MUST be NotFound where one is required, an empty result where "
              + "one is looked up, and false where one is deleted.",
      since = "0.1.0")
  void anUnknownGroupIsSaidToBeUnknown(RuleContext t) {
    t.equal("find of an unknown id", Optional.empty(), t.groups().find(NO_GROUP));
    t.fails("get of an unknown id", StoreException.NotFound.class, () -> t.groups().get(NO_GROUP));
    t.equal("deleting an unknown group", false, t.groups().delete(NO_GROUP));
    Group team = t.groups().create(GroupDraft.named("Team"));
    t.equal("deleting", true, t.groups().delete(team.id()));
    t.equal("deleting again", false, t.groups().delete(team.id()));
    t.fails(
        "an update of a deleted group",
        StoreException.NotFound.class,
        () -> t.groups().update(team.withDisplayName("Again")));
    t.equal("find of a deleted group", Optional.empty(), t.groups().find(team.id()));
    t.equal("groups", 0L, Counts.of(t, t.records(), RecordKind.GROUP));
  }

  @Rule(
      id = "GRP-16",
      sentence =
          "At SERIALIZABLE, the last two members of a group, each having seen the other, "
              + "MUST NOT both leave.",
      capability = Capability.SERIALIZABLE,
      since = "0.1.0")
  void theLastMembersDoNotBothLeave(RuleContext t) throws Exception {
    Group team = t.groups().create(GroupDraft.named("On call"));
    List<UserId> users =
        List.of(
            t.users().create(UserDraft.named("ada")).id(),
            t.users().create(UserDraft.named("grace")).id());
    users.forEach(user -> t.groups().addMember(team.id(), user));
    List<SteppedTransaction> transactions =
        List.of(t.begin(RuleContext.serializableOnce()), t.begin(RuleContext.serializableOnce()));
    for (SteppedTransaction transaction : transactions) {
      t.equal(
          "how many members each transaction sees",
          2,
          transaction.step(
              tx -> tx.groups().listMembers(team.id(), PageRequest.of(10)).items().size()));
    }
    List<Future<Boolean>> steps =
        List.of(
            transactions.get(0).start(tx -> tx.groups().removeMember(team.id(), users.get(0))),
            transactions.get(1).start(tx -> tx.groups().removeMember(team.id(), users.get(1))));
    List<Future<@Nullable Void>> commits =
        List.of(transactions.get(0).startCommit(), transactions.get(1).startCommit());
    for (int i = 0; i < 2; i++) {
      Future<Boolean> step = steps.get(i);
      Future<@Nullable Void> commit = commits.get(i);
      // Both are awaited before anything is looked at.
      Throwable refusal = RuleContext.thrownBy(() -> SteppedTransaction.await(step));
      Throwable end = RuleContext.thrownBy(() -> SteppedTransaction.await(commit));
      boolean left = refusal == null && end == null;
      t.equal(
          "whether the member is gone, as its transaction was told",
          left,
          t.groups().findMember(team.id(), users.get(i)).isEmpty());
    }
    t.holds("at least one of the two is still a member", !members(t, team.id()).isEmpty());
  }

  private static List<Membership> members(RuleContext t, GroupId group) {
    return Pages.all(t, page -> t.groups().listMembers(group, page));
  }

  private static List<Membership> memberships(RuleContext t, UserId user) {
    return Pages.all(t, page -> t.groups().listMemberships(user, page));
  }
}
