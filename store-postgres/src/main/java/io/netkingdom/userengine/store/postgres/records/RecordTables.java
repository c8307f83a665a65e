package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The tables that hold the records of each kind, and how many there are. */
public final class RecordTables {

  private static final Map<RecordKind, String> NAMES =
      Map.of(
          RecordKind.USER, "user_engine_users",
          RecordKind.FEDERATED_IDENTITY, "user_engine_identities",
          RecordKind.GROUP, "user_engine_groups",
          RecordKind.MEMBERSHIP, "user_engine_memberships",
          RecordKind.PROFILE_DOCUMENT, "user_engine_profiles",
          RecordKind.AUDIT_RECORD, "user_engine_audit",
          RecordKind.OUTBOX_RECORD, "user_engine_outbox");

  // One statement, and so one moment for all kinds.
  private static final String COUNT =
      """
      SELECT
        (SELECT count(*) FROM {schema}.user_engine_users
          WHERE {tenants} AND erased IS NULL) AS user_engine_users,
        (SELECT count(*) FROM {schema}.user_engine_identities
          WHERE {tenants}) AS user_engine_identities,
        (SELECT count(*) FROM {schema}.user_engine_groups
          WHERE {tenants}) AS user_engine_groups,
        (SELECT count(*) FROM {schema}.user_engine_memberships
          WHERE {tenants}) AS user_engine_memberships,
        (SELECT count(*) FROM {schema}.user_engine_profiles
          WHERE {tenants}) AS user_engine_profiles,
        (SELECT count(*) FROM {schema}.user_engine_audit
          WHERE {tenants}) AS user_engine_audit,
        (SELECT count(*) FROM {schema}.user_engine_outbox
          WHERE {tenants}) AS user_engine_outbox
      """;

  static final String COUNT_TENANT = COUNT.replace("{tenants}", "tenant_id = :tenant");

  public static final String COUNT_ALL = COUNT.replace("{tenants}", "true");

  /**
   * What the server has noted about the tables when it last vacuumed or analysed them; -1 where it
   * never did. It keeps no note of a partitioned table, but of its partitions; of those that hold
   * almost nothing it may never take one. PostgreSQL manual, section 24.1.6.
   */
  public static final String ESTIMATE =
      Sql.qualified(
          """
      SELECT c.relname AS name,
        CASE WHEN max(part.reltuples) < 0 THEN -1
          ELSE sum(greatest(part.reltuples, 0)::float8)
        END AS estimate
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_inherits i ON c.relkind = 'p' AND i.inhparent = c.oid
      JOIN pg_catalog.pg_class part ON part.oid = coalesce(i.inhrelid, c.oid)
      WHERE n.nspname = ? AND (c.relkind = 'r' OR c.relkind = 'p')
      GROUP BY c.relname
      """);

  private RecordTables() {}

  /** The one row of {@link #COUNT_TENANT} or {@link #COUNT_ALL}. */
  public static RecordCounts.Exact readCounts(ResultSet rows) throws SQLException {
    rows.next();
    Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    for (Map.Entry<RecordKind, String> table : NAMES.entrySet()) {
      counts.put(table.getKey(), rows.getLong(table.getValue()));
    }
    return new RecordCounts.Exact(counts);
  }

  /** What {@link #ESTIMATE} says of the kinds that it knows something about. */
  public static Map<RecordKind, Long> readEstimates(ResultSet rows) throws SQLException {
    Map<String, Long> byName = new HashMap<>();
    while (rows.next()) {
      byName.put(rows.getString("name"), (long) rows.getDouble("estimate"));
    }
    Map<RecordKind, Long> estimates = new EnumMap<>(RecordKind.class);
    NAMES.forEach(
        (kind, name) -> {
          long estimate = byName.getOrDefault(name, -1L);
          if (estimate >= 0) {
            estimates.put(kind, estimate);
          }
        });
    return estimates;
  }
}
