package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.postgres.PostgresSchema;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drops what live tests made: tables of an explicit list, one by one, never by pattern and never
 * with CASCADE, in one transaction, and only under a marker that covers each of them.
 */
final class Reset {

  private static final System.Logger LOG = System.getLogger(Reset.class.getName());

  private static final String DEPENDENT_OBJECTS = "2BP01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Reset() {}

  static void run(LiveDatabase database) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        List<String> dropped = drop(connection, database);
        connection.commit();
        LOG.log(Level.DEBUG, () -> "reset dropped " + dropped + " in " + database);
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private static List<String> drop(Connection connection, LiveDatabase database)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '30s'");
    }
    String schema = database.schema();
    PostgresSchema.lock(connection, schema);
    Map<String, Long> relations = Marker.relations(connection, schema);
    if (relations.isEmpty()) {
      return List.of();
    }
    Optional<String> objection = Marker.objection(connection, schema, relations);
    if (objection.isPresent()) {
      throw new LiveRefusal(
          "the schema \""
              + schema
              + "\" of the database \""
              + database.name()
              + "\" holds "
              + String.join(", ", relations.keySet())
              + ", and "
              + objection.get()
              + ": they may be somebody's data, and nothing was changed."
              + " Use an empty database or schema, or drop them yourself if they are worth nothing");
    }
    for (String table : PostgresSchema.TABLES) {
      if (relations.containsKey(table)) {
        dropTable(connection, schema, table);
      }
    }
    // Partitions went with their tables.
    return List.copyOf(relations.keySet());
  }

  private static void dropTable(Connection connection, String schema, String table)
      throws SQLException {
    String drop;
    try (PreparedStatement quote =
        connection.prepareStatement("SELECT format('DROP TABLE %I.%I', ?::text, ?::text)")) {
      quote.setString(1, schema);
      quote.setString(2, table);
      try (ResultSet row = quote.executeQuery()) {
        row.next();
        drop = row.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(drop);
    }
  }

  private static LiveRefusal refusal(SQLException e) {
    String state = e.getSQLState() == null ? "unknown" : e.getSQLState();
    String reason =
        switch (state) {
          case DEPENDENT_OBJECTS ->
              "something that is not ours depends on a table that would have been dropped";
          case LOCK_NOT_AVAILABLE -> "somebody else uses the tables that would have been dropped";
          default -> "the reset failed";
        };
    // The server's own words may hold stored values, and a driver's the DSN.
    SQLException cleaned = new SQLException(e.getClass().getName(), e.getSQLState());
    cleaned.setStackTrace(e.getStackTrace());
    return new LiveRefusal(reason + " (SQLSTATE " + state + "); nothing was changed", cleaned);
  }
}
