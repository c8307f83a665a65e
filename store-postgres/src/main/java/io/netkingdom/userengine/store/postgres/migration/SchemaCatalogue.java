package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a database's catalogue says of our tables, one line per object, and what it should say.
 * Found by reading: no statement fails where an object is missing, so that this is safe in a
 * transaction of somebody else's.
 */
final class SchemaCatalogue {

  // Everything is told as a fact, since the server words what it generates by settings, versions
  // and the search path. An index of a partitioned table is valid when all partitions have theirs;
  // a foreign key onto a partitioned table has others below it. 11 is the oid of pg_catalog.
  private static final String READ =
      """
      WITH RECURSIVE ours AS (
        SELECT c.oid, c.relname::pg_catalog.text AS name, c.relkind,
          pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.') AS prefix
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ?
          AND c.relkind = ANY (ARRAY['r', 'p']::pg_catalog."char"[])
          AND c.relname = ANY (ARRAY[%s]::pg_catalog.name[])
      ), parts AS (
        SELECT ours.oid, name FROM ours
        UNION ALL
        SELECT i.inhrelid, parts.name
        FROM parts
        JOIN pg_catalog.pg_inherits i ON i.inhparent = parts.oid
      )
      SELECT pg_catalog.concat('table ', name) AS line FROM ours
      UNION ALL
      SELECT pg_catalog.concat('partitioned ', name, ' by ',
        pg_catalog.pg_get_partkeydef(ours.oid), ' with moduli',
        pg_catalog.string_agg(' ' || pg_catalog.substring(
          pg_catalog.pg_get_expr(p.relpartbound, p.oid), 'modulus ([0-9]+)'), '')
          FILTER (WHERE p.oid IS NOT NULL))
      FROM ours
      LEFT JOIN pg_catalog.pg_inherits i
        ON i.inhparent = ours.oid AND NOT i.inhdetachpending
      LEFT JOIN pg_catalog.pg_class p
        ON p.oid = i.inhrelid AND p.relkind = 'r'
      WHERE ours.relkind = 'p'
      GROUP BY ours.oid, name
      UNION ALL
      SELECT pg_catalog.concat('column ', name, '.', a.attname, ' ',
        pg_catalog.format_type(a.atttypid, a.atttypmod),
        CASE WHEN t.typnamespace <> 11 THEN ' of another schema' END,
        CASE WHEN l.oid IS NOT NULL THEN pg_catalog.concat(' collate ', l.collname) END,
        CASE WHEN l.collnamespace <> 11 THEN ' of another schema' END,
        CASE WHEN a.attnotnull THEN ' not null' END,
        CASE WHEN a.attidentity = 'a' THEN ' generated always as identity' END,
        CASE WHEN a.attgenerated <> '' THEN ' generated' END)
      FROM ours
      JOIN pg_catalog.pg_attribute a ON a.attrelid = ours.oid
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
      WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT pg_catalog.concat('demanded ', name, '.', a.attname)
      FROM ours
      JOIN pg_catalog.pg_attribute a ON a.attrelid = ours.oid
      WHERE a.attnum > 0 AND NOT a.attisdropped
        AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
      UNION ALL
      SELECT pg_catalog.concat('constraint ', k.conname, ' on ', name, ' ',
        pg_catalog.replace(pg_catalog.pg_get_constraintdef(k.oid), prefix, ''))
      FROM ours
      JOIN pg_catalog.pg_constraint k ON k.conrelid = ours.oid
      WHERE k.contype = ANY (ARRAY['p', 'u', 'f', 'c', 'x']::pg_catalog."char"[])
        AND k.conparentid = 0
      UNION ALL
      SELECT pg_catalog.concat(
        CASE WHEN x.indisunique THEN 'unique ' END, 'index on ', name, ' using ', m.amname, ' (',
        (SELECT pg_catalog.string_agg(pg_catalog.concat(
            pg_catalog.pg_get_indexdef(x.indexrelid, n + 1, false),
            CASE WHEN l.oid IS NOT NULL THEN pg_catalog.concat(' collate ', l.collname) END,
            CASE WHEN NOT o.opcdefault THEN pg_catalog.concat(' ', o.opcname) END,
            CASE WHEN x.indoption[n] <> 0
              THEN pg_catalog.concat(' order ', x.indoption[n]) END), ', ' ORDER BY n)
          FROM pg_catalog.generate_series(0, x.indnkeyatts - 1) n
          JOIN pg_catalog.pg_opclass o ON o.oid = x.indclass[n]
          LEFT JOIN pg_catalog.pg_collation l ON l.oid = x.indcollation[n]),
        ')',
        CASE WHEN x.indpred IS NOT NULL
          THEN pg_catalog.concat(' where ', pg_catalog.pg_get_expr(x.indpred, x.indrelid)) END,
        CASE WHEN NOT x.indisvalid THEN ' INVALID' END,
        ' named ', c.relname)
      FROM ours
      JOIN pg_catalog.pg_index x ON x.indrelid = ours.oid
      JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
      JOIN pg_catalog.pg_am m ON m.oid = c.relam
      UNION ALL
      SELECT pg_catalog.concat('damage ', c.relname,
        ' is UNLOGGED, and a crash empties it; ALTER TABLE … SET LOGGED')
      FROM parts
      JOIN pg_catalog.pg_class c ON c.oid = parts.oid
      WHERE c.relpersistence = 'u'
      UNION ALL
      SELECT DISTINCT pg_catalog.concat('damage foreign keys of ', c.relname,
        ' are not enforced, as triggers are disabled; ALTER TABLE … ENABLE TRIGGER ALL')
      FROM parts
      JOIN pg_catalog.pg_class c ON c.oid = parts.oid
      JOIN pg_catalog.pg_trigger t ON t.tgrelid = parts.oid
      WHERE t.tgisinternal
        AND t.tgenabled = ANY (ARRAY['D', 'R']::pg_catalog."char"[])
      UNION ALL
      SELECT pg_catalog.concat('damage the rule ', r.rulename, ' on ', c.relname,
        ' rewrites statements; drop it')
      FROM parts
      JOIN pg_catalog.pg_class c ON c.oid = parts.oid
      JOIN pg_catalog.pg_rewrite r ON r.ev_class = parts.oid
      WHERE r.ev_enabled <> 'D'
      UNION ALL
      SELECT pg_catalog.concat('damage the table ', c.relname, ' inherits from ', name,
        ', and its rows are seen there; ALTER TABLE … NO INHERIT')
      FROM ours
      JOIN pg_catalog.pg_inherits i ON i.inhparent = ours.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
      WHERE ours.relkind = 'r'
      UNION ALL
      SELECT pg_catalog.concat('warning the trigger ', t.tgname, ' on ', c.relname,
        ' runs code that the store does not know')
      FROM parts
      JOIN pg_catalog.pg_class c ON c.oid = parts.oid
      JOIN pg_catalog.pg_trigger t ON t.tgrelid = parts.oid
      WHERE NOT t.tgisinternal AND t.tgparentid = 0
        AND t.tgenabled <> 'D'
      UNION ALL
      SELECT pg_catalog.concat('secured ', name)
      FROM ours
      WHERE pg_catalog.row_security_active(ours.oid)
      UNION ALL
      SELECT pg_catalog.concat('lacks ', needed.privilege, ' on ', ours.name)
      FROM ours
      JOIN (VALUES %s) needed (name, privilege)
        ON needed.name = ours.name
      WHERE NOT pg_catalog.has_table_privilege(ours.oid, needed.privilege)
      ORDER BY 1
      """
          .formatted(
              Tables.ALL.stream().map(table -> "'" + table + "'").collect(Collectors.joining(", ")),
              Privileges.asValues());

