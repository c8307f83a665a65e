package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with groups and memberships. */
final class GroupSins {

  private GroupSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new JoinAlwaysCreates(),
        new SomeJoinsAreLost(),
        new DeletedGroupTakesItsUsers(),
        new OrphanedMemberships(),
        new JoinsWithoutUser(),
        new GroupNamesCompareAsTyped(),
        new SpacesAreNotFolded(),
        new ForgetsGroupsExternalIds(),
        new LostGroupUpdate(),
        new MembersChangeTheGroup(),
        new GroupUpsertAlwaysCreates(),
        new GroupUpsertMerges(),
        new GroupCreateOverwrites(),
        new LeavingAlwaysSucceeds(),
        new RemembersTheFirstJoin(),
        new DeletesAnyGroup(),
        new OldGroupNamesRemain());
  }

  private static final class JoinAlwaysCreates extends BrokenStore {
    JoinAlwaysCreates() {
      kills("GRP-01", "joining again: expected Unchanged");
      kills(
          "GRP-13", "how many of the concurrent calls made the membership: expected 1, but was 8");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          return new UpsertResult.Created<>(super.addMember(groupId, userId).record());
        }
      };
    }
  }

  /** As where the members are one list that everybody overwrites. */
  private static final class SomeJoinsAreLost extends BrokenStore {
    private final AtomicInteger joins = new AtomicInteger();

    SomeJoinsAreLost() {
      kills("GRP-02", "the members after the parallel joins");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          UpsertResult<Membership> result = super.addMember(groupId, userId);
          if (joins.incrementAndGet() % 50 == 0) {
            removeMember(groupId, userId);
          }
          return result;
        }
      };
    }
  }

  private static final class DeletedGroupTakesItsUsers extends BrokenStore {
    DeletedGroupTakesItsUsers() {
      kills("GRP-03", "a member, who stays");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public boolean delete(GroupId id) {
          List<Membership> members = listMembers(id, PageRequest.of(100)).items();
          boolean deleted = super.delete(id);
          members.forEach(member -> records.users().delete(member.userId()));
          return deleted;
        }
      };
    }
  }

  /** As a table of memberships does that has no foreign keys. */
  private static final class OrphanedMemberships extends BrokenStore {
    private final Map<List<Object>, Membership> memberships = new ConcurrentHashMap<>();

    OrphanedMemberships() {
      kills("GRP-03", "find of a membership");
      kills("GRP-04", "find of a membership");
      kills("GRP-12", "a membership has a user and a group");
      kills("DEL-01", "find of a membership");
      kills("TXN-04", "its membership");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          UpsertResult<Membership> result = super.addMember(groupId, userId);
          memberships.put(List.of(groupId, userId), result.record());
          return result;
        }

        @Override
        public boolean removeMember(GroupId groupId, UserId userId) {
          memberships.remove(List.of(groupId, userId));
          return super.removeMember(groupId, userId);
        }

        @Override
        public Optional<Membership> findMember(GroupId groupId, UserId userId) {
          return super.findMember(groupId, userId)
              .or(() -> Optional.ofNullable(memberships.get(List.of(groupId, userId))));
        }
      };
    }
  }

  private static final class JoinsWithoutUser extends BrokenStore {
    JoinsWithoutUser() {
      kills("GRP-05", "an unknown user who joins: expected UnknownReference");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          try {
            return super.addMember(groupId, userId);
          } catch (StoreException.UnknownReference e) {
            if (e.field().equals("groupId")) {
              throw e;
            }
            return new UpsertResult.Created<>(new Membership(groupId, userId, memory().now()));
          }
        }
      };
    }
  }

  private static final class GroupNamesCompareAsTyped extends BrokenStore {
    GroupNamesCompareAsTyped() {
      kills("GRP-06", "the group found by a spelling of its name");
      kills("KEY-13", "whether engineering team finds Engineering Team");
      kills("KEY-14", "the group elsewhere");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Optional<Group> findByDisplayName(GroupName displayName) {
          return super.findByDisplayName(displayName)
              .filter(group -> group.displayName().equals(displayName));
        }
      };
    }
  }

  /** Finds groups by a key of its own, which knows nothing of spaces. */
  private static final class SpacesAreNotFolded extends BrokenStore {
    SpacesAreNotFolded() {
      kills("KEY-13", "finds Engineering Team");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Optional<Group> findByDisplayName(GroupName displayName) {
          return super.findByDisplayName(displayName)
              .or(
                  () ->
                      super.findByDisplayName(GroupName.of(displayName.value().replace('-', ' '))));
        }
      };
    }
  }

  private static final class ForgetsGroupsExternalIds extends BrokenStore {
    ForgetsGroupsExternalIds() {
      kills("GRP-07", "the external id: expected");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Group create(GroupDraft draft) {
          return super.create(new GroupDraft(draft.id(), draft.displayName(), null));
        }
      };
    }
  }

  private static final class LostGroupUpdate extends BrokenStore {
    LostGroupUpdate() {
      kills("GRP-08", "an update of a version that is no longer stored: expected StaleVersion");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Group update(Group edited) {
          return super.update(get(edited.id()).withAttributesOf(edited.asDraft()));
        }
      };
    }
  }

  private static final class MembersChangeTheGroup extends BrokenStore {
    MembersChangeTheGroup() {
      kills("GRP-08", "the group after a member joined");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          UpsertResult<Membership> result = super.addMember(groupId, userId);
          Group group = get(groupId);
          Group touched = update(group.withDisplayName(group.displayName().value() + "+"));
          update(touched.withDisplayName(group.displayName().value()));
          return result;
        }
      };
    }
  }

  private static final class GroupUpsertAlwaysCreates extends BrokenStore {
    GroupUpsertAlwaysCreates() {
      kills("GRP-09", "repeating an upsert: expected Unchanged");
      kills(
          "GRP-14", "how many of the concurrent upserts created the group: expected 1, but was 8");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Group> upsert(GroupDraft draft) {
          return new UpsertResult.Created<>(super.upsert(draft).record());
        }
      };
    }
  }

  private static final class GroupUpsertMerges extends BrokenStore {
    GroupUpsertMerges() {
      kills("GRP-09", "the external id that was left out");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Group> upsert(GroupDraft draft) {
          return findByDisplayName(draft.displayName())
              .filter(group -> draft.externalId() == null)
              .map(
                  group ->
                      super.upsert(
                          new GroupDraft(draft.id(), draft.displayName(), group.externalId())))
              .orElseGet(() -> super.upsert(draft));
        }
      };
    }
  }

  private static final class GroupCreateOverwrites extends BrokenStore {
    GroupCreateOverwrites() {
      kills("GRP-06", "a group of the same name in another spelling: expected Conflict");
      kills("GRP-10", "creating a group with a taken name: expected Conflict");
      kills("GRP-14", "how many of the concurrent calls created the group");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Group create(GroupDraft draft) {
          return findByDisplayName(draft.displayName()).isPresent()
              ? honest.upsert(draft).record()
              : super.create(draft);
        }
      };
    }
  }

  private static final class LeavingAlwaysSucceeds extends BrokenStore {
    LeavingAlwaysSucceeds() {
      kills("GRP-11", "leaving again: expected false");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public boolean removeMember(GroupId groupId, UserId userId) {
          super.removeMember(groupId, userId);
          return true;
        }
      };
    }
  }

  private static final class RemembersTheFirstJoin extends BrokenStore {
    private final Map<List<Object>, Instant> first = new ConcurrentHashMap<>();

    RemembersTheFirstJoin() {
      kills("GRP-11", "since after joining again");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
          UpsertResult<Membership> result = super.addMember(groupId, userId);
          Instant since =
              first.computeIfAbsent(List.of(groupId, userId), any -> result.record().since());
          return since.equals(result.record().since())
              ? result
              : new UpsertResult.Created<>(new Membership(groupId, userId, since));
        }
      };
    }
  }

  private static final class DeletesAnyGroup extends BrokenStore {
    DeletesAnyGroup() {
      kills("GRP-15", "deleting an unknown group: expected false");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public boolean delete(GroupId id) {
          super.delete(id);
          return true;
        }
      };
    }
  }

  private static final class OldGroupNamesRemain extends BrokenStore {
    private final Map<String, GroupId> old = new ConcurrentHashMap<>();

    OldGroupNamesRemain() {
      kills("KEY-14", "find by the name before");
    }

    @Override
    GroupRepository groups(Repositories records) {
      return new ForwardingGroups(records.groups()) {
        @Override
        public Group update(Group edited) {
          find(edited.id()).ifPresent(group -> old.put(group.displayName().key(), group.id()));
          return super.update(edited);
        }

        @Override
        public Optional<Group> findByDisplayName(GroupName displayName) {
          return super.findByDisplayName(displayName)
              .or(() -> Optional.ofNullable(old.get(displayName.key())).flatMap(this::find));
        }
      };
    }
  }
}
