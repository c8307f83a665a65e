package io.netkingdom.userengine.store.postgres.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaNameTest {

  @Test
  void sixtyThreeBytesFit() {
    assertEquals("x".repeat(63), new SchemaName("x".repeat(63)).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "éééééééééééééééééééééééééééééééé",
        "a\nb",
        "a\u0000b",
        "a\ud83d\ude00b"
      })
  void whatPostgresWouldCutOrRefuseIsInvalid(String name) {
    StoreException.InvalidInput refusal =
        assertThrows(StoreException.InvalidInput.class, () -> new SchemaName(name));

    assertEquals("schema", refusal.field());
  }
}
