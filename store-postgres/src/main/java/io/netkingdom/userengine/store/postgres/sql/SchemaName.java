package io.netkingdom.userengine.store.postgres.sql;

import io.netkingdom.userengine.store.StoreException;
import java.nio.charset.StandardCharsets;

/**
 * The name of the schema that holds the tables, exactly as the catalogue has it. PostgreSQL cuts
 * identifiers at 63 bytes without an error, and so a longer one is refused here.
 */
public record SchemaName(String value) {

  /** NAMEDATALEN - 1; PostgreSQL manual, section 4.1.1. */
  private static final int MAX_BYTES = 63;

  public SchemaName {
    if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new StoreException.InvalidInput("schema", "is not 1 to " + MAX_BYTES + " bytes long");
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
      throw new StoreException.InvalidInput(
          "schema", "contains a control character or one beyond the Basic Multilingual Plane");
    }
  }

  /** The name as a quoted identifier. */
  public String quoted() {
    return '"' + value.replace("\"", "\"\"") + '"';
  }
}
