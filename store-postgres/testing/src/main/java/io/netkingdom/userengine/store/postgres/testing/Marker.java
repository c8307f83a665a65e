package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of tables that a test made them: a comment on the history table, written in the transaction
 * that made the tables. It names the server by its system identifier (two servers that were set up
 * alike give out the same oids), and the database, the schema and each table by name and oid, so
 * that a marker that came with a dump, or that outlived its tables, marks nothing.
 */
final class Marker {

  private static final String KIND = "made by a live test; may be dropped by one";

  private static final String PLACE =
      """
      SELECT d.oid::bigint AS database_oid, n.oid::bigint AS schema_oid,
             pg_catalog.current_database() AS database_name, n.nspname AS schema_name,
             s.system_identifier::pg_catalog.text AS server
      FROM pg_catalog.pg_database d
      CROSS JOIN pg_catalog.pg_control_system() s
      JOIN pg_catalog.pg_namespace n ON n.nspname OPERATOR(pg_catalog.=) ?
      WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
      """;

  // Whatever bears the names, tables or not; and what goes with such a table when it is dropped,
  // its partitions, or inherits from it. Those say whose they are, and are quoted, so that none has
  // the name of another.
  private static final String RELATIONS =
      """
      WITH RECURSIVE named AS (
        SELECT c.oid, c.relname::pg_catalog.text AS root, c.relname::pg_catalog.text AS name
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        WHERE n.nspname OPERATOR(pg_catalog.=) ? AND c.relname OPERATOR(pg_catalog.=) ANY (ARRAY[%s])
        UNION
        SELECT c.oid, named.root, pg_catalog.format('%%s/%%I.%%I', named.root, n.nspname, c.relname)
        FROM named
        JOIN pg_catalog.pg_inherits i ON i.inhparent OPERATOR(pg_catalog.=) named.oid
        JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.inhrelid
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      )
      SELECT name, oid::bigint AS oid FROM named
      """
          .formatted(
              PostgresSchema.TABLES.stream()
                  .map(table -> "'" + table + "'")
                  .collect(Collectors.joining(", ")));

  private static final String COMMENT =
      """
      SELECT pg_catalog.obj_description(c.oid, 'pg_class')
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      WHERE n.nspname OPERATOR(pg_catalog.=) ? AND c.relname OPERATOR(pg_catalog.=) 'user_engine_schema_history'
      """;

  // A row of another transaction tells that the schema was there before this one.
  private static final String WAS_THERE_BEFORE =
      """
      SELECT EXISTS (
        SELECT 1 FROM %s.user_engine_schema_history
        WHERE xmin OPERATOR(pg_catalog.<>) pg_catalog.pg_current_xact_id()::pg_catalog.xid)
      """;

  private Marker() {}

  /** As the text of an array: drivers look a type up by statements that name no schema. */
  static String arrayOf(Collection<Long> oids) {
    return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Marks the tables as they are now, in the transaction that made them. Tables that were there
   * before and are only being migrated keep a marker that they have, and get none.
   *
   * @throws LiveRefusal if there were tables before that no marker covers; the migration is to be
   *     given up then
   */
  static void write(Connection connection, String schema) throws SQLException {
    if (wasThereBefore(connection, schema)) {
      refuseUnlessMarked(connection, schema);
    }
    String statement;
    try (PreparedStatement quote =
        connection.prepareStatement(
            "SELECT pg_catalog.format('COMMENT ON TABLE %I.user_engine_schema_history IS %L',"
                + " ?::pg_catalog.text, ?::pg_catalog.text)")) {
      quote.setString(1, schema);
      quote.setString(2, describe(connection, schema).toString());
      try (ResultSet row = quote.executeQuery()) {
        row.next();
        statement = row.getString(1);
      }
    }
    try (Statement comment = connection.createStatement()) {
      comment.execute(statement);
    }
  }

  private static boolean wasThereBefore(Connection connection, String schema) throws SQLException {
    String quoted = '"' + schema.replace("\"", "\"\"") + '"';
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(WAS_THERE_BEFORE.formatted(quoted))) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void refuseUnlessMarked(Connection connection, String schema) throws SQLException {
    Map<String, Long> relations = relations(connection, schema);
    Json.JsonObject marker = read(connection, schema);
    if (marker != null && marker.members().get("tables") instanceof Json.JsonObject marked) {
      // The others were made just now: they could not have been, had they been there. That is so
      // for what bears our names, and not for what somebody hung below such a table.
      relations.keySet().removeIf(name -> !marked.members().containsKey(tableOf(name)));
    }
    Optional<String> objection = objection(connection, schema, relations);
    if (objection.isPresent()) {
      throw new LiveRefusal(
          "the schema \""
              + schema
              + "\" holds tables of an older version, and "
              + objection.get()
              + ": they may be somebody's data, and are not migrated by a live test;"
              + " nothing was changed");
    }
  }

  /**
   * Why the relations that are there may not be dropped.
   *
   * @return empty if the marker covers each of them
   */
  static Optional<String> objection(
      Connection connection, String schema, Map<String, Long> relations) throws SQLException {
    Json.JsonObject marker = read(connection, schema);
    if (marker == null) {
      return Optional.of("they carry no marker of a live test");
    }
    Json.JsonObject here = describe(connection, schema);
    for (String place : new String[] {"kind", "server", "database", "schema"}) {
      if (!Objects.equals(here.members().get(place), marker.members().get(place))) {
        return Optional.of("their marker was made in another place (" + place + " differs)");
      }
    }
    for (Map.Entry<String, Long> relation : relations.entrySet()) {
      if (!(marker.members().get("tables") instanceof Json.JsonObject tables)
          || !Json.of(relation.getValue()).equals(tables.members().get(relation.getKey()))) {
        return Optional.of(
            "their marker does not cover " + relation.getKey() + ", which was made by other means");
      }
    }
    return Optional.empty();
  }

  /** The table of our list that a relation is, or hangs below. */
  private static String tableOf(String relation) {
    int end = relation.indexOf('/');
    return end < 0 ? relation : relation.substring(0, end);
  }

  /**
   * What bears the name of one of our tables, and what hangs below it, by name, with its oid. A
   * partition or a table that inherits is named {@code table/schema.name}.
   */
  static Map<String, Long> relations(Connection connection, String schema) throws SQLException {
    Map<String, Long> relations = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          relations.put(rows.getString("name"), rows.getLong("oid"));
        }
      }
    }
    return relations;
  }

  private static Json.JsonObject describe(Connection connection, String schema)
      throws SQLException {
    Map<String, Long> relations = relations(connection, schema);
    Object[] tables =
        relations.entrySet().stream()
            .flatMap(relation -> Stream.of(relation.getKey(), relation.getValue()))
            .toArray();
    try (PreparedStatement statement = connection.prepareStatement(PLACE)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Json.object(
            "kind", KIND,
            "server", row.getString("server"),
            "database",
                Json.object(
                    "name", row.getString("database_name"), "oid", row.getLong("database_oid")),
            "schema",
                Json.object("name", row.getString("schema_name"), "oid", row.getLong("schema_oid")),
            "tables", Json.object(tables));
      }
    }
  }

  private static Json.@Nullable JsonObject read(Connection connection, String schema)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMMENT)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        String text = row.next() ? row.getString(1) : null;
        return text == null ? null : parse(text);
      }
    }
  }

  /** A comment that is no marker is somebody's comment. */
  private static Json.@Nullable JsonObject parse(String text) {
    try {
      return Json.parse("marker", text) instanceof Json.JsonObject object ? object : null;
    } catch (StoreException.InvalidInput e) {
      return null;
    }
  }
}
