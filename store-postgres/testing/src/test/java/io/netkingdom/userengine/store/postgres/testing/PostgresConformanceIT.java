package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LivePostgres.class)
class PostgresConformanceIT extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new PostgresStoreFixture();
  }
}
