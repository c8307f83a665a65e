package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that are partitioned by tenant: how they are made, recognised, counted and dropped. */
@ExtendWith(LivePostgres.class)
class PartitionsIT {

  private static final int NEWEST = 2;
  private static final String V1 = "V1__users_and_identities";
  private static final String V2 = "V2__groups_profiles_audit_and_outbox";

  private static final String TABLE_OF_TENANTS =
      "(CREATE TABLE (\\{schema\\}\\.\\w+) \\(\n  tenant_id [^;]*\\));";
  private static final String IN_TWO =
      """
      $1 PARTITION BY HASH (tenant_id);
      CREATE TABLE $2_p0 PARTITION OF $2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE $2_p1 PARTITION OF $2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);""";
  private static final String IN_A_LIST =
      """
      $1 PARTITION BY LIST (tenant_id);
      CREATE TABLE $2_all PARTITION OF $2 DEFAULT;""";
  private static final String UNCHANGED = "$0";

  private final LiveDatabase database;
  private final Sqls sql;

  PartitionsIT(LiveDatabase database) {
    this.database = database;
    this.sql = new Sqls(database);
  }

  @BeforeEach
  @AfterEach
  void begin() {
    database.reset();
  }

  private UserEngineStore open(int tenantPartitions) {
    return database.withTenantPartitions(tenantPartitions).open(StoreOptions.defaults());
  }

  private void migrate(int tenantPartitions) {
    try (UserEngineStore store = open(tenantPartitions)) {
      store.migrate();
    }
  }

  private Readiness readiness() {
    try (UserEngineStore store = open(0)) {
      return store.readiness();
    }
  }

