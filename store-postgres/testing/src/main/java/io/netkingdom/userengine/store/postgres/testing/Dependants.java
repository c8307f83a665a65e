package io.netkingdom.userengine.store.postgres.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What would break, or go along, if some tables were dropped, and is not theirs: foreign keys and
 * views of others, tables that inherit, and also what DROP TABLE would take along without a word,
 * such as a sequence that a column owns, a trigger, a policy, or a place in a publication. Indexes,
 * constraints, columns and comments are a part of their table.
 */
final class Dependants {

  // PostgreSQL manual, section 53.18, pg_depend: n is "would have to be dropped first", the others
  // are "goes along".
  private static final String FIND =
      """
      WITH RECURSIVE tables AS (
        SELECT unnest(?::bigint[])::oid AS oid
      ), theirs (classid, objid) AS (
        SELECT 'pg_catalog.pg_class'::regclass::oid, oid FROM tables
        UNION
        SELECT d.classid, d.objid
        FROM theirs t
        JOIN pg_catalog.pg_depend d ON d.refclassid = t.classid AND d.refobjid = t.objid
        WHERE d.deptype IN ('a', 'i', 'P', 'S')
      ), others AS (
        SELECT d.classid, d.objid, d.objsubid
        FROM theirs t
        JOIN pg_catalog.pg_depend d ON d.refclassid = t.classid AND d.refobjid = t.objid
        WHERE d.deptype = 'n' AND (d.classid, d.objid) NOT IN (SELECT * FROM theirs)
      ), taken_along AS (
        SELECT t.classid, t.objid, 0 AS objsubid
        FROM theirs t
        LEFT JOIN pg_catalog.pg_class c
          ON t.classid = 'pg_catalog.pg_class'::regclass AND c.oid = t.objid
        LEFT JOIN pg_catalog.pg_trigger g
          ON t.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = t.objid
        WHERE CASE
          WHEN c.oid IS NOT NULL THEN
            c.relkind NOT IN ('i', 'I', 't')
            AND c.oid NOT IN (SELECT oid FROM tables)
            AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_depend d
              WHERE d.classid = t.classid AND d.objid = t.objid AND d.deptype = 'i')
          WHEN g.oid IS NOT NULL THEN NOT g.tgisinternal
          ELSE t.classid NOT IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass,
            'pg_catalog.pg_constraint'::regclass, 'pg_catalog.pg_attrdef'::regclass)
        END
      )
      SELECT pg_catalog.pg_describe_object(classid, objid, objsubid) AS description
      FROM (SELECT * FROM others UNION SELECT * FROM taken_along) o
      ORDER BY 1
      """;

  private Dependants() {}

  /**
   * Finds them.
   *
   * @param tables the tables' oids
   * @return what the server calls each of them, in alphabetical order
   */
  static List<String> of(Connection connection, Collection<Long> tables) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, connection.createArrayOf("bigint", tables.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString("description"));
        }
      }
    }
    return found;
  }
}
