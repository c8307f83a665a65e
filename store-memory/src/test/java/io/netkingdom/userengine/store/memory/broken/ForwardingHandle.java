package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserRepository;

/** Passes everything on. */
class ForwardingHandle implements StoreTransaction {

  final StoreTransaction honest;

  ForwardingHandle(StoreTransaction honest) {
    this.honest = honest;
  }

  @Override
  public UserRepository users() {
    return honest.users();
  }

  @Override
  public FederatedIdentityRepository identities() {
    return honest.identities();
  }

  @Override
  public RecordCounts counts() {
    return honest.counts();
  }

  @Override
  public TenantId tenant() {
    return honest.tenant();
  }

  @Override
  public TransactionOptions options() {
    return honest.options();
  }

  @Override
  public int attempt() {
    return honest.attempt();
  }
}
