package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole plan on every driver that a provider serves, beyond the two of each build. Runs with
 * the profile {@code matrix}.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses drivers of its own, and so needs the embedded server")
class DriversConformanceIT {

  private static StoreFixture on(String provider, LiveDatabase database) {
    return new PostgresStoreFixture(database, "postgres-" + provider);
  }

  private static StoreFixture on(String provider) {
    return on(provider, EmbeddedServer.shared().database(provider, "public"));
  }

  @Nested
  class Yugabytedb extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on("yugabytedb");
    }
  }

  @Nested
  class AwsWrapper extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on("aws-wrapper");
    }
  }

  @Nested
  class AwsWrapperWithPlugins extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on(
          "aws-wrapper-plugins",
          EmbeddedServer.shared()
              .databaseAt(
                  "jdbc:aws-wrapper:postgresql://127.0.0.1:PORT/DATABASE?user=postgres"
                      + "&wrapperPlugins=initialConnection,auroraConnectionTracker,failover2,efm2"));
    }
  }

  /** A URL of a driver that nobody foresaw, with nothing but that driver on the class path. */
  @Nested
  class Unforeseen extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on(
          "jdbc", EmbeddedServer.shared().databaseAt("jdbc:acme:127.0.0.1#PORT#DATABASE#postgres"));
    }
  }
}
