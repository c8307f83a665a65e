package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.UserRepository;

/** The repositories that callers hold: each call passes the gate, then goes to the engine's. */
final class GuardedRepositories implements Repositories {

  private final Gate gate;
  private final UserRepository users;
  private final FederatedIdentityRepository identities;

  GuardedRepositories(Gate gate) {
    this.gate = gate;
    this.users = new GuardedUsers(gate);
    this.identities = new GuardedIdentities(gate);
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
  public RecordCounts counts() {
    return gate.counts();
  }
}
