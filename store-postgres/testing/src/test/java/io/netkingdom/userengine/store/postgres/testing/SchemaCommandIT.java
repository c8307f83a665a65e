package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.cli.SchemaCommand;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command for a schema, and the same in code, on a real server. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class SchemaCommandIT {

  private static final String V1 = "V1__users_and_identities";
  private static final String V2 = "V2__groups_profiles_audit_and_outbox";

  private ScratchDatabase scratch;

  @BeforeEach
  void begin() throws SQLException {
    scratch = ScratchDatabase.make();
  }

  @AfterEach
  void end() throws SQLException {
    scratch.close();
  }

  private record Outcome(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private Outcome run(String... arguments) {
    return runIn(scratch.environment(), arguments);
  }

  private static Outcome runIn(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SchemaCommand.run(
            List.of(arguments),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private PostgresSchema open() {
    return PostgresSchema.open(new DriverSource(scratch.database()), PostgresOptions.defaults());
  }

  @Test
  void migrateReportsEachStepOnce() {
    assertEquals(
        new Outcome(0, lines("applied: " + V1, "applied: " + V2, "schema version: 2"), ""),
        run("migrate"));
    assertEquals(new Outcome(0, lines("schema version: 2"), ""), run("migrate"));
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  @Test
  void statusTellsTheServerTheHistoryAndTheReadiness() throws SQLException {
    Outcome before = run("status");
    assertEquals(1, before.code());
    assertEquals(
        "readiness: UNINITIALISED, no table exists yet; migrations pending: " + V1 + ", " + V2,
        before.lines().get(before.lines().size() - 1));
    run("migrate");
    scratch
        .sqls()
        .execute(
            "UPDATE {schema}.user_engine_schema_history"
                + " SET applied = '2026-01-02T03:04:05Z', duration = '1.5s'");

    Outcome after = run("status", scratch.dsn());

    assertEquals(0, after.code());
    assertEquals("", after.err());
    List<String> expected =
        List.of(
            "product: PostgreSQL",
            "version: " + scratch.sqls().ask("SELECT version()"),
            "database: " + scratch.name(),
            "role: postgres",
            "in recovery: no",
            "read-only: no",
            "schema: public",
            "step: 1 users_and_identities, applied 2026-01-02T03:04:05Z in 1500 ms, checksum "
                + checksum(1),
            "step: 2 groups_profiles_audit_and_outbox, applied 2026-01-02T03:04:05Z in 1500 ms,"
                + " checksum "
                + checksum(2),
            "readiness: READY, ready at schema version 2");
    assertEquals(expected, after.lines());
  }

  private String checksum(int version) throws SQLException {
    return scratch
        .sqls()
        .ask("SELECT checksum FROM {schema}.user_engine_schema_history WHERE version = " + version);
  }

  @Test
  void aNameOutOfTheDatabaseIsOneLineAndADirtySchemaIsNotReady() throws SQLException {
    run("migrate");
    scratch
        .sqls()
        .execute(
            "UPDATE {schema}.user_engine_schema_history SET name = E'x\\nreadiness: READY', checksum = 'y'"
                + " WHERE version = 1");

    Outcome status = run("status");

    assertEquals(1, status.code());
    assertEquals(10, status.lines().size(), status.out());
    assertEquals(
        "readiness: DIRTY, the schema is damaged: "
            + V1
            + " was changed: its recorded checksum differs",
        status.lines().get(9));
    assertEquals(1, run("plan").code());
    assertEquals(1, run("migrate").code());
    assertTrue(run("migrate").err().startsWith("the store is not ready: "), run("migrate").err());
  }

  @Test
  void statusInCodeSaysTheSame() throws SQLException {
    Instant before = Instant.now().minusSeconds(3_600);
    try (PostgresSchema schema = open()) {
      assertEquals(2, schema.migrate().version());

      SchemaStatus status = schema.status();

      assertEquals(new Readiness.Ready(2), status.readiness());
      assertEquals(
          List.of(1, 2), status.history().stream().map(SchemaStatus.Step::version).toList());
      for (SchemaStatus.Step step : status.history()) {
        assertEquals(checksum(step.version()), step.checksum());
        assertTrue(step.applied().isAfter(before), step.toString());
        assertTrue(!step.duration().isNegative(), step.toString());
      }
      SchemaStatus.Server server = status.server().orElseThrow();
      assertEquals(scratch.name(), server.database());
      assertEquals("postgres", server.role());
      assertTrue(!server.inRecovery() && !server.readOnly(), server.toString());
    }
  }

  @Test
  void thePlanIsWhatMigrateRunsAndRunByOtherMeansLeavesItReady() throws SQLException {
    String printed = run("plan").out();
    try (PostgresSchema schema = open()) {
      List<String> plan = schema.plan();
      assertEquals(plan, Stream.of(printed.split(";\\R")).filter(text -> !text.isBlank()).toList());

      scratch.sqls().execute(printed);

      assertEquals(new Readiness.Ready(2), schema.status().readiness());
      assertEquals(List.of(), schema.plan());
      assertEquals(List.of(), schema.migrate().applied());
    }
    assertEquals(new Outcome(0, "", ""), run("plan"));
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            new DriverSource(scratch.database()), PostgresOptions.defaults())) {
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  /** The statements that the server was given, by what the server itself noted down. */
  @Test
  void migrateRunsExactlyThePlan() throws SQLException {
    RecordingSource recording = new RecordingSource(scratch.database());
    try (PostgresSchema schema = PostgresSchema.open(recording, PostgresOptions.defaults())) {
      List<String> plan = schema.plan();
      recording.clear();
      schema.migrate();

      List<String> changing =
          recording.statements().stream()
              .filter(sql -> !sql.startsWith("SELECT") && !sql.startsWith("WITH"))
              .filter(sql -> !sql.equals("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"))
              .filter(sql -> !sql.equals("SET LOCAL lock_timeout = 60000"))
              .toList();
      assertEquals(plan, changing);
    }
  }

  @Test
  void onlyWhatIsPendingIsPlannedAndExported(@TempDir Path directory) throws Exception {
    run("export", "--directory", directory.toString());
    scratch.sqls().execute(Files.readString(directory.resolve(V1 + ".sql")));
    Path pending = Files.createDirectory(directory.resolve("pending"));

    Outcome exported = run("export", "--pending", "--directory", pending.toString());

    Path file = pending.resolve(V2 + ".sql");
    assertEquals(new Outcome(0, lines("file: " + file), ""), exported);
    try (Stream<Path> files = Files.list(pending)) {
      assertEquals(List.of(file), files.toList());
    }
    assertEquals(Files.readString(directory.resolve(V2 + ".sql")), Files.readString(file));
    assertTrue(run("plan").out().startsWith("-- Groups and their members"), run("plan").out());
    scratch.sqls().execute(run("plan").out());
    assertEquals(0, run("status").code());
    assertEquals(new Outcome(0, "", ""), run("export", "--pending"));
  }

  /** The same whether a plan, the exported files or the command itself makes them. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "export", "migrate"})
  void tablesArePartitionedWhereThatIsAskedFor(String command) throws SQLException {
    String printed = run(command, "--tenant-partitions", "3").out();
    if (!command.equals("migrate")) {
      scratch.sqls().execute(printed);
    }

    assertEquals(
        "21",
        scratch.sqls().ask("SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r'"));
    assertEquals(0, run("status").code());
    assertEquals(new Outcome(0, "", ""), run("plan"));
    assertEquals(1, run("plan", "--tenant-partitions", "4").code());
    assertEquals(2, run("plan", "--tenant-partitions", "three").code());
  }

  @Test
  void everythingIsInTheSchemaThatIsNamed() throws SQLException {
    scratch.sqls().execute("CREATE SCHEMA \"acc\"\"ounts\"");

    assertEquals(0, run("migrate", "--schema", "acc\"ounts").code());

    assertEquals(0, run("status", "--schema", "acc\"ounts").code());
    assertEquals(1, run("status").code());
    assertEquals(
        new Outcome(1, "", lines("the schema \"nowhere\" does not exist; create it first")),
        run("migrate", "--schema", "nowhere"));
  }

  @Test
  void aServerThatIsNotThereIsSaidOnOneLineWithoutSecrets() {
    Map<String, String> elsewhere =
        Map.of("USER_ENGINE_POSTGRES_DSN", "postgresql://app:canary-pw@127.0.0.1:1/accounts");
    for (String command : List.of("plan", "migrate")) {
      assertEquals(
          new Outcome(
              1,
              "",
              lines(
                  "no connection to the database: the connection was refused: nothing listens at that address and port"
                      + " (SQLSTATE 08001)")),
          runIn(elsewhere, command));
    }
    assertEquals(
        new Outcome(
            1,
            lines(
                "schema: public",
                "readiness: UNREACHABLE, unreachable: the connection was refused: nothing listens at"
                    + " that address and port (SQLSTATE 08001)"),
            ""),
        runIn(elsewhere, "status"));
  }
}
