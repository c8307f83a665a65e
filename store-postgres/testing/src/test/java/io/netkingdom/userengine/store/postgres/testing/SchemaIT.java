package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only PostgreSQL can get wrong about readiness and migrations. */
@ExtendWith(LivePostgres.class)
class SchemaIT {

  private static final int NEWEST = 2;

  private final LiveDatabase database;

  SchemaIT(LiveDatabase database) {
    this.database = database;
  }

  @BeforeEach
  @AfterEach
  void begin() {
    database.reset();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql.replace("{schema}", '"' + database.schema() + '"'));
      }
    }
  }

  private Readiness readinessAfter(String... statements) throws SQLException {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      execute(statements);
      return store.readiness();
    }
  }

  private static String onlyProblem(Readiness readiness) {
    List<String> problems = assertInstanceOf(Readiness.Dirty.class, readiness).problems();
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  @Test
  void aChangedChecksumIsDirtyAndNamed() throws SQLException {
    Readiness readiness =
        readinessAfter(
            """
            UPDATE {schema}.user_engine_schema_history SET checksum = 'edited' WHERE version = 1
            """);

    assertEquals(
        "V1__users_and_identities was changed: its recorded checksum differs",
        onlyProblem(readiness));
  }

  @Test
  void aMissingIndexIsDirtyAndNamed() throws SQLException {
    String problem = onlyProblem(readinessAfter("DROP INDEX {schema}.user_engine_users_emails"));

    assertEquals(
        "missing: index on user_engine_users using gin (emails jsonb_path_ops)"
            + " named user_engine_users_emails",
        problem);
  }

  @Test
  void aColumnOfAnotherTypeIsDirtyAndNamed() throws SQLException {
    String problem =
        onlyProblem(
            readinessAfter("ALTER TABLE {schema}.user_engine_users ALTER version TYPE integer"));

    assertEquals("missing: column user_engine_users.version bigint not null", problem);
  }

  @Test
  void aHistoryWithoutEntriesIsAMigrationThatDidNotFinish() throws SQLException {
    assertEquals(
        "a migration began and did not finish",
        onlyProblem(readinessAfter("DELETE FROM {schema}.user_engine_schema_history")));
  }

  @Test
  void anAdditionalIndexDoesNotMakeItDirty() throws SQLException {
    Readiness readiness =
        readinessAfter("CREATE INDEX our_dba ON {schema}.user_engine_users (created)");

    assertEquals(new Readiness.Ready(NEWEST), readiness);
  }

  /**
   * Each would keep every store that opens afterwards from working, if it were taken for damage.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER INDEX {schema}.user_engine_users_pk SET (fillfactor = 70)",
        "ALTER INDEX {schema}.user_engine_identities_user_id SET (deduplicate_items = off)",
        "ALTER INDEX {schema}.user_engine_users_emails SET (fastupdate = off)",
        "ALTER INDEX {schema}.user_engine_users_emails RENAME TO of_another_name",
        "ALTER TABLE {schema}.user_engine_users SET (fillfactor = 70, autovacuum_enabled = off)",
        "ALTER TABLE {schema}.user_engine_users ALTER emails SET STATISTICS 500",
        "ALTER TABLE {schema}.user_engine_users ALTER emails SET STORAGE EXTERNAL",
        "ALTER TABLE {schema}.user_engine_users CLUSTER ON user_engine_users_pk",
        "ALTER TABLE {schema}.user_engine_users REPLICA IDENTITY FULL",
        "ALTER TABLE {schema}.user_engine_users ADD note text NOT NULL DEFAULT '', ADD other text",
        "ALTER TABLE {schema}.user_engine_users ALTER active SET DEFAULT true",
        "COMMENT ON COLUMN {schema}.user_engine_users.emails IS 'ours'",
        "CREATE INDEX CONCURRENTLY our_dba ON {schema}.user_engine_users (created)",
        "REINDEX TABLE CONCURRENTLY {schema}.user_engine_users",
        "DROP INDEX {schema}.user_engine_users_emails; CREATE INDEX of_another_name"
            + " ON {schema}.user_engine_users USING gin (emails jsonb_path_ops)"
            + " WITH (fastupdate = off)"
      })
  void whatAnAdministratorMayChangeDoesNotMakeItDirty(String sql) throws SQLException {
    assertEquals(new Readiness.Ready(NEWEST), readinessAfter(sql));
  }

  /** The server qualifies what it words where the search path hides its own. */
  @Test
  void wordingDoesNotMakeItDirty() throws SQLException {
    execute(
        "CREATE SCHEMA hiding",
        "CREATE FUNCTION hiding.f(boolean, boolean) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR hiding.= (LEFTARG = boolean, RIGHTARG = boolean, FUNCTION = hiding.f)",
        "CREATE DOMAIN hiding.xid8 AS pg_catalog.xid8",
        "CREATE DOMAIN hiding.uuid AS pg_catalog.uuid");
    DriverSource hiding =
        new DriverSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
              statement.execute("SET search_path = hiding, pg_catalog");
            }
            return connection;
          }
        };
    try (UserEngineStore marking = database.open(StoreOptions.defaults());
        UserEngineStore store =
            PostgresUserEngineStore.open(
                hiding, PostgresOptions.defaults().withSchema(database.schema()))) {
      marking.migrate();
      assertEquals(new Readiness.Ready(NEWEST), store.readiness());

      execute(
          "ALTER TABLE {schema}.user_engine_profiles DROP CONSTRAINT user_engine_profiles_user");
      execute("ALTER TABLE {schema}.user_engine_profiles ALTER user_id TYPE hiding.uuid");
      assertEquals(
          List.of(
              "missing: column user_engine_profiles.user_id uuid not null",
              "missing: constraint user_engine_profiles_user on user_engine_profiles FOREIGN KEY"
                  + " (tenant_id, user_id) REFERENCES user_engine_users(tenant_id, id) ON DELETE"
                  + " CASCADE"),
          assertInstanceOf(Readiness.Dirty.class, store.readiness()).problems());
    } finally {
      database.reset();
      execute("DROP SCHEMA hiding CASCADE");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE {schema}.user_engine_outbox SET UNLOGGED                         | user_engine_outbox is UNLOGGED, and a crash empties it; ALTER TABLE … SET LOGGED
          ALTER TABLE {schema}.user_engine_outbox ADD mine text NOT NULL               | the column user_engine_outbox.mine takes no NULL and has no default, and the store does not fill it
          ALTER TABLE {schema}.user_engine_profiles DISABLE TRIGGER ALL                | foreign keys of user_engine_profiles are not enforced, as triggers are disabled; ALTER TABLE … ENABLE TRIGGER ALL
          CREATE RULE mine AS ON DELETE TO {schema}.user_engine_users DO INSTEAD NOTHING | the rule mine on user_engine_users rewrites statements; drop it
          CREATE TABLE {schema}.child () INHERITS ({schema}.user_engine_audit)         | the table child inherits from user_engine_audit, and its rows are seen there; ALTER TABLE … NO INHERIT
          ALTER TABLE {schema}.user_engine_users ALTER display_name SET NOT NULL       | missing: column user_engine_users.display_name text collate C
          ALTER TABLE {schema}.user_engine_users ALTER user_name TYPE text COLLATE "POSIX" | missing: column user_engine_users.user_name text collate C
          """)
  void whatBreaksAPromiseIsDirtyAndNamed(String sql, String problem) throws SQLException {
    try {
      assertEquals(problem, onlyProblem(readinessAfter(sql)));
    } finally {
      dropWhatAResetLeavesAlone();
    }
  }

  private void dropWhatAResetLeavesAlone() throws SQLException {
    execute(
        "DROP TABLE IF EXISTS {schema}.child",
        "DROP RULE IF EXISTS mine ON {schema}.user_engine_users",
        "DROP TRIGGER IF EXISTS mine ON {schema}.user_engine_users");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE UNIQUE INDEX mine ON {schema}.user_engine_users (created)           | the store does not know the unique index on user_engine_users using btree (created) named mine
          ALTER TABLE {schema}.user_engine_users ADD CONSTRAINT mine CHECK (active)  | the store does not know the constraint mine on user_engine_users CHECK (active)
          ALTER TABLE {schema}.user_engine_users ADD CONSTRAINT mine UNIQUE (created) | the store does not know the constraint mine on user_engine_users UNIQUE (created)
          CREATE TRIGGER mine BEFORE UPDATE ON {schema}.user_engine_users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger() | the trigger mine on user_engine_users runs code that the store does not know
          """)
  void whatMayRefuseOrChangeWritesIsAWarning(String sql, String warning) throws SQLException {
    try {
      Readiness readiness = readinessAfter(sql);

      assertEquals(new Readiness.Ready(NEWEST, List.of(warning)), readiness);
      assertEquals(
          "ready at schema version " + NEWEST + ", with warnings: " + warning,
          readiness.describe());
    } finally {
      dropWhatAResetLeavesAlone();
    }
  }

  @Test
  void anIndexThatIsNotValidIsNamed() throws SQLException {
    String add = "CREATE %s INDEX CONCURRENTLY mine ON {schema}.user_engine_users (active)";
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("bob"));
      assertThrows(SQLException.class, () -> execute(add.formatted("UNIQUE")));

      assertEquals(
          new Readiness.Ready(NEWEST, List.of("the index mine is not valid; REINDEX or drop it")),
          store.readiness());
    }
  }

  private static String file(String name) throws IOException {
    try (InputStream file =
        PostgresUserEngineStore.class.getResourceAsStream("migration/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As another program runs a file: all of it, in one transaction. */
  private void runFile(String name, boolean marked) throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(file(name).replace("{schema}", '"' + database.schema() + '"'));
      }
      if (marked) {
        Marker.write(connection, database.schema());
      }
      connection.commit();
    }
  }

  /** MIG-08, without the programs. */
  @Test
  void filesThatAnotherProgramRanLeaveItReady() throws SQLException, IOException {
    runFile("V1__users_and_identities.sql", true);
    runFile("V2__groups_profiles_audit_and_outbox.sql", true);
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      assertEquals(List.of(), store.migrate().applied());
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  /** MIG-05: the connection is cut between two statements, wherever that may be. */
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
                  .withAfterMigration(Marker::write))) {
        killed.migrate();
        completed = true;
      } catch (StoreException.Unavailable e) {
        kills++;
        try (UserEngineStore store = database.open(StoreOptions.defaults())) {
          assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
          assertEquals(NEWEST, store.migrate().version());
          assertEquals(new Readiness.Ready(NEWEST), store.readiness());
        }
        database.reset();
      }
    }
    assertTrue(kills > 20, "it was cut off at every statement, which are more than " + kills);
  }

  @Test
  void anOlderSchemaOfSomebodyElsesIsNotMigratedByALiveTest() throws SQLException, IOException {
    runFile("V1__users_and_identities.sql", false);
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertThrows(LiveRefusal.class, store::migrate);

      assertInstanceOf(Readiness.Pending.class, store.readiness());
      assertThrows(LiveRefusal.class, database::reset);
    } finally {
      execute(
          "DROP TABLE {schema}.user_engine_identities",
          "DROP TABLE {schema}.user_engine_users",
          "DROP TABLE {schema}.user_engine_schema_history");
    }
  }

  @Test
  void anOlderSchemaIsPendingAndMigratesWithItsRecords() throws SQLException, IOException {
    runFile("V1__users_and_identities.sql", true);
    execute(
        """
        INSERT INTO {schema}.user_engine_users
        VALUES ('t', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ada', 'ada', NULL, NULL, true, '[]',
                '2026-01-01Z', '2026-01-01Z', 3)
        """,
        """
        INSERT INTO {schema}.user_engine_identities
        VALUES ('t', 'iss', 'sub', '01a21011-c3ab-7570-88d3-afb83f2028d2', NULL, '2026-01-01Z')
        """);
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      List<String> pending = List.of("V2__groups_profiles_audit_and_outbox");
      assertEquals(new Readiness.Pending(1, pending), store.readiness());
      assertThrows(
          StoreException.NotMigrated.class,
          () -> store.tenant(TenantId.of("t")).users().findByUserName("ada"));

      assertEquals(new MigrationReport(pending, NEWEST), store.migrate());

      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      User ada = store.tenant(TenantId.of("t")).users().findByUserName("ada").orElseThrow();
      assertEquals(3, ada.version());
      assertEquals(
          ada,
          store
              .tenant(TenantId.of("t"))
              .identities()
              .findUser(IdentityKey.of("iss", "sub"))
              .orElseThrow());
      assertTrue(store.tenant(TenantId.of("t")).users().erase(ada.id()));
    }
  }

  @Test
  void aNewerSchemaIsAheadAndLeftAlone() throws SQLException {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      execute(
          """
          INSERT INTO {schema}.user_engine_schema_history
          VALUES (99, 'from_the_future', 'x', now(), '0')
          """);

      assertEquals(new Readiness.Ahead(99, NEWEST), store.readiness());
      assertThrows(StoreException.NotMigrated.class, store::migrate);
    }
  }

  @Test
  void aDirtySchemaIsLeftAloneAndNotUsed() throws SQLException {
    try (UserEngineStore migrated = database.open(StoreOptions.defaults())) {
      migrated.migrate();
    }
    execute("DROP INDEX {schema}.user_engine_users_emails");

    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertThrows(StoreException.NotMigrated.class, store::migrate);
      assertThrows(
          StoreException.NotMigrated.class,
          () -> store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada")));
    }
  }

  @Test
  void readinessIsSafeAndTrueWhenAskedInAnotherSearchPath() throws SQLException {
    DriverSource elsewhere =
        new DriverSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
              statement.execute("SET search_path = pg_catalog");
            }
            return connection;
          }
        };
    try (UserEngineStore store =
            PostgresUserEngineStore.open(
                elsewhere, PostgresOptions.defaults().withSchema(database.schema()));
        UserEngineStore marking = database.open(StoreOptions.defaults())) {
      marking.migrate();

      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
      assertInstanceOf(RecordCounts.Exact.class, store.counts());
    }
  }

  @Test
  void aSchemaWithAnAwkwardNameHoldsEverything() throws SQLException {
    String awkward = "user \"engine\" Ünïcode";
    String quoted = '"' + awkward.replace("\"", "\"\"") + '"';
    execute("CREATE SCHEMA " + quoted);
    LiveDatabase there = database.inSchema(awkward);
    try (UserEngineStore store = there.open(StoreOptions.defaults())) {
      assertEquals(NEWEST, store.migrate().version());
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
      assertEquals(new Readiness.Ready(NEWEST), store.readiness());
      try (UserEngineStore usual = database.open(StoreOptions.defaults())) {
        assertInstanceOf(Readiness.Uninitialised.class, usual.readiness());
      }
    } finally {
      there.reset();
      execute("DROP SCHEMA " + quoted);
    }
  }

  @Test
  void aMissingSchemaIsAClearError() {
    try (UserEngineStore store = database.inSchema("nowhere").open(StoreOptions.defaults())) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertEquals("the schema \"nowhere\" does not exist; create it first", failure.getMessage());
    }
  }

  @Test
  void aCallbackThatFailsLeavesNothing() throws SQLException {
    PostgresOptions options =
        PostgresOptions.defaults()
            .withSchema(database.schema())
            .withAfterMigration(
                (connection, schema) -> {
                  throw new SQLException("no", "P0001");
                });
    try (UserEngineStore store =
        PostgresUserEngineStore.open(new DriverSource(database), options)) {
      assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
    }
  }

  /** In a schema of the server's own, where every role but a superuser may look and not create. */
  @Test
  void aRoleWithoutTheRightToCreateGetsAClearErrorAndLeavesNothing() {
    DriverSource asOrdinaryRole =
        new DriverSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement();
                ResultSet row =
                    statement.executeQuery(
                        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
              row.next();
              if (row.getBoolean(1)) {
                statement.execute("SET ROLE pg_monitor");
              }
            }
            return connection;
          }
        };
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            asOrdinaryRole, PostgresOptions.defaults().withSchema("information_schema"))) {
      StoreException failure = assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertTrue(failure.toString().contains("the role may not create tables"), failure.toString());
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
    }
  }

  @Test
  void aMigrationIsRecordedWithItsTimeAndDuration() throws SQLException {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      MigrationReport report = store.migrate();
      assertEquals(
          List.of("V1__users_and_identities", "V2__groups_profiles_audit_and_outbox"),
          report.applied());
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT version, name, applied <= clock_timestamp(), duration >= '0'
                FROM {schema}.user_engine_schema_history
                ORDER BY version
                """
                    .replace("{schema}", '"' + database.schema() + '"'))) {
      assertTrue(row.next());
      assertEquals(1, row.getInt(1));
      assertEquals("users_and_identities", row.getString(2));
      assertTrue(row.getBoolean(3));
      assertTrue(row.getBoolean(4));
    }
  }

  /** It must end at all; how fast is not asserted. */
  @Test
  @Timeout(60)
  void aServerThatNeverAnswersIsUnreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        UserEngineStore store =
            PostgresUserEngineStore.open(
                "postgresql://app:canary-pw@127.0.0.1:" + silent.getLocalPort() + "/accounts",
                PostgresOptions.defaults().withConnectionTimeout(Duration.ofMillis(250)))) {
      Readiness.Unreachable unreachable =
          assertInstanceOf(Readiness.Unreachable.class, store.readiness());
      assertInstanceOf(RecordCounts.NotReady.class, store.counts());
      StoreException failure =
          assertThrows(
              StoreException.Unavailable.class,
              () -> store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada")));
      for (String text : List.of(unreachable.describe(), String.valueOf(failure.getMessage()))) {
        assertTrue(!text.contains("canary-pw") && !text.contains("127.0.0.1"), text);
      }
    }
  }
}
