package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole plan on tables that are partitioned by tenant. */
@ExtendWith(LivePostgres.class)
class PartitionedConformanceIT extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new PostgresStoreFixture(
        LiveDatabase.fromEnvironment().withTenantPartitions(3), "postgres-partitioned");
  }
}
