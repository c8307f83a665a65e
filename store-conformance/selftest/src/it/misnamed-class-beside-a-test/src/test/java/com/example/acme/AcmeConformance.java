package com.example.acme;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;

class AcmeConformance extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new AcmeStoreFixture();
  }
}
