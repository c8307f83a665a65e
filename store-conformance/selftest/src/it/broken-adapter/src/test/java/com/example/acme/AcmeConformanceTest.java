package com.example.acme;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;

class AcmeConformanceTest extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new AcmeStoreFixture() {
      @Override
      public UserEngineStore open(StoreOptions options) {
        // Forgets the clock that it is given.
        return AcmeUserStore.open(StoreOptions.defaults().withTransactions(options.transactions()));
      }
    };
  }
}
