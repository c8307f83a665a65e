package io.netkingdom.userengine.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database's catalogue says of our tables, one line per object, and what it should say.
 * Found by reading: no statement fails where an object is missing, so that this is safe in a
 * transaction of somebody else's.
 */
final class SchemaCatalogue {

  // An index of a partitioned table says ON ONLY, and has those of the partitions below it: it is
  // valid when all of them are there. A foreign key onto a partitioned table has others below it.
  private static final String READ =
      """
      WITH ours AS (
        SELECT c.oid, c.relname::text AS name, c.relkind, quote_ident(n.nspname) || '.' AS prefix
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND c.relname IN (%s)
      )
      SELECT 'table ' || name AS line FROM ours
      UNION ALL
      SELECT 'partitioned ' || name || ' by ' || pg_catalog.pg_get_partkeydef(ours.oid)
        || ' with moduli' || coalesce(string_agg(' ' ||
          substring(pg_catalog.pg_get_expr(p.relpartbound, p.oid) FROM 'modulus ([0-9]+)'), ''), '')
      FROM ours
      LEFT JOIN pg_catalog.pg_inherits i ON i.inhparent = ours.oid AND NOT i.inhdetachpending
      LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhrelid AND p.relkind = 'r'
      WHERE ours.relkind = 'p'
      GROUP BY ours.oid, name
      UNION ALL
      SELECT 'column ' || name || '.' || a.attname || ' '
        || pg_catalog.format_type(a.atttypid, a.atttypmod)
        || CASE WHEN l.collname IS NULL THEN '' ELSE ' collate ' || l.collname END
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || CASE WHEN a.attidentity = 'a' THEN ' generated always as identity' ELSE '' END
      FROM ours
      JOIN pg_catalog.pg_attribute a ON a.attrelid = ours.oid
      LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
      WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'constraint ' || k.conname || ' on ' || name || ' '
        || replace(pg_catalog.pg_get_constraintdef(k.oid), prefix, '')
        || CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END
      FROM ours
      JOIN pg_catalog.pg_constraint k ON k.conrelid = ours.oid
      WHERE k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0
      UNION ALL
      SELECT replace(replace(pg_catalog.pg_get_indexdef(x.indexrelid), prefix, ''),
          ' ON ONLY ', ' ON ')
        || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
      FROM ours
      JOIN pg_catalog.pg_index x ON x.indrelid = ours.oid
      ORDER BY 1
      """
          .formatted(
              PostgresSchema.TABLES.stream()
                  .map(table -> "'" + table + "'")
                  .collect(Collectors.joining(", ")));

  private SchemaCatalogue() {}

  /** What there is of our tables in a schema; empty if there is none. */
  static Set<String> read(Connection connection, SchemaName schema) throws SQLException {
    Set<String> lines = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.add(rows.getString("line"));
        }
      }
    }
    return lines;
  }

  static boolean hasTable(Set<String> lines, String table) {
    return lines.contains("table " + table);
  }

  /**
   * What a schema of a version must have and a database does not. What it has beside that, such as
   * an index that an administrator added, is not our business.
   */
  static List<String> missing(Set<String> lines, int version) {
    List<String> missing = new ArrayList<>();
    for (String line : expected(version)) {
      if (!lines.contains(line)) {
        missing.add("missing: " + line);
      }
    }
    return missing;
  }

  static List<String> expected(int version) {
    String file = "migrations/catalogue-" + version + ".txt";
    try (InputStream in = SchemaCatalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the library is incomplete: " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
