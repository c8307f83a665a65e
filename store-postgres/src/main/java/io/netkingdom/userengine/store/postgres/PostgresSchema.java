package io.netkingdom.userengine.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * What the migrations make in a database, and how those who change it keep out of each other's way.
 */
public final class PostgresSchema {

  /**
   * Every table that the migrations make, in an order in which they can be dropped without CASCADE.
   * Indexes and constraints go with their tables; there are no other objects.
   */
  public static final List<String> TABLES =
      List.of(
          "user_engine_outbox_epochs",
          "user_engine_outbox",
          "user_engine_audit",
          "user_engine_profiles",
          "user_engine_memberships",
          "user_engine_groups",
          "user_engine_identities",
          "user_engine_users",
          "user_engine_schema_history");

  private PostgresSchema() {}

  /**
   * Waits until nobody else changes the tables of a schema, and keeps others out until the
   * transaction ends. Held by the transaction and not by the session, since a connection pool
   * between the client and the server would strand the latter; on a server that ignores advisory
   * locks it does nothing. PostgreSQL manual, section 13.3.5.
   *
   * @param connection in a transaction
   * @param schema the schema that holds the tables, unquoted
   * @throws SQLException with SQLSTATE 55P03 if {@code lock_timeout} is over first
   */
  public static void lock(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "user_engine_schema_history:" + schema);
      statement.execute();
    }
  }
}
