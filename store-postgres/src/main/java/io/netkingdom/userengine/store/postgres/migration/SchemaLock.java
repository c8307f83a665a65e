package io.netkingdom.userengine.store.postgres.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The lock that those hold who change the tables of a schema. PostgreSQL manual, 13.3.5. */
public final class SchemaLock {

  private SchemaLock() {}

  /** Waits for the lock and holds it until the transaction ends. */
  public static void take(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))")) {
      statement.setString(1, "user_engine_schema_history:" + schema);
      statement.execute();
    }
  }
}
