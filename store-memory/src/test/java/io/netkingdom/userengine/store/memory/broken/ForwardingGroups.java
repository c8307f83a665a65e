package io.netkingdom.userengine.store.memory.broken;

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
import java.util.Optional;

/** Passes everything on. */
class ForwardingGroups implements GroupRepository {

  final GroupRepository honest;

  ForwardingGroups(GroupRepository honest) {
    this.honest = honest;
  }

  @Override
  public Group create(GroupDraft draft) {
    return honest.create(draft);
  }

  @Override
  public Optional<Group> find(GroupId id) {
    return honest.find(id);
  }

  @Override
  public Optional<Group> findByDisplayName(GroupName displayName) {
    return honest.findByDisplayName(displayName);
  }

  @Override
  public Optional<Group> findByExternalId(ExternalId externalId) {
    return honest.findByExternalId(externalId);
  }

  @Override
  public Group update(Group edited) {
    return honest.update(edited);
  }

  @Override
  public UpsertResult<Group> upsert(GroupDraft draft) {
    return honest.upsert(draft);
  }

  @Override
  public boolean delete(GroupId id) {
    return honest.delete(id);
  }

  @Override
  public Page<Group> list(PageRequest request) {
    return honest.list(request);
  }

  @Override
  public Page<Group> listByPrefix(String prefix, PageRequest request) {
    return honest.listByPrefix(prefix, request);
  }

  @Override
  public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
    return honest.addMember(groupId, userId);
  }

  @Override
  public boolean removeMember(GroupId groupId, UserId userId) {
    return honest.removeMember(groupId, userId);
  }

  @Override
  public Optional<Membership> findMember(GroupId groupId, UserId userId) {
    return honest.findMember(groupId, userId);
  }

  @Override
  public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
    return honest.listMembers(groupId, request);
  }

  @Override
  public Page<Membership> listMemberships(UserId userId, PageRequest request) {
    return honest.listMemberships(userId, request);
  }
}
