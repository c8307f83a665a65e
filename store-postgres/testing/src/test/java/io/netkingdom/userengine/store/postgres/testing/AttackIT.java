package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tries to make live tests destroy what is not theirs. Each test has a database of its own in which
 * a host lives; whatever happens, the host's objects and rows are the same afterwards, and the
 * server's own log of statements shows nothing dropped, truncated or altered but the tables of the
 * list.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases and roles, and so needs the embedded server")
class AttackIT {

  private static final TenantId TENANT = TenantId.of("attack");

  /** What the library and its test support may ever say that is not about rows. */
  private static final String ALLOWED =
      "(DROP|LOCK|ALTER|CREATE) TABLE OURS(, OURS)*(?! CASCADE)( .*)?"
          + "|CREATE TABLE OURS_p[0-9]+ PARTITION OF OURS FOR VALUES .*"
          + "|CREATE (UNIQUE )?INDEX user_engine_[a-z_]+ ON OURS .*"
          + "|COMMENT ON TABLE \"?SCHEMA\"?\\.user_engine_schema_history IS .*";

  private static final Pattern DEFINITION =
      Pattern.compile(
          "(ALTER|CLUSTER|COMMENT|CREATE|DO|DROP|GRANT|IMPORT|LOCK|REASSIGN|REFRESH|REINDEX|REVOKE"
              + "|SECURITY|TRUNCATE|VACUUM)\\b.*",
          Pattern.CASE_INSENSITIVE);

  private static final String OURS = "SELECT relname FROM pg_class WHERE relname ~ '^user_engine'";

  private static LoggedServer logged;
  private static int databases;

  /** In which the test itself has tables made; the reset knows of the first. */
  private final Set<String> schemas = new LinkedHashSet<>(Set.of("public"));

  private Host host;
  private LiveDatabase database;

  @BeforeAll
  static void start(@TempDir Path directory) {
    logged = LoggedServer.start(directory);
  }

  @AfterAll
  static void stop() {
    logged.close();
  }

  @BeforeEach
  void aDatabaseInWhichAHostLives() {
    host = logged.host("attack_" + ++databases);
    host.execute(
        "CREATE TABLE accounts (id int PRIMARY KEY, name text)",
        "INSERT INTO accounts VALUES (1, 'precious')");
    database = logged.server().database(host.database());
  }

  @AfterEach
  void theLogShowsNothingButTheList() {
    Pattern allowed =
        Pattern.compile(
            ALLOWED
                .replace("OURS", "\"SCHEMA\"\\.(" + String.join("|", PostgresSchema.TABLES) + ")")
                .replace("SCHEMA", "(" + String.join("|", schemas) + ")"));
    for (LoggedServer.Logged statement : logged.statementsOfOthersThan(host)) {
      String sql = statement.sql().strip().replaceAll("\\s+", " ");
      assertTrue(!DEFINITION.matcher(sql).matches() || allowed.matcher(sql).matches(), sql);
      assertFalse(sql.toUpperCase(Locale.ROOT).contains("TRUNCATE"), sql);
      assertTrue(!sql.startsWith("DROP") || sql.startsWith("DROP TABLE \"public\"."), sql);
    }
  }

