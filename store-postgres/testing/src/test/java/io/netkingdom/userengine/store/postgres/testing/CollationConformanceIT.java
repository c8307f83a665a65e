package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole plan again, in databases whose own rules of comparison and case are not ours. They are
 * made on the embedded server.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class CollationConformanceIT {

  @Nested
  class IcuTurkish extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      assumeTrue(serverMajor() >= 15, "a database has an ICU locale from PostgreSQL 15 on");
      return on("icu", "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'");
    }
  }

  @Nested
  class C extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return on("c", "LOCALE 'C'");
    }
  }

  private static int serverMajor() {
    try (Connection connection = EmbeddedServer.shared().database().connect()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("the server did not tell its version", e);
    }
  }

  private static StoreFixture on(String name, String locale) {
    try (Connection connection = EmbeddedServer.shared().database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE user_engine_" + name + " ENCODING UTF8 TEMPLATE template0 " + locale);
    } catch (SQLException e) {
      throw new IllegalStateException("no database with " + locale, e);
    }
    return new PostgresStoreFixture(
        EmbeddedServer.shared().database("user_engine_" + name), "postgres-" + name);
  }
}
