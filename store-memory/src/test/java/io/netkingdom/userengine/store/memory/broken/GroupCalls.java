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
import io.netkingdom.userengine.store.memory.broken.RecordCalls.Answer2;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Which calls of a repository of groups are answered otherwise; the others are passed on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class GroupCalls<F> {

  private final F owner;
  private BiFunction<GroupRepository, GroupDraft, Group> create = GroupRepository::create;
  private BiFunction<GroupRepository, GroupName, Optional<Group>> findByDisplayName =
      GroupRepository::findByDisplayName;
  private BiFunction<GroupRepository, Group, Group> update = GroupRepository::update;
  private BiFunction<GroupRepository, GroupDraft, UpsertResult<Group>> upsert =
      GroupRepository::upsert;
  private BiFunction<GroupRepository, GroupId, Boolean> delete = GroupRepository::delete;
  private BiFunction<GroupRepository, PageRequest, Page<Group>> list = GroupRepository::list;
  private Answer2<GroupRepository, GroupId, UserId, UpsertResult<Membership>> addMember =
      GroupRepository::addMember;
  private Answer2<GroupRepository, GroupId, UserId, Boolean> removeMember =
      GroupRepository::removeMember;
  private Answer2<GroupRepository, GroupId, UserId, Optional<Membership>> findMember =
      GroupRepository::findMember;
  private Answer2<GroupRepository, GroupId, PageRequest, Page<Membership>> listMembers =
      GroupRepository::listMembers;

  GroupCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  GroupRepository of(GroupRepository honest) {
    return new Answering(honest, this);
  }

  F create(BiFunction<GroupRepository, GroupDraft, Group> answer) {
    create = answer;
    return owner;
  }

  F findByDisplayName(BiFunction<GroupRepository, GroupName, Optional<Group>> answer) {
    findByDisplayName = answer;
    return owner;
  }

  F update(BiFunction<GroupRepository, Group, Group> answer) {
    update = answer;
    return owner;
  }

  F upsert(BiFunction<GroupRepository, GroupDraft, UpsertResult<Group>> answer) {
    upsert = answer;
    return owner;
  }

  F delete(BiFunction<GroupRepository, GroupId, Boolean> answer) {
    delete = answer;
    return owner;
  }

  F list(BiFunction<GroupRepository, PageRequest, Page<Group>> answer) {
    list = answer;
    return owner;
  }

  F addMember(Answer2<GroupRepository, GroupId, UserId, UpsertResult<Membership>> answer) {
    addMember = answer;
    return owner;
  }

  F removeMember(Answer2<GroupRepository, GroupId, UserId, Boolean> answer) {
    removeMember = answer;
    return owner;
  }

  F findMember(Answer2<GroupRepository, GroupId, UserId, Optional<Membership>> answer) {
    findMember = answer;
    return owner;
  }

  F listMembers(Answer2<GroupRepository, GroupId, PageRequest, Page<Membership>> answer) {
    listMembers = answer;
    return owner;
  }

  /** Answers as it was told to. */
  private static final class Answering implements GroupRepository {
    private final GroupRepository honest;
    private final GroupCalls<?> calls;

    Answering(GroupRepository honest, GroupCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public Group create(GroupDraft draft) {
      return calls.create.apply(honest, draft);
    }

    @Override
    public Optional<Group> find(GroupId id) {
      return honest.find(id);
    }

    @Override
    public Optional<Group> findByDisplayName(GroupName displayName) {
      return calls.findByDisplayName.apply(honest, displayName);
    }

    @Override
    public Optional<Group> findByExternalId(ExternalId externalId) {
      return honest.findByExternalId(externalId);
    }

    @Override
    public Group update(Group edited) {
      return calls.update.apply(honest, edited);
    }

    @Override
    public UpsertResult<Group> upsert(GroupDraft draft) {
      return calls.upsert.apply(honest, draft);
    }

    @Override
    public boolean delete(GroupId id) {
      return calls.delete.apply(honest, id);
    }

    @Override
    public Page<Group> list(PageRequest request) {
      return calls.list.apply(honest, request);
    }

    @Override
    public Page<Group> listByPrefix(String prefix, PageRequest request) {
      return honest.listByPrefix(prefix, request);
    }

    @Override
    public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
      return calls.addMember.to(honest, groupId, userId);
    }

    @Override
    public boolean removeMember(GroupId groupId, UserId userId) {
      return calls.removeMember.to(honest, groupId, userId);
    }

    @Override
    public Optional<Membership> findMember(GroupId groupId, UserId userId) {
      return calls.findMember.to(honest, groupId, userId);
    }

    @Override
    public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
      return calls.listMembers.to(honest, groupId, request);
    }

    @Override
    public Page<Membership> listMemberships(UserId userId, PageRequest request) {
      return honest.listMemberships(userId, request);
    }
  }
}
