package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.UserId;
import java.util.Map;

/**
 * All records of one tenant at one moment. Immutable: every change is another value, which shares
 * what did not change. Compared by identity, so that a value is outdated once another is committed.
 */
final class TenantRecords {

  /** A tenant of which nothing is stored. */
  static final TenantRecords NONE =
      new TenantRecords(
          UserTable.EMPTY,
          IdentityTable.EMPTY,
          GroupTable.EMPTY,
          MembershipTable.EMPTY,
          ProfileTable.EMPTY,
          AuditTable.EMPTY,
          OutboxTable.EMPTY);

  private final UserTable users;
  private final IdentityTable identities;
  private final GroupTable groups;
  private final MembershipTable memberships;
  private final ProfileTable profiles;
  private final AuditTable audit;
  private final OutboxTable outbox;

  private TenantRecords(
      UserTable users,
      IdentityTable identities,
      GroupTable groups,
      MembershipTable memberships,
      ProfileTable profiles,
      AuditTable audit,
      OutboxTable outbox) {
    this.users = users;
    this.identities = identities;
    this.groups = groups;
    this.memberships = memberships;
    this.profiles = profiles;
    this.audit = audit;
    this.outbox = outbox;
  }

  UserTable users() {
    return users;
  }

  IdentityTable identities() {
    return identities;
  }

  GroupTable groups() {
    return groups;
  }

  MembershipTable memberships() {
    return memberships;
  }

  ProfileTable profiles() {
    return profiles;
  }

  AuditTable audit() {
    return audit;
  }

  OutboxTable outbox() {
    return outbox;
  }

  TenantRecords withUsers(UserTable value) {
    return new TenantRecords(value, identities, groups, memberships, profiles, audit, outbox);
  }

  TenantRecords withIdentities(IdentityTable value) {
    return new TenantRecords(users, value, groups, memberships, profiles, audit, outbox);
  }

  TenantRecords withGroups(GroupTable value) {
    return new TenantRecords(users, identities, value, memberships, profiles, audit, outbox);
  }

  TenantRecords withMemberships(MembershipTable value) {
    return new TenantRecords(users, identities, groups, value, profiles, audit, outbox);
  }

  TenantRecords withProfiles(ProfileTable value) {
    return new TenantRecords(users, identities, groups, memberships, value, audit, outbox);
  }

  TenantRecords withAudit(AuditTable value) {
    return new TenantRecords(users, identities, groups, memberships, profiles, value, outbox);
  }

  TenantRecords withOutbox(OutboxTable value) {
    return new TenantRecords(users, identities, groups, memberships, profiles, audit, value);
  }

  /** These records without a user and what belongs to it. */
  TenantRecords withoutUser(UserId id) {
    return withUsers(users.minus(id))
        .withIdentities(identities.minus(id))
        .withMemberships(memberships.minus(id))
        .withProfiles(profiles.minus(id));
  }

  /** These records without a user, its id kept from others, and what tells of it erased. */
  TenantRecords erasingUser(UserId id) {
    return withoutUser(id).withUsers(users.erase(id)).erasingTracesOf(id);
  }

  /** These records with what they tell of a user replaced. */
  TenantRecords erasingTracesOf(UserId id) {
    return withAudit(audit.erase(id)).withOutbox(outbox.erase(id));
  }

  /** These records without a group and its memberships. */
  TenantRecords withoutGroup(GroupId id) {
    return withGroups(groups.minus(id)).withMemberships(memberships.minus(id));
  }

  RecordCounts.Exact counts() {
    return new RecordCounts.Exact(
        Map.of(
            RecordKind.USER, (long) users.size(),
            RecordKind.FEDERATED_IDENTITY, (long) identities.size(),
            RecordKind.GROUP, (long) groups.size(),
            RecordKind.MEMBERSHIP, (long) memberships.size(),
            RecordKind.PROFILE_DOCUMENT, (long) profiles.size(),
            RecordKind.AUDIT_RECORD, (long) audit.size(),
            RecordKind.OUTBOX_RECORD, (long) outbox.size()));
  }
}