  private static String onlyProblem(Readiness readiness) {
    List<String> problems = assertInstanceOf(Readiness.Dirty.class, readiness).problems();
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  /** What a reset refuses to drop, since no marker covers all of it. */
  private void dropTables() throws SQLException {
    for (String table : PostgresSchema.TABLES) {
      sql.execute("DROP TABLE IF EXISTS {schema}." + table);
    }
  }

  /** Runs a file as another program does, with the tables changed. */
  private void runFile(String version, String tables) throws SQLException, IOException {
    try (InputStream file =
            PostgresUserEngineStore.class.getResourceAsStream("migration/" + version + ".sql");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      statement.execute(sql.fillIn(text.replaceAll(TABLE_OF_TENANTS, tables)));
      Marker.write(connection, database.schema());
      connection.commit();
    }
  }

  /** The number of partitions of each of our tables, and 0 for plain ones. */
  private String partitions() throws SQLException {
    return sql.ask(
        """
        SELECT string_agg(c.relname || ' '
            || (SELECT count(*) FROM pg_inherits i WHERE i.inhparent = c.oid),
          ', ' ORDER BY c.relname COLLATE "C")
        FROM pg_class c
        WHERE c.oid IN (SELECT to_regclass('{schema}.' || name) FROM unnest(ARRAY[%s]) AS t (name))
        """
            .formatted(
                String.join(
                    ", ",
                    PostgresSchema.TABLES.stream().map(table -> "'" + table + "'").toList())));
  }

  @Test
  void everyTableOfTenantsGetsAsManyPartitionsAsAreAskedForAndAllNamesAreOurs()
      throws SQLException {
    String others =
        "SELECT count(*) FROM pg_class WHERE relname !~ '^user_engine_' AND relkind <> 't'"
            + " AND relname !~ '^pg_toast'";
    String before = sql.ask(others);

    migrate(4);

    assertEquals(
        "user_engine_audit 4, user_engine_groups 4, user_engine_identities 4,"
            + " user_engine_memberships 4, user_engine_outbox 4, user_engine_outbox_epochs 0,"
            + " user_engine_profiles 4, user_engine_schema_history 0, user_engine_users 4",
        partitions());
    assertEquals(before, sql.ask(others));
    assertEquals(new Readiness.Ready(NEWEST), readiness());
  }

  @Test
  void tablesThatAreThereAreNotConverted() throws SQLException {
    migrate(0);
    String before = partitions();
    try (UserEngineStore store = open(4)) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertEquals(
          "each table was to have 4 partitions, and those in the schema "
              + sql.fillIn("{schema}")
              + " have no partitions; tables that are there are not converted, and nothing was"
              + " changed",
          failure.getMessage());
      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
    assertEquals(before, partitions());
  }

  @Test
  void anotherNumberThanTheTablesHaveIsRefusedAndNoWishIsNot() {
    migrate(4);
    try (UserEngineStore other = open(8);
        UserEngineStore same = open(4);
        UserEngineStore any = open(0)) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, other::migrate);

      String words = String.valueOf(failure.getMessage());
      assertTrue(words.contains("was to have 8 partitions"), words);
      assertTrue(words.contains("have 4 partitions"), words);
      assertEquals(new MigrationReport(List.of(), NEWEST), same.migrate());
      assertEquals(new MigrationReport(List.of(), NEWEST), any.migrate());
    }
  }

  @Test
  void anOlderSchemaGoesOnInItsLayoutWithItsRecords() throws SQLException, IOException {
    runFile(V1, IN_TWO);
    sql.execute(
        """
        INSERT INTO {schema}.user_engine_users
        VALUES ('t', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ada', 'ada', NULL, NULL, true, '[]',
                '2026-01-01Z', '2026-01-01Z', 3)
        """);
    String before = partitions();
    try (UserEngineStore other = open(3);
        UserEngineStore store = open(0)) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, other::migrate);
      assertTrue(failure.toString().contains("3 partitions"), failure.toString());
      assertTrue(failure.toString().contains("2 partitions"), failure.toString());
      assertEquals(before, partitions());
      assertEquals(new Readiness.Pending(1, List.of(V2)), store.readiness());

      assertEquals(new MigrationReport(List.of(V2), NEWEST), store.migrate());

      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      User ada = store.tenant(TenantId.of("t")).users().findByUserName("ada").orElseThrow();
      assertEquals(3, ada.version());
    }
    assertTrue(partitions().startsWith("user_engine_audit 2, user_engine_groups 2"), partitions());
  }

  @Test
  void aPlainSchemaGoesOnPlain() throws SQLException, IOException {
    runFile(V1, UNCHANGED);

    migrate(0);

    assertTrue(partitions().startsWith("user_engine_audit 0, user_engine_groups 0"), partitions());
  }

  @Test
  void aMixtureIsDirtyAndNamed() throws SQLException, IOException {
    runFile(V1, IN_TWO);
    runFile(V2, UNCHANGED);

    assertEquals(
        "some tables are partitioned (user_engine_identities, user_engine_users), and others are"
            + " not (user_engine_audit, user_engine_groups, user_engine_memberships,"
            + " user_engine_outbox, user_engine_profiles)",
        onlyProblem(readiness()));
  }

  @Test
  void tablesThatArePartitionedInAnotherWayAreDirtyAndNamed() throws SQLException, IOException {
    runFile(V1, IN_A_LIST);

    assertEquals(
        new Readiness.Dirty(
            List.of(
                "user_engine_identities is partitioned by LIST (tenant_id), not by HASH (tenant_id)",
                "user_engine_users is partitioned by LIST (tenant_id), not by HASH (tenant_id)")),
        readiness());
  }

  @Test
  void aPartitionThatWasDetachedIsMissedAndNamed() throws SQLException {
    migrate(2);
    sql.execute(
        "ALTER TABLE {schema}.user_engine_audit DETACH PARTITION {schema}.user_engine_audit_p1");
    try {
      assertEquals(
          "a partition of user_engine_audit is missing: there are those for 1 of 2 remainders",
          onlyProblem(readiness()));
    } finally {
      sql.execute("DROP TABLE {schema}.user_engine_audit_p1");
    }
  }

  @Test
  void anIndexThatAPartitionLacksIsMissed() throws SQLException {
    migrate(2);
    // As while indexes are being made one by one, without keeping writers out.
    sql.execute(
        "DROP INDEX {schema}.user_engine_users_emails",
        "CREATE INDEX user_engine_users_emails ON ONLY {schema}.user_engine_users"
            + " USING gin (emails jsonb_path_ops)");

    String problem = onlyProblem(readiness());

    assertEquals(
        "missing: index on user_engine_users using gin (emails jsonb_path_ops)"
            + " named user_engine_users_emails",
        problem);
  }

  @Test
  void aPartitionThatAnAdministratorDividesIsInOrder() throws SQLException {
    migrate(2);
    try {
      sql.execute(
          "DROP TABLE {schema}.user_engine_audit_p1",
          "CREATE TABLE {schema}.audit_1 PARTITION OF {schema}.user_engine_audit"
              + " FOR VALUES WITH (MODULUS 4, REMAINDER 1)",
          "CREATE TABLE {schema}.audit_3 PARTITION OF {schema}.user_engine_audit"
              + " FOR VALUES WITH (MODULUS 4, REMAINDER 3)");
      try (UserEngineStore store = open(2)) {
        assertEquals(new Readiness.Ready(NEWEST), store.readiness());
        assertEquals(List.of(), store.migrate().applied());
      }
    } finally {
      dropTables();
    }
  }

  /** As MIG-05, where there are more statements to be cut off at. */
  @Test
  void aMigrationThatIsKilledBetweenTwoStatementsLeavesNothingAndTheNextOneCompletes()
      throws SQLException {
    boolean completed = false;
    int kills = 0;
    for (int statements = 0; !completed; statements++) {
      assertTrue(statements < 100, "a migration has fewer statements");
      try (UserEngineStore killed =
          PostgresUserEngineStore.open(
              new KillingSource(database, statements),
              PostgresOptions.defaults()
                  .withSchema(database.schema())
                  .withTenantPartitions(2)
                  .withAfterMigration(Marker::write))) {
        killed.migrate();
        completed = true;
      } catch (StoreException.Unavailable e) {
        kills++;
        try (UserEngineStore store = open(2)) {
          assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
          assertEquals(NEWEST, store.migrate().version());
          assertEquals(new Readiness.Ready(NEWEST), store.readiness());
        }
        database.reset();
      }
    }
    assertTrue(kills > 34, "it was cut off at every statement, which are more than " + kills);
  }

  @Test
  @EnabledIfSystemProperty(
      named = LiveGate.EMBEDDED,
      matches = "true",
      disabledReason = "needs a server with little room for locks")
  void moreTablesThanTheServerCanLockAreAClearErrorAndLeaveNothing() {
    Map<String, String> little = Map.of("max_connections", "20", "max_locks_per_transaction", "10");
    try (EmbeddedServer server = EmbeddedServer.start(little);
        UserEngineStore store =
            server.database().withTenantPartitions(256).open(StoreOptions.defaults())) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertTrue(failure.toString().contains("max_locks_per_transaction"), failure.toString());
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
    }
  }

  /** Autovacuum notes down what partitions hold, and of the table that they make up nothing. */
  @Test
  void estimatesAreThoseOfAllPartitions() throws SQLException {
    try (UserEngineStore store = open(2)) {
      store.migrate();
      for (int i = 0; i < 20; i++) {
        store.tenant(TenantId.of("t" + i)).users().create(UserDraft.named("ada"));
      }
      long inFirst = Long.parseLong(sql.ask("SELECT count(*) FROM {schema}.user_engine_users_p0"));
      assertTrue(inFirst > 0 && inFirst < 20, () -> "in the first partition: " + inFirst);
      assertEquals(20, estimatedUsers(store));

      sql.execute("ANALYZE {schema}.user_engine_users_p0");
      assertEquals(inFirst, estimatedUsers(store));

      sql.execute("ANALYZE {schema}.user_engine_users_p1");
      store.tenant(TenantId.of("t0")).users().create(UserDraft.named("eve"));
      assertEquals(20, estimatedUsers(store));
    }
  }

  private static long estimatedUsers(UserEngineStore store) {
    return assertInstanceOf(RecordCounts.Estimated.class, store.estimatedCounts())
        .of(RecordKind.USER);
  }

  @Test
  void aResetDropsPartitionsWithTheirTables() throws SQLException {
    migrate(3);

    database.reset();

    // A host may have names that begin like ours, and ours in another schema.
    assertEquals(
        "0",
        sql.ask(
            "SELECT count(*) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace"
                + " AND relname ~ '^(%s)(_p[0-9]+)?$'"
                    .formatted(String.join("|", PostgresSchema.TABLES))));
  }

  @Test
  void aPartitionOfSomebodyElsesMakesAResetRefuse() throws SQLException {
    migrate(2);
    try {
      sql.execute(
          "DROP TABLE {schema}.user_engine_profiles_p0",
          "DROP TABLE {schema}.user_engine_profiles_p1",
          "CREATE TABLE {schema}.precious PARTITION OF {schema}.user_engine_profiles"
              + " FOR VALUES WITH (MODULUS 1, REMAINDER 0)");
      LiveRefusal refusal = assertThrows(LiveRefusal.class, database::reset);

      assertTrue(
          refusal.toString().contains(sql.fillIn("does not cover user_engine_profiles/")),
          refusal.toString());
      assertTrue(refusal.toString().contains(".precious"), refusal.toString());
      assertEquals("0", sql.ask("SELECT count(*) FROM {schema}.precious"));
    } finally {
      dropTables();
    }
  }

  @Test
  void aPartitionOfSomebodyElsesIsNotMigratedAndSoNotMarked() throws SQLException, IOException {
    runFile(V1, IN_TWO);
    try {
      sql.execute(
          "DROP TABLE {schema}.user_engine_identities_p1",
          "CREATE TABLE {schema}.precious PARTITION OF {schema}.user_engine_identities"
              + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)");

      assertThrows(LiveRefusal.class, () -> migrate(0));
      assertThrows(LiveRefusal.class, database::reset);
    } finally {
      dropTables();
    }
  }

  @Test
  void aTableThatInheritsMakesAResetRefuse() throws SQLException {
    migrate(0);
    sql.execute("CREATE TABLE {schema}.heir () INHERITS ({schema}.user_engine_audit)");
    try {
      LiveRefusal refusal = assertThrows(LiveRefusal.class, database::reset);

      assertTrue(refusal.toString().contains(".heir"), refusal.toString());
      assertEquals("0", sql.ask("SELECT count(*) FROM {schema}.user_engine_audit"));
    } finally {
      sql.execute("DROP TABLE {schema}.heir");
    }
  }

  /** It is no partition any more, and so nothing that a reset takes along. */
  @Test
  void aPartitionThatWasDetachedIsNamedWhereItIsInTheWay() throws SQLException {
    migrate(2);
    sql.execute(
        "ALTER TABLE {schema}.user_engine_users DETACH PARTITION {schema}.user_engine_users_p0");
    database.reset();
    try (UserEngineStore store = open(2)) {
      StoreException.MigrationFailed failure =
          assertThrows(StoreException.MigrationFailed.class, store::migrate);
      assertEquals(
          sql.fillIn(
              "CREATE TABLE {schema}.user_engine_users_p0 PARTITION OF {schema}.user_engine_users"
                  + " FOR VALUES WITH (MODULUS 2, REMAINDER 0) failed with SQLSTATE 42P07;"
                  + " nothing was changed"),
          failure.getMessage());
    } finally {
      sql.execute("DROP TABLE {schema}.user_engine_users_p0");
    }
  }
}
