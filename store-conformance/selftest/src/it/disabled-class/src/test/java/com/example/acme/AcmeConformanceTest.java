package com.example.acme;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import org.junit.jupiter.api.Disabled;

@Disabled("until the adapter works")
class AcmeConformanceTest extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new AcmeStoreFixture();
  }
}
