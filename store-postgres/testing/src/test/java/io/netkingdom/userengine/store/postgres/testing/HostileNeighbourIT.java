package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.cli.SchemaCommand;
import io.netkingdom.userengine.store.spi.Drivers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole plan again, in a database whose search path begins with a neighbour's schema. It has
 * operators, functions and types of PostgreSQL's names, for PostgreSQL's arguments and for those
 * that fit a driver's parameters better; each operator and function fails when it is called.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class HostileNeighbourIT {

  private static final String HIJACKED = "P0001";

  private static final String SCHEMA = "CREATE SCHEMA evil";

  private static final String OPERATORS =
      """
      DO $$
      DECLARE
        operator record;
      BEGIN
        FOR operator IN
          SELECT DISTINCT oprname AS name, oprleft::regtype AS l, oprright::regtype AS r
          FROM pg_operator
          WHERE oprname IN ('=', '<>', '<', '<=', '>', '>=', '@>', '||', '+', '-', '*')
            AND oprleft <> 0
            AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid IN (oprleft, oprright) AND t.typtype = 'p')
          UNION
          SELECT o, l::regtype, r::regtype
          FROM unnest(ARRAY['=', '<>', '<', '<=', '>', '>=', '||']) o,
            unnest(ARRAY['text', 'varchar', 'name', 'uuid', 'bpchar', '"char"']) l,
            unnest(ARRAY['text', 'varchar', 'name', 'uuid', 'bpchar', '"char"']) r
          UNION
          SELECT '@>', 'jsonb'::regtype, r::regtype FROM unnest(ARRAY['jsonb', 'text', 'varchar']) r
        LOOP
          EXECUTE format(
            'CREATE OR REPLACE FUNCTION evil.hijack(%1$s, %2$s) RETURNS boolean LANGUAGE plpgsql'
              ' AS ''BEGIN RAISE EXCEPTION ''''hijacked''''; END''', operator.l, operator.r);
          EXECUTE format(
            'CREATE OPERATOR evil.%s (FUNCTION = evil.hijack, LEFTARG = %s, RIGHTARG = %s)',
            operator.name, operator.l, operator.r);
        END LOOP;
      END $$
      """;

  private static final String FUNCTIONS =
      """
      DO $$
      DECLARE
        function record;
      BEGIN
        FOR function IN
          SELECT DISTINCT proname AS name, oidvectortypes(proargtypes) AS arguments
          FROM pg_proc
          WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname IN (
              'clock_timestamp', 'count', 'current_database', 'current_setting', 'format',
              'format_type', 'hashtextextended', 'jsonb_to_recordset', 'max', 'now',
              'pg_advisory_xact_lock', 'pg_control_system', 'pg_current_snapshot',
              'pg_current_xact_id', 'pg_get_constraintdef', 'pg_get_indexdef', 'pg_has_role',
              'pg_is_in_recovery', 'pg_snapshot_xmin', 'quote_ident', 'replace', 'set_config',
              'sum', 'transaction_timestamp', 'unnest', 'version')
            AND NOT EXISTS (
              SELECT FROM unnest(proargtypes) a JOIN pg_type t ON t.oid = a WHERE t.typtype = 'p')
          UNION
          SELECT 'set_config', l || ', ' || r || ', boolean'
          FROM unnest(ARRAY['text', 'varchar']) l, unnest(ARRAY['text', 'varchar']) r
          UNION
          SELECT f, 'varchar' FROM unnest(ARRAY['current_setting', 'quote_ident', 'count']) f
        LOOP
          EXECUTE format(
            'CREATE OR REPLACE FUNCTION evil.%I(%s) RETURNS text LANGUAGE plpgsql'
              ' AS ''BEGIN RAISE EXCEPTION ''''hijacked''''; END''',
            function.name, function.arguments);
        END LOOP;
      END $$
      """;

  private static final String TYPES =
      """
      DO $$
      DECLARE
        type text;
      BEGIN
        FOREACH type IN ARRAY ARRAY['text', 'uuid', 'jsonb', 'timestamptz', 'xid8', 'oid', 'xid',
          'name', 'regclass', 'float8']
        LOOP
          EXECUTE format('CREATE TYPE evil.%I AS (hijacked integer)', type);
        END LOOP;
      END $$
      """;

  private static final String TEMPORARY_TABLES =
      """
      DO $$
      DECLARE
        name text;
      BEGIN
        FOREACH name IN ARRAY ARRAY[
          'user_engine_schema_history', 'user_engine_users', 'user_engine_identities',
          'user_engine_groups', 'user_engine_memberships', 'user_engine_profiles',
          'user_engine_audit', 'user_engine_outbox', 'user_engine_outbox_epochs',
          'pg_am', 'pg_attribute', 'pg_class', 'pg_collation', 'pg_constraint', 'pg_database',
          'pg_depend', 'pg_index', 'pg_inherits', 'pg_locks', 'pg_namespace', 'pg_opclass',
          'pg_rewrite', 'pg_roles', 'pg_settings', 'pg_stat_activity', 'pg_trigger', 'pg_type',
          'settings', 'named', 'place',
          'bool', 'float8', 'int4', 'int8', 'jsonb', 'oid', 'regclass', 'text', 'timestamptz',
          'uuid', 'varchar', 'xid', 'xid8']
        LOOP
          EXECUTE format('CREATE TEMPORARY TABLE %I (hijacked pg_catalog.int4)', name);
        END LOOP;
      END $$
      """;

  @Nested
  class Plan extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return new PostgresStoreFixture(hostile("user_engine_hostile"), "postgres-hostile");
    }
  }

  /**
   * The whole plan once more, on sessions that hold temporary tables of the names of ours and of
   * PostgreSQL's: a session's own schema comes before all others, PostgreSQL's included.
   */
  @Nested
  class BesideTemporaryTables extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      try {
        EmbeddedServer server = EmbeddedServer.shared();
        new Sqls(server.database()).execute("CREATE DATABASE user_engine_temporary");
        return besideTemporaryTables(server.database("user_engine_temporary"));
      } catch (SQLException e) {
        throw new IllegalStateException("no database, SQLSTATE " + e.getSQLState(), e);
      }
    }
  }

  private static StoreFixture besideTemporaryTables(LiveDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new DriverSource(database));
    config.setConnectionInitSql(TEMPORARY_TABLES);
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    HikariDataSource source = new HikariDataSource(config);
    StoreFixture fixture = new PostgresStoreFixture(database, "postgres-temporary-tables");
    return (StoreFixture)
        Proxy.newProxyInstance(
            StoreFixture.class.getClassLoader(),
            new Class<?>[] {StoreFixture.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("open")) {
                return PostgresUserEngineStore.open(
                    source, database.options((StoreOptions) arguments[0]));
              }
              if (method.getName().equals("close")) {
                source.close();
              }
              try {
                return method.invoke(fixture, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aSuperusersCommandsAreNotTakenOver() throws SQLException {
    String name = "user_engine_hostile_commands";
    LiveDatabase database = hostile(name);
    String dsn = "postgresql://postgres@127.0.0.1:" + EmbeddedServer.shared().port() + "/" + name;

    for (String command : new String[] {"status", "migrate", "migrate", "status"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
      int code =
          SchemaCommand.run(
              List.of(command, "--schema", "public"), Map.of(Drivers.DSN, dsn), print, print);
      String told = out.toString(StandardCharsets.UTF_8);
      boolean isBefore = told.contains("UNINITIALISED");
      assertEquals(isBefore ? 1 : 0, code, command + ": " + told);
      assertFalse(told.contains("hijacked"), told);
    }
    try (PostgresSchema schema =
        PostgresSchema.open(
            new DriverSource(database), PostgresOptions.defaults().withSchema("public"))) {
      assertEquals(new Readiness.Ready(2), schema.status().readiness());
    }
  }

  /** The neighbour is one: what names no schema is taken over. */
  @Test
  void whatNamesNoSchemaIsTakenOver() throws SQLException {
    Sqls sqls = new Sqls(hostile("user_engine_hostile_alone"));

    for (String sql :
        new String[] {
          "SELECT 'a'::pg_catalog.text = 'a'::varchar",
          "SELECT 1 = 1",
          "SELECT clock_timestamp()",
          "SELECT set_config('lock_timeout', '1', true)"
        }) {
      SQLException refused = assertThrows(SQLException.class, () -> sqls.ask(sql), sql);
      assertEquals(HIJACKED, refused.getSQLState(), sql);
    }
    assertThrows(SQLException.class, () -> sqls.ask("SELECT 'a'::text"));
  }

  /** And the temporary tables do come first. */
  @Test
  void whatNamesNoSchemaIsATemporaryTable() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.make();
        Connection connection = scratch.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TEMPORARY_TABLES);

      for (String sql :
          new String[] {
            "SELECT hijacked FROM user_engine_users", "SELECT hijacked FROM pg_class",
          }) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          assertFalse(rows.next(), sql);
        }
      }
      assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 'a'::text"));
    }
  }

  private static LiveDatabase hostile(String name) {
    try {
      EmbeddedServer server = EmbeddedServer.shared();
      new Sqls(server.database()).execute("CREATE DATABASE " + name + " TEMPLATE template0");
      LiveDatabase database = server.database(name);
      new Sqls(database).execute(SCHEMA, OPERATORS, FUNCTIONS, TYPES);
      new Sqls(server.database())
          .execute("ALTER DATABASE " + name + " SET search_path = evil, pg_catalog, public");
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("no hostile database, SQLSTATE " + e.getSQLState(), e);
    }
  }
}