  private static void makeTables(LiveDatabase database) {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
    }
  }

  /** As an application in production does. */
  private static void makeProductionTables(LiveDatabase database) {
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            new DriverSource(database), PostgresOptions.defaults().withSchema(database.schema()))) {
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("precious"));
    }
  }

  /** A reset that is refused leaves everything as it is, rows and all. */
  private LiveRefusal refused(LiveDatabase database) {
    SortedMap<String, String> before = host.everything();
    LiveRefusal refusal = assertThrows(LiveRefusal.class, database::reset);
    assertEquals(before, host.everything());
    assertTrue(refusal.toString().contains("nothing was changed"), refusal.toString());
    return refusal;
  }

  /** Tables are made and dropped, and nothing else is touched in between or afterwards. */
  private void harmless() {
    SortedMap<String, String> before = host.everything();

    database.reset();
    makeTables(database);
    SortedMap<String, String> between = host.everything();
    database.reset();

    assertTrue(between.entrySet().containsAll(before.entrySet()), "the host's objects differ");
    assertTrue(between.containsKey("relation public.user_engine_users"), "there were tables");
    assertEquals(before, host.everything());
  }

  // What is not ours, and merely looks like it.

  @Test
  void whatMerelyHasSuchANameIsNotTouched() {
    host.execute(
        "CREATE TABLE \"userXengineYdecoy\" (id int)",
        "CREATE TABLE \"USER_ENGINE_USERS\" (id int)",
        "CREATE TABLE user_engine_foreign (id int)",
        "INSERT INTO user_engine_foreign VALUES (1)",
        "CREATE TABLE user_engine_ (id serial)",
        "CREATE TABLE user_engine_users_archive (LIKE accounts)",
        "CREATE VIEW user_engine_view AS SELECT name FROM accounts",
        "CREATE MATERIALIZED VIEW user_engine_materialized AS SELECT name FROM accounts",
        "CREATE SEQUENCE user_engine_sequence",
        "CREATE FUNCTION user_engine_users() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE user_engine_type AS ENUM ('a', 'b')",
        "CREATE DOMAIN user_engine_domain AS text",
        "CREATE INDEX user_engine_index ON accounts (name)");

    harmless();
  }

  @Test
  void theSameNamesInAnotherSchemaThatTheSearchPathPrefersAreNotTouched() {
    host.execute("CREATE SCHEMA production");
    schemas.add("production");
    makeProductionTables(database.inSchema("production"));
    host.execute(
        "ALTER DATABASE " + host.database() + " SET search_path = production, public",
        "ALTER ROLE postgres IN DATABASE " + host.database() + " SET search_path = production");

    harmless();

    assertEquals(
        List.of("precious"), host.ask("SELECT user_name FROM production.user_engine_users"));
  }

  @Test
  void tablesOfAnotherRunInAnotherSchemaAreNotTouched() {
    host.execute("CREATE SCHEMA other_run");
    schemas.add("other_run");
    makeTables(database.inSchema("other_run"));

    harmless();
  }

  @Test
  void theWholePlanTouchesNothingElse() {
    host.execute("CREATE TABLE user_engine_foreign (id int)");
    SortedMap<String, String> before = host.everything();

    StoreConformance.verify(new PostgresStoreFixture(database));

    assertEquals(before, host.everything());
  }

  // What bears the very names, and is not ours.

  @Test
  void tablesOfAProductionBootstrapAreRefused() {
    makeProductionTables(database);

    assertTrue(refused(database).toString().contains("they carry no marker of a live test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE user_engine_users AS SELECT * FROM accounts",
        "CREATE TABLE user_engine_schema_history AS SELECT * FROM accounts",
        "CREATE VIEW user_engine_audit AS SELECT * FROM accounts",
        "CREATE MATERIALIZED VIEW user_engine_outbox AS SELECT * FROM accounts",
        "CREATE SEQUENCE user_engine_groups",
        "CREATE INDEX user_engine_profiles ON accounts (name)",
        "CREATE TYPE user_engine_identities AS (id int)"
      })
  void whateverBearsANameOfTheListWithoutAMarkerIsRefused(String creation) {
    host.execute(creation);

    assertTrue(refused(database).toString().contains("they carry no marker of a live test"));
  }

  @Test
  void aTableThatWasMadeAnewIsNotCoveredByTheMarker() {
    makeTables(database);
    host.execute(
        "DROP TABLE user_engine_audit", "CREATE TABLE user_engine_audit AS SELECT * FROM accounts");

    assertTrue(
        refused(database).toString().contains("their marker does not cover user_engine_audit"));
  }

  /** It would be dropped with its root, or stand in the way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE heirs (since date) INHERITS (user_engine_audit)",
        "CREATE SCHEMA elsewhere CREATE TABLE heirs () INHERITS (public.user_engine_audit)"
      })
  void aTableThatInheritsIsNotCoveredByTheMarker(String creation) {
    makeTables(database);
    host.execute(creation);

    String refusal = refused(database).toString();

    assertTrue(refusal.contains("their marker does not cover user_engine_audit/"), refusal);
    assertTrue(refusal.contains(".heirs"), refusal);
  }

  /** Dropping a partitioned table drops what is attached to it, and says nothing. */
  @Test
  void aPartitionOfSomebodyElsesIsNotCoveredByTheMarker() {
    LiveDatabase partitioned = database.withTenantPartitions(2);
    makeTables(partitioned);
    host.execute(
        "ALTER TABLE user_engine_audit DETACH PARTITION user_engine_audit_p1",
        "CREATE TABLE mine (LIKE user_engine_audit INCLUDING GENERATED)",
        "ALTER TABLE user_engine_audit ATTACH PARTITION mine"
            + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)");

    String refusal = refused(partitioned).toString();

    assertTrue(
        refusal.contains("their marker does not cover user_engine_audit/public.mine"), refusal);
  }

  /**
   * In each part it is made to be of another place, as a marker is that came with a dump. Two
   * servers that were set up alike give out the same oids, so that the last part is one's own too.
   */
  @ParameterizedTest
  @CsvSource({
    "name\":\"DATABASE, name\":\"production, database",
    "schema\":{\"name\":\"public, schema\":{\"name\":\"elsewhere, schema",
    "server\":\", server\":\"1, server",
    "made by a live test, made by somebody, kind"
  })
  void aMarkerOfAnotherPlaceCoversNothing(String here, String there, String part) {
    makeTables(database);
    String marker =
        host.ask("SELECT obj_description('user_engine_schema_history'::regclass, 'pg_class')")
            .get(0);
    String foreign = marker.replace(here.replace("DATABASE", host.database()), there);
    assertFalse(foreign.equals(marker), marker);
    host.execute("COMMENT ON TABLE user_engine_schema_history IS '" + foreign + "'");

    assertTrue(refused(database).toString().contains("(" + part + " differs)"));
  }

  @Test
  void aMarkerThatWasCopiedOntoTablesOfAProductionBootstrapCoversNothing() {
    makeTables(database);
    String marker =
        host.ask("SELECT obj_description('user_engine_schema_history'::regclass, 'pg_class')")
            .get(0);
    database.reset();
    makeProductionTables(database);
    host.execute("COMMENT ON TABLE user_engine_schema_history IS '" + marker + "'");

    assertTrue(refused(database).toString().contains("their marker does not cover"));
  }

  // What depends on our tables, and is not ours.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE orders (t text, u uuid, CONSTRAINT orders_user FOREIGN KEY (t, u) \
          REFERENCES user_engine_users) | constraint orders_user on table orders
          CREATE VIEW names AS SELECT user_name FROM user_engine_users | view names
          CREATE MATERIALIZED VIEW names AS SELECT user_name FROM user_engine_users \
          | materialized view names
          CREATE FUNCTION of(user_engine_users) RETURNS int LANGUAGE sql AS 'SELECT 1' | function of
          CREATE TABLE copies (original user_engine_groups) | column original of table copies
          CREATE SEQUENCE numbers OWNED BY user_engine_groups.version | sequence numbers
          CREATE TABLE numbered (n bigint DEFAULT nextval('user_engine_audit_position_seq')) \
          | default value for column n of table numbered
          CREATE TRIGGER audits BEFORE UPDATE ON user_engine_users FOR EACH ROW \
          EXECUTE FUNCTION suppress_redundant_updates_trigger() | trigger audits on table user_engine_users
          CREATE PUBLICATION news FOR TABLE user_engine_outbox \
          | publication of table user_engine_outbox in publication news
          CREATE POLICY secret ON user_engine_profiles USING (true) \
          | policy secret on table user_engine_profiles
          CREATE RULE quiet AS ON DELETE TO user_engine_audit DO INSTEAD NOTHING \
          | rule quiet on table user_engine_audit
          CREATE STATISTICS correlated ON issuer, subject FROM user_engine_identities \
          | statistics object correlated
          """)
  void whatDependsOnATableIsNamedAndStays(String creation, String description) {
    makeTables(database);
    host.execute(creation);

    String refusal = refused(database).toString();

    assertTrue(refusal.contains("something that is not ours depends on them: "), refusal);
    assertTrue(refusal.contains(description), refusal);
  }

  /** What an administrator tries out on a table is a part of it. */
  @Test
  void anIndexOrAColumnThatWasAddedGoesWithItsTable() {
    makeTables(database);
    host.execute(
        "CREATE INDEX tried_out ON user_engine_users (created)",
        "ALTER TABLE user_engine_groups ADD COLUMN note text DEFAULT 'none'",
        "COMMENT ON TABLE user_engine_groups IS 'try this'");

    database.reset();

    assertEquals(List.of(), host.ask(OURS));
    assertEquals(List.of("precious"), host.ask("SELECT name FROM accounts"));
  }

  // Who may, and where.

  @Test
  void aRoleThatDoesNotOwnTheTablesIsRefusedAndToldWhoDoes() {
    makeTables(database);
    host.execute(
        "CREATE ROLE stranger LOGIN",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO stranger",
        "GRANT ALL ON SCHEMA public TO stranger");
    LiveDatabase strangers = logged.server().databaseAs("stranger", host.database());

    String refusal = refused(strangers).toString();

    assertTrue(
        refusal.contains("the role does not own user_engine_audit (postgres does)"), refusal);
  }

  @Test
  void aReadOnlyDatabaseIsRefused() {
    makeTables(database);
    host.execute("ALTER DATABASE " + host.database() + " SET default_transaction_read_only = on");
    SortedMap<String, String> before = host.everything();

    assertTrue(refused(database).toString().contains("the database takes no writes"));

    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertInstanceOf(Readiness.Ready.class, store.readiness());
    }
    assertEquals(before, host.everything());
  }

  // Two at once.

  @Test
  void aRunIsRefusedWhereAnotherOneIsUnderWayAndIsToldWhich() throws SQLException {
    try (LiveRun second = new LiveRun(Duration.ofMillis(1))) {
      try (LiveRun first = new LiveRun(Duration.ofSeconds(30))) {
        database.during(first).reset();
        makeTables(database.during(first));

        String refusal = refused(database.during(second)).toString();
        assertTrue(refusal.contains("another run, \"user-engine live run "), refusal);
        host.execute("CREATE SCHEMA other");
        database.inSchema("other").during(second).reset();
      }
      database.during(second).reset();
      assertEquals(List.of(), host.ask(OURS));
    }
  }

  @Test
  void aRunWaitsForAnotherOneThatEnds() throws Exception {
    try (LiveRun second = new LiveRun(Duration.ofMinutes(5))) {
      CompletableFuture<Void> waiting;
      try (LiveRun first = new LiveRun(Duration.ofSeconds(30))) {
        database.during(first).reset();
        makeTables(database.during(first));

        waiting = CompletableFuture.runAsync(() -> database.during(second).reset());
        while (host.ask("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'").isEmpty()) {
          assertFalse(waiting.isDone(), "it does not wait");
        }
        assertEquals(List.of("ada"), host.ask("SELECT user_name FROM user_engine_users"));
      }
      waiting.get();
      assertEquals(List.of(), host.ask(OURS));
    }
  }

  @Test
  void aRunDoesNotMakeTablesUnderAnother() throws SQLException {
    try (LiveRun first = new LiveRun(Duration.ofSeconds(30));
        LiveRun second = new LiveRun(Duration.ofSeconds(30))) {
      database.during(first).reset();
      SortedMap<String, String> before = host.everything();
      try (UserEngineStore store = database.during(second).open(StoreOptions.defaults())) {
        assertThrows(LiveRefusal.class, store::migrate);
      }
      assertEquals(before, host.everything());
    }
  }

  @Test
  void aTableThatSomebodyUsesIsNotWaitedForForEver() throws SQLException {
    try (LiveRun impatient = new LiveRun(Duration.ofMillis(200));
        Connection user = host.connect();
        Statement statement = user.createStatement()) {
      makeTables(database.during(impatient));
      user.setAutoCommit(false);
      statement.execute("SELECT 1 FROM user_engine_users");

      String refusal = refused(database.during(impatient)).toString();

      assertTrue(refusal.contains("somebody else uses the tables"), refusal);
    }
  }

  /** Wherever the connection is cut off, all of the tables are there or none. */
  @Test
  void aResetThatIsKilledBetweenAnyTwoStatementsIsCompletedByTheNext() throws SQLException {
    SortedMap<String, String> before = host.everything();
    boolean completed = false;
    int kills = 0;
    for (int statements = 0; !completed; statements++) {
      assertTrue(statements < 100, "a reset has fewer statements");
      makeTables(database);
      SortedMap<String, String> marked = host.everything();
      try (Connection connection = new KillingSource(database, statements).getConnection()) {
        Reset.run(connection, database);
        completed = true;
      } catch (SQLException e) {
        assertEquals("08006", e.getSQLState());
        kills++;
        assertEquals(marked, host.everything());
        database.reset();
      }
      assertEquals(before, host.everything());
    }
    assertTrue(kills > 9, "it was cut off at every statement, which are more than " + kills);
  }

  // Bootstraps.

  @ParameterizedTest
  @ValueSource(ints = {8, 32})
  void bootstrapsAtOnceMakeOneSchema(int stores) throws Exception {
    SortedMap<String, String> before = host.everything();
    CyclicBarrier together = new CyclicBarrier(stores);
    ExecutorService threads = Executors.newFixedThreadPool(stores);
    try {
      List<Future<List<String>>> runs = new ArrayList<>();
      for (int i = 0; i < stores; i++) {
        runs.add(
            threads.submit(
                () -> {
                  try (UserEngineStore store =
                      PostgresUserEngineStore.open(
                          new DriverSource(database), PostgresOptions.defaults())) {
                    together.await();
                    return store.migrate().applied();
                  }
                }));
      }
      List<String> applied = new ArrayList<>();
      for (Future<List<String>> run : runs) {
        applied.addAll(run.get());
      }

      assertEquals(
          List.of("V1__users_and_identities", "V2__groups_profiles_audit_and_outbox"), applied);
    } finally {
      threads.shutdownNow();
    }
    assertTrue(host.everything().entrySet().containsAll(before.entrySet()));
    try (UserEngineStore store =
        PostgresUserEngineStore.open(new DriverSource(database), PostgresOptions.defaults())) {
      assertInstanceOf(Readiness.Ready.class, store.readiness());
    }
  }

  /** Wherever the connection is cut off, all of the tables are there or none. */
  @Test
  void aBootstrapThatIsKilledBetweenAnyTwoStatementsLeavesNothing() {
    SortedMap<String, String> before = host.everything();
    PostgresOptions marking = PostgresOptions.defaults().withAfterMigration(Marker::write);
    boolean completed = false;
    int kills = 0;
    for (int statements = 0; !completed; statements++) {
      assertTrue(statements < 100, "a bootstrap has fewer statements");
      try (UserEngineStore store =
          PostgresUserEngineStore.open(new KillingSource(database, statements), marking)) {
        store.migrate();
        completed = true;
      } catch (StoreException.Unavailable e) {
        kills++;
        assertEquals(before, host.everything());
      }
    }
    assertTrue(kills > 20, "it was cut off at every statement, which are more than " + kills);
    database.reset();
    assertEquals(before, host.everything());
  }

  @Test
  void aSchemaWithAChangedChecksumIsLeftAlone() {
    makeTables(database);
    host.execute("UPDATE user_engine_schema_history SET checksum = 'edited' WHERE version = 1");
    SortedMap<String, String> before = host.everything();

    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      StoreException refusal = assertThrows(StoreException.NotMigrated.class, store::migrate);

      assertTrue(
          refusal.toString().contains("V1__users_and_identities was changed"), refusal.toString());
    }
    assertEquals(before, host.everything());
  }

  @Test
  void aRoleWithoutTheRightToCreateLeavesNothing() {
    host.execute("CREATE ROLE reader LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    SortedMap<String, String> before = host.everything();

    try (UserEngineStore store =
        logged.server().databaseAs("reader", host.database()).open(StoreOptions.defaults())) {
      StoreException refusal = assertThrows(StoreException.MigrationFailed.class, store::migrate);

      assertTrue(refusal.toString().contains("the role may not create tables"), refusal.toString());
    }
    assertEquals(before, host.everything());
  }
}
