package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Which database a connection leads into, and whether it takes writes. */
final class ServerFacts {

  private static final String READ =
      """
      SELECT
        pg_catalog.current_database() AS database,
        current_user AS role,
        pg_catalog.pg_is_in_recovery() AS in_recovery,
        pg_catalog.current_setting('transaction_read_only')::boolean AS read_only
      """;

  private ServerFacts() {}

  /**
   * Asks for them.
   *
   * @param product which has said that it is PostgreSQL, and so knows the questions
   */
  static SchemaStatus.Server read(Connection connection, ServerProduct product)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Sql.qualified(READ))) {
      row.next();
      return new SchemaStatus.Server(
          product.name(),
          product.text(),
          row.getString("database"),
          row.getString("role"),
          row.getBoolean("in_recovery"),
          row.getBoolean("read_only"));
    }
  }
}
