package com.example.acme.tests;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;

class AcmeConformanceTest extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new AcmeStoreFixture();
  }
}