  private static final Pattern COLUMN = Pattern.compile("column (\\S+) .*");
  private static final Pattern CONSTRAINT = Pattern.compile("constraint (.+) on \\w+ .*");
  private static final Pattern INDEX = Pattern.compile("((?:unique )?index on .*) named (.*)");
  private static final String DEMANDED = "demanded ";
  private static final String DAMAGE = "damage ";
  private static final String WARNING = "warning ";
  private static final String SECURED = "secured ";
  private static final Pattern LACKS = Pattern.compile("lacks (\\w+) on (\\w+)");

  private SchemaCatalogue() {}

  /** What there is of our tables in a schema; empty if there is none. */
  static Set<String> read(Connection connection, SchemaName schema) throws SQLException {
    Set<String> lines = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(Sql.qualified(READ))) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.add(unqualified(rows.getString("line")));
        }
      }
    }
    return lines;
  }

  /** What the server qualifies where the search path hides its own. */
  private static String unqualified(String line) {
    return line.replaceAll("OPERATOR\\(pg_catalog\\.([^)]+)\\)", "$1").replace("pg_catalog.", "");
  }

  static boolean hasTable(Set<String> lines, String table) {
    return lines.contains("table " + table);
  }

  /**
   * Why the store must not work on a database: what a schema of a version must have and this one
   * does not, and what breaks a promise. Storage settings, the names of indexes and columns that
   * fill themselves are the administrator's business.
   */
  static List<String> problems(Set<String> lines, int version) {
    List<String> expected = expected(version);
    Set<String> facts = withoutNames(lines);
    Set<String> columns = columns(expected);
    return Stream.of(
            expected.stream()
                .filter(line -> !facts.contains(withoutName(line)))
                .map(line -> "missing: " + line),
            told(lines, DEMANDED)
                .filter(column -> !columns.contains(column))
                .map(
                    column ->
                        "the column "
                            + column
                            + " takes no NULL and has no default, and the store does not fill it"),
            told(lines, DAMAGE))
        .flatMap(problems -> problems)
        .toList();
  }

  /**
   * What a database has beside the schema of a version, and that may refuse or change what the
   * store writes.
   */
  static List<String> warnings(Set<String> lines, int version) {
    Set<String> expected = withoutNames(expected(version));
    return Stream.concat(
            lines.stream()
                .filter(line -> !expected.contains(withoutName(line)))
                .flatMap(line -> warning(line, lines)),
            told(lines, WARNING))
        .sorted()
        .toList();
  }

  private static Stream<String> warning(String line, Set<String> lines) {
    Matcher constraint = CONSTRAINT.matcher(line);
    if (constraint.matches()) {
      return Stream.of("the store does not know the " + line);
    }
    Matcher index = INDEX.matcher(line);
    if (!index.matches()) {
      return Stream.of();
    }
    String name = index.group(2);
    if (index.group(1).endsWith(" INVALID")) {
      return Stream.of("the index " + name + " is not valid; REINDEX or drop it");
    }
    boolean ofConstraint =
        lines.stream().anyMatch(other -> other.startsWith("constraint " + name + " on "));
    return line.startsWith("unique ") && !ofConstraint
        ? Stream.of("the store does not know the " + line)
        : Stream.of();
  }

  /** The tables of which row level security may keep rows from the role. */
  static List<String> secured(Set<String> lines) {
    return told(lines, SECURED).toList();
  }

  /**
   * The privileges that the role lacks, by table.
   *
   * @param readOnly whether it is never to write
   */
  static SortedMap<String, List<String>> lacking(Set<String> lines, boolean readOnly) {
    return lines.stream()
        .sorted()
        .map(LACKS::matcher)
        .filter(Matcher::matches)
        .filter(lacks -> !readOnly || lacks.group(1).equals("SELECT"))
        .collect(
            Collectors.groupingBy(
                lacks -> lacks.group(2),
                TreeMap::new,
                Collectors.mapping(lacks -> lacks.group(1), Collectors.toList())));
  }

  private static Stream<String> told(Set<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .sorted();
  }

  private static Set<String> columns(List<String> lines) {
    return lines.stream()
        .map(COLUMN::matcher)
        .filter(Matcher::matches)
        .map(column -> column.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> withoutNames(Collection<String> lines) {
    return lines.stream().map(SchemaCatalogue::withoutName).collect(Collectors.toSet());
  }

  /** An index does the same under another name; the names of constraints tell a conflict. */
  private static String withoutName(String line) {
    Matcher index = INDEX.matcher(line);
    return index.matches() ? index.group(1) : line;
  }

  static List<String> expected(int version) {
    String file = "catalogue-" + version + ".txt";
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
