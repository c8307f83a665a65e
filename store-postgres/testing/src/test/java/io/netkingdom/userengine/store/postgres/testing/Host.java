package io.netkingdom.userengine.store.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Somebody else's application in a database, with objects and data of its own that nobody is to
 * touch. It can tell what there is, so that what was there before can be compared with what is
 * there afterwards.
 */
final class Host {

  static final String APPLICATION = "host";

  // relfilenode changes when a table is truncated or written anew.
  private static final String DEFINITIONS =
      """
      WITH spaces AS (
        SELECT oid, nspname FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      )
      SELECT format('relation %s.%s', nspname, relname) AS object,
        concat_ws(' ', c.oid, relkind, relfilenode, relowner, relacl, relpersistence, relispartition,
          obj_description(c.oid, 'pg_class'), CASE WHEN relkind IN ('v', 'm')
            THEN pg_get_viewdef(c.oid) END) AS state
      FROM pg_class c JOIN spaces s ON s.oid = relnamespace
      UNION ALL
      SELECT format('column %s.%s.%s', nspname, relname, attname),
        concat_ws(' ', attnum, format_type(atttypid, atttypmod), attnotnull, attidentity, attacl)
      FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN spaces s ON s.oid = relnamespace
      WHERE attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT format('constraint %s on %s', k.oid, conrelid::regclass), pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN spaces s ON s.oid = connamespace
      UNION ALL
      SELECT format('index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
      FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN spaces s ON s.oid = relnamespace
      UNION ALL
      SELECT format('trigger %s on %s', tgname, tgrelid::regclass), pg_get_triggerdef(t.oid)
      FROM pg_trigger t WHERE NOT tgisinternal
      UNION ALL
      SELECT format('rule %s on %s', rulename, ev_class::regclass), pg_get_ruledef(r.oid)
      FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class JOIN spaces s ON s.oid = relnamespace
      UNION ALL
      SELECT format('function %s', p.oid::regprocedure), prosrc
      FROM pg_proc p JOIN spaces s ON s.oid = pronamespace
      UNION ALL
      SELECT format('type %s.%s', nspname, typname), concat_ws(' ', t.oid, typtype)
      FROM pg_type t JOIN spaces s ON s.oid = typnamespace
      UNION ALL
      SELECT format('policy %s on %s', polname, polrelid::regclass), pg_get_expr(polqual, polrelid)
      FROM pg_policy
      UNION ALL
      SELECT format('publication of %s', prrelid::regclass), prpubid::text FROM pg_publication_rel
      UNION ALL
      SELECT format('schema %s', nspname), oid::text FROM spaces
      """;

  private static final String QUESTIONS_OF_ROWS =
      """
      SELECT format(
        CASE relkind
          WHEN 'S' THEN 'SELECT last_value || '' '' || is_called FROM %I.%I'
          ELSE 'SELECT md5(string_agg(r::text, '','' ORDER BY r::text)) FROM %I.%I r'
        END, nspname, relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'm', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
      """;

  private final int port;
  private final String database;
  private final String role;

  Host(int port, String database, String role) {
    this.port = port;
    this.database = database;
    this.role = role;
  }

  String database() {
    return database;
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", role);
    properties.put("ApplicationName", APPLICATION);
    Connection connection =
        new org.postgresql.Driver()
            .connect("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    if (connection == null) {
      throw new SQLException("the driver does not take its own URL", "08001");
    }
    return connection;
  }

  void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError("the host's own statement failed", e);
    }
  }

  /** The first column of every row. */
  List<String> ask(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError("the host's own question failed", e);
    }
  }

  /** Everything that is in the database: definitions and rows. */
  SortedMap<String, String> everything() {
    SortedMap<String, String> state = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(DEFINITIONS)) {
        while (rows.next()) {
          state.put(rows.getString(1), String.valueOf(rows.getString(2)));
        }
      }
      for (String question : ask(QUESTIONS_OF_ROWS)) {
        try (ResultSet rows = statement.executeQuery(question)) {
          rows.next();
          state.put(question, String.valueOf(rows.getString(1)));
        }
      }
    } catch (SQLException e) {
      throw new AssertionError("the host's own question failed", e);
    }
    return state;
  }
}
