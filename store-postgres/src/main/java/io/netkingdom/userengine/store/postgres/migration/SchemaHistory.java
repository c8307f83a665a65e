package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The table in which the steps record themselves. */
final class SchemaHistory {

  static final String TABLE = "user_engine_schema_history";

  private static final String MAY_READ =
      """
      SELECT
        pg_catalog.has_schema_privilege(n.oid, 'USAGE')
          AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = 'user_engine_schema_history'
      """;

  private static final String READ =
      """
      SELECT version, name, checksum, applied,
        (extract(epoch FROM duration) * 1000000)::bigint AS microseconds
      FROM {schema}.user_engine_schema_history
      ORDER BY version
      """;

  private SchemaHistory() {}

  /** Whether there is one that the role may read; asked of the catalogue, so that nothing fails. */
  static boolean isReadable(Connection connection, SchemaName schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Sql.qualified(MAY_READ))) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** What is recorded, in the order of versions. */
  static List<SchemaStatus.Step> read(Connection connection, SchemaName schema)
      throws SQLException {
    List<SchemaStatus.Step> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Sql.of(READ, schema).text())) {
      while (rows.next()) {
        steps.add(
            new SchemaStatus.Step(
                rows.getInt("version"),
                rows.getString("name"),
                rows.getString("checksum"),
                rows.getObject("applied", OffsetDateTime.class).toInstant(),
                Duration.of(rows.getLong("microseconds"), ChronoUnit.MICROS)));
      }
    }
    return steps;
  }
}
