package com.example.acme;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.Set;

public class AcmeStoreFixture implements StoreFixture {

  @Override
  public String adapter() {
    return "acme";
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    return AcmeUserStore.open(options);
  }

  @Override
  public void reset() {}

  @Override
  public void close() {}

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public boolean sharedBetweenStores() {
    return false;
  }

  @Override
  public boolean serializable() {
    return true;
  }

  @Override
  public boolean schemaMigrated() {
    return false;
  }

  @Override
  public boolean joinsCallersTransactions() {
    return false;
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return level.equals(IsolationLevel.SERIALIZABLE)
        ? Set.of()
        : Set.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
  }
}
