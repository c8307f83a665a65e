package com.acme.application;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.postgres.testing.LivePostgres;
import io.netkingdom.userengine.store.postgres.testing.PostgresStoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LivePostgres.class)
class AcmeConformanceIT extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new PostgresStoreFixture();
  }
}
