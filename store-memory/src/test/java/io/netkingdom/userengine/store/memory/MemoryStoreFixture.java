package io.netkingdom.userengine.store.memory;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Each store is a world of its own, so that there is nothing to reset. */
@AutoService(StoreFixture.class)
public final class MemoryStoreFixture implements StoreFixture {

  /** Also for the kit's command line, which finds it by itself. */
  public MemoryStoreFixture() {}

  @Override
  public String adapter() {
    // The build runs the plan once more where i and I are not one letter in two cases.
    return Locale.getDefault().getLanguage().equals("tr") ? "memory-turkish" : "memory";
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    return MemoryUserEngineStore.create(options);
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
    return switch (level) {
      case READ_COMMITTED ->
          EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
      case SERIALIZABLE -> EnumSet.noneOf(Anomaly.class);
    };
  }
}
