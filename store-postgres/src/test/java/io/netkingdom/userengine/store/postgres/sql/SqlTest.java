package io.netkingdom.userengine.store.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

  private static final SchemaName SCHEMA = new SchemaName("my \"schema\"");

  @Test
  void namesBecomeQuestionMarksInTheirOrder() {
    Sql sql = Sql.of("SELECT :b, :a WHERE :b", SCHEMA);

    assertEquals("SELECT ?, ? WHERE ?", sql.text());
    assertEquals(List.of("b", "a", "b"), sql.names());
  }

  @Test
  void theSchemaIsQuoted() {
    assertEquals(
        "SELECT 1 FROM \"my \"\"schema\"\"\".user_engine_users",
        Sql.of("SELECT 1 FROM {schema}.user_engine_users", SCHEMA).text());
  }

  @Test
  void nothingInTheNameOfASchemaIsAParameterOrAnOperator() {
    SchemaName schema = new SchemaName("a:tenant = f(x)::text {settings}");

    Sql sql = Sql.of("SELECT :id FROM {schema}.t", schema);

    assertEquals("SELECT ? FROM " + schema.quoted() + ".t", sql.text());
    assertEquals(List.of("id"), sql.names());
  }

  /** An apostrophe is doubled in these, as in SQL. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = b|a OPERATOR(pg_catalog.=) b",
        "a<>b|aOPERATOR(pg_catalog.<>)b",
        "(a, b) > (?, ?)|(a, b) OPERATOR(pg_catalog.>) (?, ?)",
        "x = ANY (ARRAY[1])|x OPERATOR(pg_catalog.=) ANY (ARRAY[1])",
        "a @> :b::jsonb|a OPERATOR(pg_catalog.@>) ?::pg_catalog.jsonb",
        ":a::text::xid8|?::pg_catalog.text::pg_catalog.xid8",
        ":a::pg_catalog.text|?::pg_catalog.text",
        ":a::bigint[]::oid[]|?::bigint[]::pg_catalog.oid[]",
        "NULL::{schema}.t|NULL::\"my \"\"schema\"\"\".t",
        "count(*)|pg_catalog.count(*)",
        "pg_catalog.count(*)|pg_catalog.count(*)",
        "coalesce(a, greatest(b, 0))|coalesce(a, greatest(b, 0))",
        "t.*, * , a * b|t.*, * , a OPERATOR(pg_catalog.*) b",
        "THEN -1 ELSE a - 1|THEN -1 ELSE a OPERATOR(pg_catalog.-) 1",
        "a OPERATOR(pg_catalog.=) b|a OPERATOR(pg_catalog.=) b",
        "UPDATE t SET a = b + 1, c = (d = e) WHERE a = b"
            + "|UPDATE t SET a = b OPERATOR(pg_catalog.+) 1, c = (d OPERATOR(pg_catalog.=) e)"
            + " WHERE a OPERATOR(pg_catalog.=) b",
        "(UPDATE t SET a = b), x AS (SELECT a = b)"
            + "|(UPDATE t SET a = b), x AS (SELECT a OPERATOR(pg_catalog.=) b)",
        "SET LOCAL lock_timeout = 5|SET LOCAL lock_timeout = 5",
        "'a = f(b)' \"c = :d\" -- e = f(g)|'a = f(b)' \"c = :d\" -- e = f(g)",
      })
  void whatASearchPathCouldDecideIsQualified(String template, String sent) {
    assertEquals(sent, Sql.of(template, SCHEMA).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a IN (SELECT b FROM t)",
        "a NOT IN (1)",
        "a IS DISTINCT FROM b",
        "a IS NOT DISTINCT FROM b",
        "t JOIN u USING (id)",
        "t NATURAL JOIN u",
        "a LIKE 'b'",
        "a BETWEEN 1 AND 2",
        "CASE a WHEN 1 THEN 2 END",
        "nullif(a, b)",
      })
  void whatTakesNoSchemaForItsOperatorIsRefused(String template) {
    assertThrows(IllegalArgumentException.class, () -> Sql.of(template, SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT a FROM t",
        "DELETE FROM t USING settings",
        "CASE WHEN a THEN 2 END",
        "SELECT t.like FROM t",
      })
  void whatMerelyLooksLikeItIsNot(String template) {
    assertEquals(template, Sql.of(template, SCHEMA).text());
  }
}
