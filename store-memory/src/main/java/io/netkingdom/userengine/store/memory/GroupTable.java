package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.CodePointOrder;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Groups by their id, with an index for each other way to find them. Immutable. */
record GroupTable(
    PMap<GroupId, Group> byId,
    PSortedMap<String, GroupId> byDisplayNameKey,
    PMap<ExternalId, GroupId> byExternalId) {

  static final GroupTable EMPTY =
      new GroupTable(
          HashTreePMap.empty(), TreePMap.empty(CodePointOrder.INSTANCE), HashTreePMap.empty());

  int size() {
    return byId.size();
  }

  @Nullable Group find(GroupId id) {
    return byId.get(id);
  }

  @Nullable Group find(GroupName displayName) {
    return byIndexed(byDisplayNameKey.get(displayName.key()));
  }

  @Nullable Group find(ExternalId externalId) {
    return byIndexed(byExternalId.get(externalId));
  }

  private @Nullable Group byIndexed(@Nullable GroupId id) {
    return id == null ? null : byId.get(id);
  }

  Page<Group> page(Keyset keyset, String prefixKey) {
    return Pages.of(
        keyset,
        Pages.beginningWith(prefixKey, byDisplayNameKey.navigableKeySet()),
        texts -> texts.get(0),
        List::of,
        key -> Objects.requireNonNull(byIndexed(byDisplayNameKey.get(key))));
  }

  /**
   * This table with one more group.
   *
   * @throws StoreException.Conflict naming the first of id, displayName and externalId that is
   *     taken
   */
  GroupTable insert(Group group) {
    if (byId.containsKey(group.id())) {
      throw new StoreException.Conflict("id");
    }
    return put(group);
  }

  /**
   * This table with a group in the place of the one with the same id.
   *
   * @throws StoreException.Conflict naming the first of displayName and externalId that another
   *     group holds
   */
  GroupTable replace(Group group) {
    return minus(group.id()).put(group);
  }

  private GroupTable put(Group group) {
    GroupId id = group.id();
    ExternalId externalId = group.externalId();
    if (byDisplayNameKey.containsKey(group.displayName().key())) {
      throw new StoreException.Conflict("displayName");
    }
    if (externalId != null && byExternalId.containsKey(externalId)) {
      throw new StoreException.Conflict("externalId");
    }
    return new GroupTable(
        byId.plus(id, group),
        byDisplayNameKey.plus(group.displayName().key(), id),
        externalId == null ? byExternalId : byExternalId.plus(externalId, id));
  }

  /** This table without the group of that id. */
  GroupTable minus(GroupId id) {
    Group group = byId.get(id);
    if (group == null) {
      return this;
    }
    ExternalId externalId = group.externalId();
    return new GroupTable(
        byId.minus(id),
        byDisplayNameKey.minus(group.displayName().key()),
        externalId == null ? byExternalId : byExternalId.minus(externalId));
  }
}
