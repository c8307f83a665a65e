package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.postgres.PostgresSchema;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Drops what live tests made: tables of an explicit list, one by one, never by pattern and never
 * with CASCADE, in one transaction, and only under a marker that covers each of them.
 */
final class Reset {

  private static final System.Logger LOG = System.getLogger(Reset.class.getName());

  private static final String DEPENDENT_OBJECTS = "2BP01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String READ_ONLY = "25006";

  // To lock the tables takes their owner or a superuser, as dropping them does.
  private static final String OWNED_BY_OTHERS =
      """
      SELECT c.relname AS name, pg_catalog.pg_get_userbyid(c.relowner) AS owner
      FROM pg_catalog.pg_class c
      WHERE c.oid OPERATOR(pg_catalog.=) ANY (?::pg_catalog.text::pg_catalog.oid[])
        AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
      ORDER BY 1
      """;

  private final Connection connection;
  private final LiveDatabase database;

  /**
   * A reset that has not begun.
   *
   * @param connection the one to use, in a transaction
   */
  private Reset(Connection connection, LiveDatabase database) {
    this.connection = connection;
    this.database = database;
  }

  static void run(LiveDatabase database) {
    try (Connection connection = database.connect()) {
      database.run().claim(database, connection);
      run(connection, database);
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  static void run(Connection connection, LiveDatabase database) throws SQLException {
    connection.setAutoCommit(false);
    List<String> dropped;
    try {
      dropped = new Reset(connection, database).drop();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
    if (!dropped.isEmpty()) {
      LOG.log(Level.INFO, "dropped in {0}: {1}", database, String.join(", ", dropped));
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // It was cut off, which rolls back too; why is known already.
      reason.addSuppressed(cleaned(e));
    }
  }

  private List<String> drop() throws SQLException {
    execute("SET LOCAL lock_timeout = " + database.run().patience().toMillis());
    PostgresSchema.lock(connection, database.schema());
    List<String> tables = droppable();
    if (tables.isEmpty()) {
      return tables;
    }
    // Only what was found to be ours is kept from others; and then nobody can change it any more.
    execute("LOCK TABLE " + qualified(tables) + " IN ACCESS EXCLUSIVE MODE");
    if (!droppable().equals(tables)) {
      throw new LiveRefusal("somebody else is changing the tables; nothing was changed");
    }
    for (String table : tables) {
      execute("DROP TABLE " + qualified(List.of(table)));
    }
    return tables;
  }

  /**
   * The tables that are there, in the order in which they can be dropped.
   *
   * @throws LiveRefusal if one of them must not be
   */
  private List<String> droppable() throws SQLException {
    Map<String, Long> relations = Marker.relations(connection, database.schema());
    if (relations.isEmpty()) {
      return List.of();
    }
    Optional<String> objection = Marker.objection(connection, database.schema(), relations);
    if (objection.isPresent()) {
      throw refusal(
          relations,
          objection.get()
              + ": they may be somebody's data, and nothing was changed."
              + " Use an empty database or schema, or drop them yourself if they are worth nothing");
    }
    List<String> owners = ownedByOthers(relations);
    if (!owners.isEmpty()) {
      throw refusal(
          relations,
          "the role does not own "
              + String.join(", ", owners)
              + "; nothing was changed. Use the role that made them");
    }
    List<String> dependants = Dependants.of(connection, relations.values());
    if (!dependants.isEmpty()) {
      throw refusal(
          relations,
          "something that is not ours depends on them: "
              + String.join(", ", dependants)
              + "; nothing was changed. Remove what depends on them, if it is worth nothing");
    }
    return PostgresSchema.TABLES.stream().filter(relations::containsKey).toList();
  }

  private LiveRefusal refusal(Map<String, Long> relations, String reason) {
    return new LiveRefusal(
        "the schema \""
            + database.schema()
            + "\" of the database \""
            + database.name()
            + "\" holds "
            + String.join(", ", relations.keySet())
            + ", and "
            + reason);
  }

  private List<String> ownedByOthers(Map<String, Long> relations) throws SQLException {
    List<String> owners = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OWNED_BY_OTHERS)) {
      statement.setString(1, Marker.arrayOf(relations.values()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          owners.add(rows.getString("name") + " (" + rows.getString("owner") + " does)");
        }
      }
    }
    return owners;
  }

  private String qualified(List<String> tables) {
    String schema = '"' + database.schema().replace("\"", "\"\"") + '"';
    return tables.stream().map(table -> schema + "." + table).collect(Collectors.joining(", "));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static LiveRefusal refusal(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String reason =
        switch (state) {
          case DEPENDENT_OBJECTS ->
              "something that is not ours depends on a table that would have been dropped";
          case LOCK_NOT_AVAILABLE -> "somebody else uses the tables that would have been dropped";
          case READ_ONLY -> "the database takes no writes: it is read-only";
          default -> "the reset failed";
        };
    return new LiveRefusal(reason + " (SQLSTATE " + state + "); nothing was changed", cleaned(e));
  }

  /** The server's own words may hold stored values, and a driver's the DSN. */
  private static SQLException cleaned(SQLException e) {
    SQLException cleaned = new SQLException(e.getClass().getName(), e.getSQLState());
    cleaned.setStackTrace(e.getStackTrace());
    return cleaned;
  }
}
