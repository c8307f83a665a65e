package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.UserRepository;

/** The repositories that callers hold: each call passes the gate, then goes to the engine's. */
final class GuardedRepositories implements Repositories {

  private final Gate gate;
  private final UserRepository users;
  private final FederatedIdentityRepository identities;
  private final GroupRepository groups;
  private final ProfileRepository profiles;
  private final AuditRepository audit;
  private final OutboxRepository outbox;

  GuardedRepositories(Gate gate) {
    this.gate = gate;
    this.users = new GuardedUsers(gate);
    this.identities = new GuardedIdentities(gate);
    this.groups = new GuardedGroups(gate);
    this.profiles = new GuardedProfiles(gate);
    this.audit = new GuardedAudit(gate);
    this.outbox = new GuardedOutbox(gate);
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public FederatedIdentityRepository identities() {
    return identities;
  }

  @Override
  public GroupRepository groups() {
    return groups;
  }

  @Override
  public ProfileRepository profiles() {
    return profiles;
  }

  @Override
  public AuditRepository audit() {
    return audit;
  }

  @Override
  public OutboxRepository outbox() {
    return outbox;
  }

  @Override
  public RecordCounts counts() {
    return gate.counts();
  }
}
