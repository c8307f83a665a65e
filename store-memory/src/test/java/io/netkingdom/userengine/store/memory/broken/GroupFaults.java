package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.groups;

import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with groups and memberships. */
final class GroupFaults {

  private GroupFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        groups("JoinAlwaysCreates")
            .addMember((honest, group, user) -> Results.asCreated(honest.addMember(group, user)))
            .mustFail("GRP-01", "joining again: expected Unchanged")
            .mustFail(
                "GRP-13",
                "how many of the concurrent calls made the membership: expected 1, but was 8"),
        someJoinsAreLost(),
        fault("DeletedGroupTakesItsUsers")
            .records(
                (records, calls) ->
                    calls
                        .groups()
                        .delete(
                            (honest, id) -> {
                              List<Membership> members =
                                  honest.listMembers(id, PageRequest.of(100)).items();
                              boolean deleted = honest.delete(id);
                              members.forEach(member -> records.users().delete(member.userId()));
                              return deleted;
                            }))
            .mustFail("GRP-03", "a member, who stays"),
        orphanedMemberships(),
        joinsWithoutUser(),
        groups("GroupNamesCompareAsTyped")
            .findByDisplayName(
                (honest, name) ->
                    honest
                        .findByDisplayName(name)
                        .filter(group -> group.displayName().equals(name)))
            .mustFail("GRP-06", "the group found by a spelling of its name")
            .mustFail("KEY-13", "whether engineering team finds Engineering Team")
            .mustFail("KEY-14", "the group elsewhere"),
        // Finds groups by a key of its own, which knows nothing of spaces.
        groups("SpacesAreNotFolded")
            .findByDisplayName(
                (honest, name) ->
                    honest
                        .findByDisplayName(name)
                        .or(() -> honest.findByDisplayName(name.value().replace('-', ' '))))
            .mustFail("KEY-13", "finds Engineering Team"),
        groups("ForgetsGroupsExternalIds")
            .create(
                (honest, draft) ->
                    honest.create(new GroupDraft(draft.id(), draft.displayName(), null)))
            .mustFail("GRP-07", "the external id: expected"),
        groups("LostGroupUpdate")
            .update(
                (honest, edited) ->
                    honest.update(honest.get(edited.id()).withAttributesOf(edited.asDraft())))
            .mustFail(
                "GRP-08", "an update of a version that is no longer stored: expected StaleVersion"),
        groups("MembersChangeTheGroup")
            .addMember(
                (honest, groupId, user) -> {
                  UpsertResult<Membership> result = honest.addMember(groupId, user);
                  Group group = honest.get(groupId);
                  String name = group.displayName().value();
                  honest.update(
                      honest.update(group.withDisplayName(name + "+")).withDisplayName(name));
                  return result;
                })
            .mustFail("GRP-08", "the group after a member joined"),
        groups("GroupUpsertAlwaysCreates")
            .upsert((honest, draft) -> Results.asCreated(honest.upsert(draft)))
            .mustFail("GRP-09", "repeating an upsert: expected Unchanged")
            .mustFail(
                "GRP-14",
                "how many of the concurrent upserts created the group: expected 1, but was 8"),
        groups("GroupUpsertMerges")
            .upsert(
                (honest, draft) ->
                    honest.upsert(
                        honest
                            .findByDisplayName(draft.displayName())
                            .filter(group -> draft.externalId() == null)
                            .map(
                                group ->
                                    new GroupDraft(
                                        draft.id(), draft.displayName(), group.externalId()))
                            .orElse(draft)))
            .mustFail("GRP-09", "the external id that was left out"),
        groups("GroupCreateOverwrites")
            .create(
                (honest, draft) ->
                    honest.findByDisplayName(draft.displayName()).isPresent()
                        ? honest.upsert(draft).record()
                        : honest.create(draft))
            .mustFail("GRP-06", "a group of the same name in another spelling: expected Conflict")
            .mustFail("GRP-10", "creating a group with a taken name: expected Conflict")
            .mustFail("GRP-14", "how many of the concurrent calls created the group"),
        groups("LeavingAlwaysSucceeds")
            .removeMember(
                (honest, group, user) -> {
                  honest.removeMember(group, user);
                  return true;
                })
            .mustFail("GRP-11", "leaving again: expected false"),
        remembersTheFirstJoin(),
        groups("DeletesAnyGroup")
            .delete(
                (honest, id) -> {
                  honest.delete(id);
                  return true;
                })
            .mustFail("GRP-15", "deleting an unknown group: expected false"),
        oldGroupNamesRemain());
  }

  /** As where the members are one list that everybody overwrites. */
  private static FaultyStore someJoinsAreLost() {
    AtomicInteger joins = new AtomicInteger();
    return groups("SomeJoinsAreLost")
        .addMember(
            (honest, group, user) -> {
              UpsertResult<Membership> result = honest.addMember(group, user);
              if (joins.incrementAndGet() % 50 == 0) {
                honest.removeMember(group, user);
              }
              return result;
            })
        .mustFail("GRP-02", "the members after the parallel joins");
  }

  /** As a table of memberships does that has no foreign keys. */
  private static FaultyStore orphanedMemberships() {
    Map<List<Object>, Membership> memberships = new ConcurrentHashMap<>();
    return groups("OrphanedMemberships")
        .addMember(
            (honest, group, user) -> {
              UpsertResult<Membership> result = honest.addMember(group, user);
              memberships.put(List.of(group, user), result.record());
              return result;
            })
        .groups()
        .removeMember(
            (honest, group, user) -> {
              memberships.remove(List.of(group, user));
              return honest.removeMember(group, user);
            })
        .groups()
        .findMember(
            (honest, group, user) ->
                honest
                    .findMember(group, user)
                    .or(() -> Optional.ofNullable(memberships.get(List.of(group, user)))))
        .mustFail("GRP-03", "find of a membership")
        .mustFail("GRP-04", "find of a membership")
        .mustFail("GRP-12", "a membership has a user and a group")
        .mustFail("DEL-01", "find of a membership")
        .mustFail("TXN-04", "its membership");
  }

  private static FaultyStore joinsWithoutUser() {
    FaultyStore store = fault("JoinsWithoutUser");
    return store
        .groups()
        .addMember(
            (honest, group, user) -> {
              try {
                return honest.addMember(group, user);
              } catch (StoreException.UnknownReference e) {
                if (e.field().equals("groupId")) {
                  throw e;
                }
                return new UpsertResult.Created<>(
                    new Membership(group, user, store.memory().now()));
              }
            })
        .mustFail("GRP-05", "an unknown user who joins: expected UnknownReference");
  }

  private static FaultyStore remembersTheFirstJoin() {
    Map<List<Object>, Instant> first = new ConcurrentHashMap<>();
    return groups("RemembersTheFirstJoin")
        .addMember(
            (honest, group, user) -> {
              UpsertResult<Membership> result = honest.addMember(group, user);
              Instant since =
                  first.computeIfAbsent(List.of(group, user), any -> result.record().since());
              return since.equals(result.record().since())
                  ? result
                  : new UpsertResult.Created<>(new Membership(group, user, since));
            })
        .mustFail("GRP-11", "since after joining again");
  }

  private static FaultyStore oldGroupNamesRemain() {
    Map<String, GroupId> old = new ConcurrentHashMap<>();
    return groups("OldGroupNamesRemain")
        .update(
            (honest, edited) -> {
              honest
                  .find(edited.id())
                  .ifPresent(group -> old.put(group.displayName().key(), group.id()));
              return honest.update(edited);
            })
        .groups()
        .findByDisplayName(
            (honest, name) ->
                honest
                    .findByDisplayName(name)
                    .or(() -> Optional.ofNullable(old.get(name.key())).flatMap(honest::find)))
        .mustFail("KEY-14", "find by the name before");
  }
}
