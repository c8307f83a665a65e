package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a reset drops, and what nothing makes it drop. */
@ExtendWith(LivePostgres.class)
class ResetIT {

  private static final TenantId TENANT = TenantId.of("reset");

  private final LiveDatabase database;

  ResetIT(LiveDatabase database) {
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
        statement.execute(sql.replace("{schema}", quoted()));
      }
    }
  }

  private String quoted() {
    return '"' + database.schema().replace("\"", "\"\"") + '"';
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.replace("{schema}", quoted()))) {
      row.next();
      return row.getString(1);
    }
  }

  private void makeTables() {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
    }
  }

  private LiveRefusal refusedReset() {
    LiveRefusal refusal = assertThrows(LiveRefusal.class, database::reset);
    assertTrue(refusal.toString().contains("nothing was changed"), refusal.toString());
    return refusal;
  }

  private void dropUnmarkedTables() throws SQLException {
    for (String table : PostgresSchema.TABLES) {
      execute("DROP TABLE {schema}." + table);
    }
  }

  @Test
  void dropsTheTablesThatATestMade() {
    makeTables();

    database.reset();

    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertTrue(store.readiness() instanceof Readiness.Uninitialised);
    }
  }

  @Test
  void whatAKilledRunLeftIsDroppedByTheNext() throws SQLException {
    makeTables();
    execute("DROP TABLE {schema}.user_engine_identities");

    database.reset();

    assertEquals("0", ask("SELECT count(*) FROM pg_class WHERE relname LIKE 'user\\_engine\\_%'"));
  }

  @Test
  void tablesOfAProductionBootstrapAreRefusedWithTheirData() throws SQLException {
    DriverSource production = new DriverSource(database);
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            production, PostgresOptions.defaults().withSchema(database.schema()))) {
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("precious"));
    }
    try {
      LiveRefusal refusal = refusedReset();

      assertTrue(refusal.toString().contains("no marker"), refusal.toString());
      assertEquals("precious", ask("SELECT user_name FROM {schema}.user_engine_users"));
    } finally {
      dropUnmarkedTables();
    }
  }

  @Test
  void aTableThatWasMadeAnewIsNotCoveredByTheOldMarker() throws SQLException {
    makeTables();
    execute(
        "DROP TABLE {schema}.user_engine_identities",
        "CREATE TABLE {schema}.user_engine_identities (precious text)",
        "INSERT INTO {schema}.user_engine_identities VALUES ('data')");
    try {
      LiveRefusal refusal = refusedReset();

      assertTrue(refusal.toString().contains("user_engine_identities"), refusal.toString());
      assertEquals("data", ask("SELECT precious FROM {schema}.user_engine_identities"));
    } finally {
      dropUnmarkedTables();
    }
  }

  @Test
  void aMarkerThatWasCopiedFromElsewhereCoversNothing() throws SQLException {
    makeTables();
    String comment =
        ask("SELECT obj_description('{schema}.user_engine_schema_history'::regclass, 'pg_class')");
    database.reset();
    execute(
        "CREATE TABLE {schema}.user_engine_schema_history (precious text)",
        "COMMENT ON TABLE {schema}.user_engine_schema_history IS '" + comment + "'");
    try {
      refusedReset();
    } finally {
      execute("DROP TABLE {schema}.user_engine_schema_history");
    }
  }

  @Test
  void aMarkerOfAnotherDatabaseCoversNothing() throws SQLException {
    makeTables();
    String comment =
        ask("SELECT obj_description('{schema}.user_engine_schema_history'::regclass, 'pg_class')");
    String foreign = comment.replace("\"name\":\"" + database.name(), "\"name\":\"production");
    execute("COMMENT ON TABLE {schema}.user_engine_schema_history IS '" + foreign + "'");
    try {
      assertTrue(refusedReset().toString().contains("database differs"));
    } finally {
      dropUnmarkedTables();
    }
  }

  @Test
  void objectsThatMerelyHaveSuchNamesNeitherBlockNorGo() throws SQLException {
    execute(
        "CREATE TABLE {schema}.\"userXengineYusers\" (id int)",
        "CREATE TABLE {schema}.user_engine_foreign (id int)",
        "CREATE VIEW {schema}.user_engine_view AS SELECT 1 AS one",
        "CREATE SEQUENCE {schema}.user_engine_sequence");
    try {
      makeTables();

      database.reset();

      assertEquals(
          "userXengineYusers user_engine_foreign user_engine_sequence user_engine_view",
          ask(
              """
              SELECT string_agg(relname, ' ' ORDER BY relname COLLATE "C")
              FROM pg_class
              WHERE relname IN ('user_engine_foreign', 'user_engine_sequence',
                                'user_engine_view', 'userXengineYusers')
              """));
    } finally {
      execute(
          "DROP TABLE {schema}.\"userXengineYusers\"",
          "DROP TABLE {schema}.user_engine_foreign",
          "DROP VIEW {schema}.user_engine_view",
          "DROP SEQUENCE {schema}.user_engine_sequence");
    }
  }

  @Test
  void aHostsForeignKeyMakesItRefuse() throws SQLException {
    makeTables();
    execute(
        """
        CREATE TABLE {schema}.host_accounts (
          tenant_id text, user_id uuid,
          FOREIGN KEY (tenant_id, user_id) REFERENCES {schema}.user_engine_users (tenant_id, id))
        """);
    try {
      LiveRefusal refusal = refusedReset();

      assertTrue(refusal.toString().contains("not ours depends"), refusal.toString());
      assertEquals("1", ask("SELECT count(*) FROM {schema}.user_engine_users"));
      assertEquals("0", ask("SELECT count(*) FROM {schema}.user_engine_identities"));
    } finally {
      execute("DROP TABLE {schema}.host_accounts");
    }
  }

  @Test
  void aConnectionThatLeadsElsewhereIsRefused() throws SQLException {
    LiveDatabase misled = database.named("another");

    LiveRefusal refusal = assertThrows(LiveRefusal.class, misled::reset);

    assertTrue(refusal.toString().contains("not into \"another\""), refusal.toString());
  }

  @Test
  void aStoreThatIsLedElsewhereMakesNoTables() throws SQLException {
    LiveDatabase misled = database.named("another");

    try (UserEngineStore store = misled.open(StoreOptions.defaults())) {
      assertThrows(LiveRefusal.class, store::migrate);
    }

    assertEquals("0", ask("SELECT count(*) FROM pg_class WHERE relname = 'user_engine_users'"));
  }
}
