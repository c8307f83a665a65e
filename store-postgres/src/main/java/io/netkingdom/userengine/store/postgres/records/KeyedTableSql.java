package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.postgres.sql.KeysetSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of a table whose records have a name that is unique by its canonical key, an
 * external id and a version: users and groups.
 *
 * <p>Only an UPDATE that changes a unique key can fail in a race, where an INSERT gives way with ON
 * CONFLICT DO NOTHING. Inside a transaction it needs a savepoint, and so a statement first leaves
 * the record alone when its keys are to change ({@code :mayChangeKeys}).
 */
final class KeyedTableSql {

  /**
   * A column that an update can change.
   *
   * @param name its name
   * @param value the parameter that it is given, with a cast where it needs one
   */
  record Attribute(String name, String value) {}

  private static final String CREATE =
      """
      WITH {settings}, created AS (
        INSERT INTO {table}
          (tenant_id, id, {key}, {columns}, created, last_modified, version)
        SELECT :tenant, :id, :nameKey, {values}, :now, :now, 1
        FROM settings
        ON CONFLICT DO NOTHING
        RETURNING 1
      )
      SELECT CASE
        WHEN EXISTS (SELECT 1 FROM created) THEN 'CREATED'
        WHEN EXISTS (SELECT 1 FROM {table}
                     WHERE tenant_id = :tenant AND id = :id) THEN 'id'
        WHEN EXISTS (SELECT 1 FROM {table}
                     WHERE tenant_id = :tenant AND {key} = :nameKey) THEN '{field}'
        WHEN EXISTS (SELECT 1 FROM {table}
                     WHERE tenant_id = :tenant AND external_id = :externalId) THEN 'externalId'
        ELSE 'RACED'
      END
      """;

  private static final String UPDATE =
      """
      WITH {settings}, stored AS MATERIALIZED (
        SELECT r.*
        FROM {table} r CROSS JOIN settings
        WHERE r.tenant_id = :tenant AND r.id = :id AND {live}
        FOR NO KEY UPDATE OF r
      ), facts AS MATERIALIZED (
        SELECT
          version = :version AS is_current,
          NOT EXISTS (SELECT {stored} EXCEPT SELECT {values}) AS is_same,
          NOT EXISTS (SELECT {key}, external_id EXCEPT SELECT :nameKey, :externalId) AS keeps_keys,
          CASE
            WHEN EXISTS (SELECT 1 FROM {table}
                         WHERE tenant_id = :tenant AND {key} = :nameKey
                           AND id <> :id) THEN '{field}'
            WHEN EXISTS (SELECT 1 FROM {table}
                         WHERE tenant_id = :tenant AND external_id = :externalId
                           AND id <> :id) THEN 'externalId'
          END AS taken
        FROM stored
      ), changed AS (
        UPDATE {table} r
        SET {key} = :nameKey, {assignments},
            last_modified = greatest(:now, r.last_modified + interval '1 microsecond'),
            version = r.version + 1
        FROM facts
        WHERE r.tenant_id = :tenant AND r.id = :id
          AND is_current AND NOT is_same AND taken IS NULL AND (keeps_keys OR :mayChangeKeys)
        RETURNING r.*
      )
      SELECT 'UPDATED' AS outcome, NULL AS taken, changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN NOT is_current THEN 'STALE'
          WHEN is_same THEN 'UNCHANGED'
          WHEN taken IS NOT NULL THEN 'TAKEN'
          ELSE 'NEW_KEYS'
        END, taken, stored.*
      FROM stored CROSS JOIN facts
      WHERE NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String UPSERT =
      """
      WITH {settings}, stored AS MATERIALIZED (
        SELECT r.*
        FROM {table} r CROSS JOIN settings
        WHERE r.tenant_id = :tenant AND r.{key} = :nameKey
        FOR NO KEY UPDATE OF r
      ), facts AS MATERIALIZED (
        SELECT
          stored.id IS NOT NULL AS is_found,
          NOT EXISTS (SELECT {stored} EXCEPT SELECT {values}) AS is_same,
          NOT EXISTS (SELECT stored.external_id EXCEPT SELECT :externalId) AS keeps_keys,
          CASE
            WHEN stored.id IS NULL
              AND EXISTS (SELECT 1 FROM {table}
                          WHERE tenant_id = :tenant AND id = :id) THEN 'id'
            WHEN EXISTS (SELECT 1 FROM {table}
                         WHERE tenant_id = :tenant AND external_id = :externalId
                           AND {key} <> :nameKey) THEN 'externalId'
          END AS taken
        FROM settings LEFT JOIN stored ON true
      ), created AS (
        INSERT INTO {table}
          (tenant_id, id, {key}, {columns}, created, last_modified, version)
        SELECT :tenant, :id, :nameKey, {values}, :now, :now, 1
        FROM facts
        WHERE NOT is_found AND taken IS NULL
        ON CONFLICT DO NOTHING
        RETURNING *
      ), changed AS (
        UPDATE {table} r
        SET {assignments},
            last_modified = greatest(:now, r.last_modified + interval '1 microsecond'),
            version = r.version + 1
        FROM stored CROSS JOIN facts
        WHERE r.tenant_id = :tenant AND r.id = stored.id
          AND NOT is_same AND taken IS NULL AND (keeps_keys OR :mayChangeKeys)
        RETURNING r.*
      )
      SELECT 'CREATED' AS outcome, NULL AS taken, created.*
      FROM created
      UNION ALL
      SELECT 'UPDATED', NULL, changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN is_found AND is_same THEN 'UNCHANGED'
          WHEN taken IS NOT NULL THEN 'TAKEN'
          WHEN is_found THEN 'NEW_KEYS'
          ELSE 'RACED'
        END, taken, stored.*
      FROM facts LEFT JOIN stored ON true
      WHERE NOT EXISTS (SELECT 1 FROM created) AND NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String DELETE =
      """
      WITH {settings}
      DELETE FROM {table} r
      USING settings
      WHERE r.tenant_id = :tenant AND r.id = :id AND {live}
      RETURNING r.id
      """;

