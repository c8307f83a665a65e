package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.spi.Dsn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/postgres.md grants to whom, with roles that have passwords. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts a server of its own from the embedded server's binaries")
class RolesIT {

  private static final PostgresOptions OPTIONS =
      PostgresOptions.defaults().withSchema(RoleServer.SCHEMA);

  @TempDir private static Path directory;
  private static RoleServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RoleServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    server.makeSchema();
  }

  @AfterEach
  void end() throws SQLException {
    server.dropSchema();
  }

  private static UserEngineStore open(String role, PostgresOptions options) {
    return PostgresUserEngineStore.open(server.dsn(role), options);
  }

  private static UserEngineStore open(String role) {
    return open(role, OPTIONS);
  }

  private static void migrate() {
    try (UserEngineStore owner =
        open(
            RoleServer.OWNER,
            OPTIONS.withAfterMigration(PostgresSchema.granting(RoleServer.USER)))) {
      owner.migrate();
    }
  }

  private static void execute(String role, String sql) throws SQLException {
    try (Connection connection = server.connect(role);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theOwnerMigratesAndTheUserUses() {
    migrate();
    try (UserEngineStore user = open(RoleServer.USER)) {
      assertEquals(new Readiness.Ready(2), user.readiness());
      assertEquals(List.of(), user.migrate().applied());
      user.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  static List<String> whatOnlyTheOwnerMayDo() {
    return List.of(
        "DROP TABLE accounts.user_engine_users CASCADE",
        "ALTER TABLE accounts.user_engine_users ADD COLUMN mine text",
        "TRUNCATE accounts.user_engine_users CASCADE",
        "CREATE TABLE accounts.mine (id bigint)",
        "CREATE INDEX mine ON accounts.user_engine_users (created)",
        "DROP INDEX accounts.user_engine_users_emails",
        "DROP SCHEMA accounts CASCADE",
        "CREATE SCHEMA mine",
        "UPDATE accounts.user_engine_schema_history SET checksum = 'x'",
        "INSERT INTO accounts.user_engine_schema_history VALUES (9, 'x', 'x', now(), '0')",
        "DELETE FROM accounts.user_engine_schema_history",
        "DELETE FROM accounts.user_engine_audit",
        "DELETE FROM accounts.user_engine_outbox",
        "UPDATE accounts.user_engine_memberships SET since = now()",
        "UPDATE accounts.user_engine_outbox_epochs SET began = now()",
        "CREATE TRIGGER mine AFTER INSERT ON accounts.user_engine_users"
            + " EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()");
  }

  @ParameterizedTest
  @MethodSource("whatOnlyTheOwnerMayDo")
  void theUserMayNot(String sql) throws SQLException {
    migrate();

    SQLException refusal = assertThrows(SQLException.class, () -> execute(RoleServer.USER, sql));

    assertEquals("42501", refusal.getSQLState());
    try (UserEngineStore user = open(RoleServer.USER)) {
      assertEquals(new Readiness.Ready(2), user.readiness());
    }
  }

  @Test
  void theGrantsAreTheSameAsSql() throws SQLException {
    try (UserEngineStore owner = open(RoleServer.OWNER)) {
      owner.migrate();
    }
    for (String grant : PostgresSchema.grants(RoleServer.SCHEMA, RoleServer.USER)) {
      execute(RoleServer.OWNER, grant);
    }
    try (UserEngineStore user = open(RoleServer.USER)) {
      assertEquals(new Readiness.Ready(2), user.readiness());
      user.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REVOKE SELECT ON accounts.user_engine_schema_history FROM app",
        "REVOKE USAGE ON SCHEMA accounts FROM app"
      })
  void aRoleThatMayNotReadTheHistoryIsToldWhatToGrant(String revoke) throws SQLException {
    migrate();
    execute(RoleServer.OWNER, revoke);
    try (UserEngineStore user = open(RoleServer.USER);
        PostgresSchema schema =
            PostgresSchema.open(Dsn.parse(server.dsn(RoleServer.USER)), OPTIONS)) {
      Readiness expected =
          new Readiness.Unreachable(
              "the role may not read user_engine_schema_history;"
                  + " grant it SELECT, and USAGE on the schema");
      assertEquals(expected, user.readiness());
      assertEquals(expected, schema.status().readiness());
      assertEquals(RoleServer.USER, schema.status().server().orElseThrow().role());
      assertThrows(StoreException.Unavailable.class, user::migrate);
    }
  }

  private static List<String> problems(UserEngineStore store) {
    Readiness readiness = store.readiness();
    return assertInstanceOf(Readiness.Restricted.class, readiness, readiness::describe).problems();
  }

  private static String hidden(String table) {
    return "row level security decides which rows of "
        + table
        + " the role sees; switch it off, give the role BYPASSRLS, or open the store with"
        + " withRowLevelSecurity(true) if its policies are meant";
  }

  /** As the linters of hosted PostgreSQL ask for it, and without a policy. */
  @ParameterizedTest
  @ValueSource(strings = {"user_engine_users", "user_engine_outbox", "user_engine_schema_history"})
  void rowLevelSecurityThatAppliesIsNotReadyAndNamesTheTable(String table) throws SQLException {
    migrate();
    execute(RoleServer.OWNER, "ALTER TABLE accounts." + table + " ENABLE ROW LEVEL SECURITY");
    try (UserEngineStore user = open(RoleServer.USER);
        UserEngineStore owner = open(RoleServer.OWNER)) {
      assertEquals(List.of(hidden(table)), problems(user));
      assertThrows(
          StoreException.NotMigrated.class,
          () -> user.tenant(TenantId.of("t")).users().findByUserName("ada"));
      assertThrows(StoreException.NotMigrated.class, user::migrate);
      assertInstanceOf(RecordCounts.NotReady.class, user.counts());
      assertInstanceOf(RecordCounts.NotReady.class, user.tenant(TenantId.of("t")).counts());
      assertEquals(new Readiness.Ready(2), owner.readiness());

      execute(RoleServer.OWNER, "ALTER TABLE accounts." + table + " FORCE ROW LEVEL SECURITY");
      assertEquals(List.of(hidden(table)), problems(owner));
    }
  }

  @Test
  void policiesThatAreMeantAreReady() throws SQLException {
    migrate();
    for (String table : PostgresSchema.TABLES) {
      execute(RoleServer.OWNER, "ALTER TABLE accounts." + table + " ENABLE ROW LEVEL SECURITY");
      execute(RoleServer.OWNER, "CREATE POLICY everything ON accounts." + table + " USING (true)");
    }
    try (UserEngineStore user = open(RoleServer.USER);
        UserEngineStore knowing = open(RoleServer.USER, OPTIONS.withRowLevelSecurity(true))) {
      assertEquals(PostgresSchema.TABLES.size(), problems(user).size());
      assertEquals(new Readiness.Ready(2), knowing.readiness());
      knowing.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  @Test
  void missingRightsAreNamedByTable() throws SQLException {
    migrate();
    execute(RoleServer.OWNER, "REVOKE UPDATE ON accounts.user_engine_users FROM app");
    execute(RoleServer.OWNER, "REVOKE ALL ON accounts.user_engine_memberships FROM app");
    try (UserEngineStore user = open(RoleServer.USER)) {
      assertEquals(
          List.of(
              "it may not DELETE, INSERT, SELECT on user_engine_memberships;"
                  + " run what SchemaCommand grants prints",
              "it may not UPDATE on user_engine_users; run what SchemaCommand grants prints"),
          problems(user));
      assertThrows(
          StoreException.NotMigrated.class,
          () -> user.tenant(TenantId.of("t")).users().create(UserDraft.named("ada")));
    }
  }

  @Test
  void aStoreThatOnlyReadsNeedsNoRightToWrite() throws SQLException {
    migrate();
    execute(
        RoleServer.OWNER,
        "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA accounts FROM app");
    PostgresOptions reading =
        OPTIONS.withStore(
            StoreOptions.defaults().withTransactions(TransactionOptions.defaults().asReadOnly()));
    try (UserEngineStore reader = open(RoleServer.USER, reading);
        UserEngineStore writer = open(RoleServer.USER)) {
      assertEquals(new Readiness.Ready(2), reader.readiness());
      assertEquals(Optional.empty(), reader.tenant(TenantId.of("t")).users().findByUserName("ada"));
      assertEquals(8, problems(writer).size());
    }
  }

  @Test
  void aRoleWithoutCreateGetsAClearErrorAndLeavesNothing() throws SQLException {
    execute(RoleServer.OWNER, "GRANT USAGE ON SCHEMA accounts TO app");
    try (UserEngineStore user = open(RoleServer.USER)) {
      StoreException refusal = assertThrows(StoreException.MigrationFailed.class, user::migrate);

      assertEquals(
          "the role may not create tables in the schema \"accounts\"; GRANT CREATE ON SCHEMA"
              + " \"accounts\" to it, or migrate as its owner",
          refusal.getMessage());
      assertInstanceOf(Readiness.Uninitialised.class, user.readiness());
    }
  }

  /** A step alters tables, which a right to create new ones does not cover. */
  @Test
  void aRoleThatMayCreateAndDoesNotOwnTheTablesIsToldWhoDoes() throws SQLException {
    SchemaFile first = PostgresSchema.files(OPTIONS).get(0);
    execute(RoleServer.OWNER, first.text());
    execute(RoleServer.OWNER, "GRANT CREATE, USAGE ON SCHEMA accounts TO app");
    execute(RoleServer.OWNER, "GRANT SELECT ON accounts.user_engine_schema_history TO app");
    try (UserEngineStore user = open(RoleServer.USER)) {
      StoreException refusal = assertThrows(StoreException.MigrationFailed.class, user::migrate);

      assertEquals(
          "the role does not own user_engine_identities; migrate as its owner, which is \"owner\"",
          refusal.getMessage());
      assertInstanceOf(Readiness.Pending.class, user.readiness());
    }
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() {
    String dsn = server.dsn(RoleServer.USER).replace(RoleServer.PASSWORD, "canary-wrong");
    try (UserEngineStore user =
        PostgresUserEngineStore.open(dsn, OPTIONS.withConnectionTimeout(Duration.ofSeconds(2)))) {
      String reason = assertInstanceOf(Readiness.Unreachable.class, user.readiness()).reason();

      assertEquals("the server refused the role or its password (SQLSTATE 28P01)", reason);
      assertEquals(
          "no connection to the database: " + reason,
          assertThrows(StoreException.Unavailable.class, user::migrate).getMessage());
    }
  }
}
