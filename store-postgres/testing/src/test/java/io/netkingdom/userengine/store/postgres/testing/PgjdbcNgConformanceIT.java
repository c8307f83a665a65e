package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole plan on the driver that differs the most from pgjdbc. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses a driver of its own, and so needs the embedded server")
class PgjdbcNgConformanceIT extends StoreConformanceTests {
  @Override
  protected StoreFixture fixture() {
    return new PostgresStoreFixture(EmbeddedServer.shared().database("pgjdbc-ng", "public"));
  }
}
