package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole plan again, in databases where transactions begin at another level. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class DefaultLevelConformanceIT {

  @Nested
  class RepeatableRead extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on("repeatable read");
    }
  }

  @Nested
  class Serializable extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on("serializable");
    }
  }

  private static StoreFixture on(String level) {
    EmbeddedServer server = EmbeddedServer.shared();
    String database = "user_engine_" + level.replace(' ', '_');
    try {
      new Sqls(server.database())
          .execute(
              "CREATE DATABASE " + database,
              "ALTER DATABASE %s SET default_transaction_isolation = '%s'"
                  .formatted(database, level));
    } catch (SQLException e) {
      throw new IllegalStateException("no database with " + level + " as its default", e);
    }
    return new PostgresStoreFixture(
        server.database(database), "postgres-" + level.replace(' ', '-'));
  }
}
