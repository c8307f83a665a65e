package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.util.Objects;
import java.util.Optional;

/** Groups, through the gate. */
record GuardedGroups(Gate gate) implements GroupRepository {

  @Override
  public Group create(GroupDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.groups().create(draft));
  }

  @Override
  public Optional<Group> find(GroupId id) {
    Objects.requireNonNull(id, "id");
    return gate.read(engine -> engine.groups().find(id));
  }

  @Override
  public Optional<Group> findByDisplayName(GroupName displayName) {
    Objects.requireNonNull(displayName, "displayName");
    return gate.read(engine -> engine.groups().findByDisplayName(displayName));
  }

  @Override
  public Optional<Group> findByExternalId(ExternalId externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return gate.read(engine -> engine.groups().findByExternalId(externalId));
  }

  @Override
  public Group update(Group edited) {
    Objects.requireNonNull(edited, "edited");
    return gate.write(engine -> engine.groups().update(edited));
  }

  @Override
  public UpsertResult<Group> upsert(GroupDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.groups().upsert(draft));
  }

  @Override
  public boolean delete(GroupId id) {
    Objects.requireNonNull(id, "id");
    return gate.write(engine -> engine.groups().delete(id));
  }

  @Override
  public Page<Group> list(PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.groups(gate.tenant(), "", opened);
    return gate.seal(gate.read(engine -> engine.groups().list(opened)));
  }

  @Override
  public Page<Group> listByPrefix(String prefix, PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.groups(gate.tenant(), GroupName.prefixKey(prefix), opened);
    return gate.seal(gate.read(engine -> engine.groups().listByPrefix(prefix, opened)));
  }

  @Override
  public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(userId, "userId");
    return gate.write(engine -> engine.groups().addMember(groupId, userId));
  }

  @Override
  public boolean removeMember(GroupId groupId, UserId userId) {
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(userId, "userId");
    return gate.write(engine -> engine.groups().removeMember(groupId, userId));
  }

  @Override
  public Optional<Membership> findMember(GroupId groupId, UserId userId) {
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(userId, "userId");
    return gate.read(engine -> engine.groups().findMember(groupId, userId));
  }

  @Override
  public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.members(gate.tenant(), groupId, opened);
    return gate.seal(gate.read(engine -> engine.groups().listMembers(groupId, opened)));
  }

  @Override
  public Page<Membership> listMemberships(UserId userId, PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.memberships(gate.tenant(), userId, opened);
    return gate.seal(gate.read(engine -> engine.groups().listMemberships(userId, opened)));
  }
}
