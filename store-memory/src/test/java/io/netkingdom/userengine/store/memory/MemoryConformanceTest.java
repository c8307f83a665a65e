package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;

class MemoryConformanceTest extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new MemoryStoreFixture();
  }
}
