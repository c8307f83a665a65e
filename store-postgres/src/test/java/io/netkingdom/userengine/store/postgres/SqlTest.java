package io.netkingdom.userengine.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {

  private static final SchemaName SCHEMA = new SchemaName("my \"schema\"");

  @Test
  void namesBecomeQuestionMarksInTheirOrder() {
    Sql sql = Sql.of("SELECT :b, :a WHERE x = :b", SCHEMA);

    assertEquals("SELECT ?, ? WHERE x = ?", sql.text());
    assertEquals(List.of("b", "a", "b"), sql.names());
  }

  @Test
  void aCastIsNoParameter() {
    Sql sql = Sql.of("SELECT :emails::jsonb", SCHEMA);

    assertEquals("SELECT ?::jsonb", sql.text());
    assertEquals(List.of("emails"), sql.names());
  }

  @Test
  void theSchemaIsQuoted() {
    assertEquals(
        "SELECT 1 FROM \"my \"\"schema\"\"\".user_engine_users",
        Sql.of("SELECT 1 FROM {schema}.user_engine_users", SCHEMA).text());
  }
}
