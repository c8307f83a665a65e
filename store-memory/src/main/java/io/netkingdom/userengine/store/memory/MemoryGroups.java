package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Group;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupName;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.Membership;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.adapter.Listings;
import java.time.Instant;
import java.util.Optional;

/** Groups and memberships, in a transaction. */
record MemoryGroups(MemoryTransaction tx) implements GroupRepository {

  @Override
  public Group create(GroupDraft draft) {
    TenantRecords records = tx.lockAndRead();
    Instant now = tx.now();
    GroupId id = draft.id() == null ? GroupId.generate(now) : draft.id();
    Group group = Group.created(id, draft, now);
    tx.write(records.withGroups(records.groups().insert(group)));
    return group;
  }

  @Override
  public Group update(Group edited) {
    TenantRecords records = tx.lockAndRead();
    Group stored = records.groups().find(edited.id());
    if (stored == null) {
      throw new StoreException.NotFound("group");
    }
    if (stored.version() != edited.version()) {
      throw new StoreException.StaleVersion("group", edited.version(), stored.version());
    }
    return stored.hasSameAttributesAs(edited)
        ? stored
        : replace(records, stored.withAttributesOf(edited.asDraft()).modified(tx.now()));
  }

  @Override
  public UpsertResult<Group> upsert(GroupDraft draft) {
    TenantRecords records = tx.lockAndRead();
    Group stored = records.groups().find(draft.displayName());
    if (stored == null) {
      return new UpsertResult.Created<>(create(draft));
    }
    Group wanted = stored.withAttributesOf(draft);
    return stored.hasSameAttributesAs(wanted)
        ? new UpsertResult.Unchanged<>(stored)
        : new UpsertResult.Updated<>(replace(records, wanted.modified(tx.now())));
  }

  private Group replace(TenantRecords records, Group group) {
    tx.write(records.withGroups(records.groups().replace(group)));
    return group;
  }

  @Override
  public boolean delete(GroupId id) {
    TenantRecords records = tx.lockAndRead();
    if (records.groups().find(id) == null) {
      return false;
    }
    tx.write(records.withoutGroup(id));
    return true;
  }

  @Override
  public Optional<Group> find(GroupId id) {
    return Optional.ofNullable(tx.read().groups().find(id));
  }

  @Override
  public Optional<Group> findByDisplayName(GroupName displayName) {
    return Optional.ofNullable(tx.read().groups().find(displayName));
  }

  @Override
  public Optional<Group> findByExternalId(ExternalId externalId) {
    return Optional.ofNullable(tx.read().groups().find(externalId));
  }

  @Override
  public Page<Group> list(PageRequest request) {
    return list("", request);
  }

  @Override
  public Page<Group> listByPrefix(String prefix, PageRequest request) {
    return list(GroupName.prefixKey(prefix), request);
  }

  private Page<Group> list(String prefixKey, PageRequest request) {
    return tx.read().groups().page(Listings.groups(tx.tenant(), prefixKey, request), prefixKey);
  }

  @Override
  public UpsertResult<Membership> addMember(GroupId groupId, UserId userId) {
    TenantRecords records = tx.lockAndRead();
    if (records.groups().find(groupId) == null) {
      throw new StoreException.UnknownReference("groupId");
    }
    if (records.users().find(userId) == null) {
      throw new StoreException.UnknownReference("userId");
    }
    Membership stored = records.memberships().find(groupId, userId);
    if (stored != null) {
      return new UpsertResult.Unchanged<>(stored);
    }
    Membership membership = new Membership(groupId, userId, tx.now());
    tx.write(records.withMemberships(records.memberships().plus(membership)));
    return new UpsertResult.Created<>(membership);
  }

  @Override
  public boolean removeMember(GroupId groupId, UserId userId) {
    TenantRecords records = tx.lockAndRead();
    if (records.memberships().find(groupId, userId) == null) {
      return false;
    }
    tx.write(records.withMemberships(records.memberships().minus(groupId, userId)));
    return true;
  }

  @Override
  public Optional<Membership> findMember(GroupId groupId, UserId userId) {
    return Optional.ofNullable(tx.read().memberships().find(groupId, userId));
  }

  @Override
  public Page<Membership> listMembers(GroupId groupId, PageRequest request) {
    return tx.read().memberships().page(Listings.members(tx.tenant(), groupId, request), groupId);
  }

  @Override
  public Page<Membership> listMemberships(UserId userId, PageRequest request) {
    return tx.read().memberships().page(Listings.memberships(tx.tenant(), userId, request), userId);
  }
}
