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
        SELECT pg_catalog.unnest(?::pg_catalog.text::bigint[])::pg_catalog.oid AS oid
      ), theirs (classid, objid) AS (
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, oid FROM tables
        UNION
        SELECT d.classid, d.objid
        FROM theirs t
        JOIN pg_catalog.pg_depend d ON d.refclassid OPERATOR(pg_catalog.=) t.classid AND d.refobjid OPERATOR(pg_catalog.=) t.objid
        WHERE (d.deptype OPERATOR(pg_catalog.=) 'a' OR d.deptype OPERATOR(pg_catalog.=) 'i' OR d.deptype OPERATOR(pg_catalog.=) 'P' OR d.deptype OPERATOR(pg_catalog.=) 'S')
      ), others AS (
        SELECT d.classid, d.objid, d.objsubid
        FROM theirs t
        JOIN pg_catalog.pg_depend d ON d.refclassid OPERATOR(pg_catalog.=) t.classid AND d.refobjid OPERATOR(pg_catalog.=) t.objid
        WHERE d.deptype OPERATOR(pg_catalog.=) 'n' AND NOT ((d.classid, d.objid) OPERATOR(pg_catalog.=) ANY (SELECT * FROM theirs))
      ), taken_along AS (
        SELECT t.classid, t.objid, 0 AS objsubid
        FROM theirs t
        LEFT JOIN pg_catalog.pg_class c
          ON t.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid OPERATOR(pg_catalog.=) t.objid
        LEFT JOIN pg_catalog.pg_trigger g
          ON t.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass AND g.oid OPERATOR(pg_catalog.=) t.objid
        WHERE CASE
          WHEN c.oid IS NOT NULL THEN
            NOT (c.relkind OPERATOR(pg_catalog.=) 'i' OR c.relkind OPERATOR(pg_catalog.=) 'I' OR c.relkind OPERATOR(pg_catalog.=) 't')
            AND NOT (c.oid OPERATOR(pg_catalog.=) ANY (SELECT oid FROM tables))
            AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_depend d
              WHERE d.classid OPERATOR(pg_catalog.=) t.classid AND d.objid OPERATOR(pg_catalog.=) t.objid AND d.deptype OPERATOR(pg_catalog.=) 'i')
          WHEN g.oid IS NOT NULL THEN NOT g.tgisinternal
          ELSE NOT (t.classid OPERATOR(pg_catalog.=) ANY (ARRAY[
            'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid,
            'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid]))
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
      statement.setString(1, Marker.arrayOf(tables));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString("description"));
        }
      }
    }
    return found;
  }
}