  private static final String FIND =
      "SELECT * FROM {table} r WHERE tenant_id = :tenant AND id = :id AND {live}";

  private static final String FIND_BY_NAME =
      "SELECT * FROM {table} WHERE tenant_id = :tenant AND {key} = :nameKey";

  private static final String FIND_BY_EXTERNAL_ID =
      "SELECT * FROM {table} WHERE tenant_id = :tenant AND external_id = :externalId";

  // A range, and not LIKE: nothing in a prefix is a wildcard, and the index answers it.
  private static final String LIST =
      """
      SELECT * FROM {table}
      WHERE tenant_id = :tenant AND {key} >= :prefix AND {key} < :prefixEnd
      """;

  private final String table;
  private final String key;
  private final String field;
  private final String live;
  private final List<Attribute> attributes;

  final String create;
  final String update;
  final String upsert;
  final String delete;
  final String find;
  final String findByName;
  final String findByExternalId;
  final KeysetSql list;

  /**
   * @param table its name
   * @param key the column of the name's canonical key
   * @param field what an error calls the name
   * @param live the condition under which a row {@code r} is a record
   * @param attributes the columns that an update can change, the key aside
   */
  KeyedTableSql(String table, String key, String field, String live, List<Attribute> attributes) {
    this.table = "{schema}." + table;
    this.key = key;
    this.field = field;
    this.live = live;
    this.attributes = attributes;
    this.create = fillIn(CREATE);
    this.update = fillIn(UPDATE);
    this.upsert = fillIn(UPSERT);
    this.delete = fillIn(DELETE);
    this.find = fillIn(FIND);
    this.findByName = fillIn(FIND_BY_NAME);
    this.findByExternalId = fillIn(FIND_BY_EXTERNAL_ID);
    this.list = new KeysetSql(fillIn(LIST), List.of(key), List.of(":after"));
  }

  /** A template with this table's names in the place of those in braces. */
  String fillIn(String template) {
    return template
        .replace("{table}", table)
        .replace("{key}", key)
        .replace("{field}", field)
        .replace("{live}", live)
        .replace("{columns}", list("%1$s"))
        .replace("{values}", list("%2$s"))
        .replace("{stored}", list("stored.%1$s"))
        .replace("{assignments}", list("%1$s = %2$s"));
  }

  private String list(String form) {
    return attributes.stream()
        .map(attribute -> form.formatted(attribute.name(), attribute.value()))
        .collect(Collectors.joining(", "));
  }
}
