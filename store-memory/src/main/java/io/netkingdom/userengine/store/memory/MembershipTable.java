package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Memberships by group and user, by group, and by user. Immutable. */
record MembershipTable(
    PMap<Key, Membership> byKey,
    SortedIndex<GroupId, UserId> usersOf,
    SortedIndex<UserId, GroupId> groupsOf) {

  /** Who is in what. */
  record Key(GroupId groupId, UserId userId) {}

  static final MembershipTable EMPTY =
      new MembershipTable(HashTreePMap.empty(), SortedIndex.empty(), SortedIndex.empty());

  int size() {
    return byKey.size();
  }

  @Nullable Membership find(GroupId groupId, UserId userId) {
    return byKey.get(new Key(groupId, userId));
  }

  private Membership get(GroupId groupId, UserId userId) {
    return Objects.requireNonNull(find(groupId, userId));
  }

  Page<Membership> page(Keyset keyset, GroupId groupId) {
    return Pages.of(
        keyset,
        usersOf.of(groupId),
        texts -> UserId.of(texts.get(0)),
        userId -> List.of(userId.toString()),
        userId -> get(groupId, userId));
  }

  Page<Membership> page(Keyset keyset, UserId userId) {
    return Pages.of(
        keyset,
        groupsOf.of(userId),
        texts -> GroupId.of(texts.get(0)),
        groupId -> List.of(groupId.toString()),
        groupId -> get(groupId, userId));
  }

  /** This table with one more membership. */
  MembershipTable plus(Membership membership) {
    GroupId groupId = membership.groupId();
    UserId userId = membership.userId();
    return new MembershipTable(
        byKey.plus(new Key(groupId, userId), membership),
        usersOf.plus(groupId, userId),
        groupsOf.plus(userId, groupId));
  }

  /** This table without a membership. */
  MembershipTable minus(GroupId groupId, UserId userId) {
    return new MembershipTable(
        byKey.minus(new Key(groupId, userId)),
        usersOf.minus(groupId, userId),
        groupsOf.minus(userId, groupId));
  }

  /** This table without the members of a group. */
  MembershipTable minus(GroupId groupId) {
    MembershipTable rest = this;
    for (UserId userId : usersOf.of(groupId)) {
      rest = rest.minus(groupId, userId);
    }
    return rest;
  }

  /** This table without the memberships of a user. */
  MembershipTable minus(UserId userId) {
    MembershipTable rest = this;
    for (GroupId groupId : groupsOf.of(userId)) {
      rest = rest.minus(groupId, userId);
    }
    return rest;
  }
}
