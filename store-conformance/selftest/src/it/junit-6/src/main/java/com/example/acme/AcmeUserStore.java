package com.example.acme;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.memory.MemoryUserEngineStore;

/** An adapter: here one that leaves all the work to the memory adapter. */
public final class AcmeUserStore {

  private AcmeUserStore() {}

  public static UserEngineStore open(StoreOptions options) {
    return MemoryUserEngineStore.create(options);
  }
}
