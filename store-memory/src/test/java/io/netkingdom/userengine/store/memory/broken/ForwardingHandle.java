package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;

/** Passes everything on. */
class ForwardingHandle extends ForwardingRepositories<StoreTransaction>
    implements StoreTransaction {

  ForwardingHandle(StoreTransaction honest) {
    super(honest);
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
