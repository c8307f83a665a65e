package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs under variables of libpq that speak of a database of the developer's own. They complete a
 * DSN, but not that of the throwaway server.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "is about the embedded server")
class DevelopersEnvironmentIT {

  @Test
  void theVariablesAreThereAndCompleteADsn() {
    Dsn.Postgres dsn = assertInstanceOf(Dsn.Postgres.class, Dsn.parse("host=127.0.0.1"));
    assertEquals("nobody", dsn.user());
    assertEquals("elsewhere", dsn.database());
    assertEquals("require", dsn.parameters().get("sslmode"));
    assertEquals("-c default_transaction_read_only=on", dsn.parameters().get("options"));
  }

  @Test
  void theThrowawayServerIsReachedAsEver(LiveDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_user, current_database(), current_setting('transaction_read_only')")) {
      assertTrue(row.next());
      assertEquals("postgres", row.getString(1));
      assertEquals(database.name(), row.getString(2));
      assertEquals("off", row.getString(3));
    }
  }
}
