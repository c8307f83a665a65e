package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MIG-08: the exported files, run by Flyway beside a host's own migrations, and by psql. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class MigrationProgramsIT {

  private static final String SCHEMA = "accounts";
  private static final PostgresOptions OPTIONS = PostgresOptions.defaults().withSchema(SCHEMA);

  @TempDir private Path directory;
  private Path hosts;
  private Path ours;
  private ScratchDatabase scratch;

  @BeforeEach
  void begin() throws SQLException, IOException {
    scratch = ScratchDatabase.make();
    scratch.sqls().execute("CREATE SCHEMA " + SCHEMA);
    ours = Files.createDirectory(directory.resolve("user-engine"));
    hosts = Files.createDirectory(directory.resolve("host"));
    Files.writeString(hosts.resolve("V1__orders.sql"), "CREATE TABLE orders (id bigint);");
    Files.writeString(
        hosts.resolve("V2__first_order.sql"), "INSERT INTO orders (id) VALUES (4711);");
  }

  @AfterEach
  void end() throws SQLException {
    scratch.close();
  }

  private void export() throws IOException {
    for (SchemaFile file : PostgresSchema.files(OPTIONS)) {
      file.writeInto(ours);
    }
  }

  private static List<String> names() {
    return PostgresSchema.files(OPTIONS).stream().map(SchemaFile::name).toList();
  }

  private FluentConfiguration flyway(Path... locations) {
    return Flyway.configure()
        .dataSource(new DriverSource(scratch.database()))
        .locations(
            List.of(locations).stream()
                .map(location -> "filesystem:" + location)
                .toArray(String[]::new))
        .placeholderReplacement(false);
  }

  /** As docs/postgres.md says it: a run of its own, with a history of its own. */
  private Flyway ofOurs() {
    return flyway(ours).defaultSchema(SCHEMA).table("user_engine_flyway_history").load();
  }

  private UserEngineStore open() {
    return PostgresUserEngineStore.open(new DriverSource(scratch.database()), OPTIONS);
  }

  private void requireReadyAndUsable() {
    try (UserEngineStore store = open()) {
      assertEquals(new Readiness.Ready(2), store.readiness());
      assertEquals(List.of(), store.migrate().applied());
      store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada"));
    }
  }

  private List<String> problems() {
    try (UserEngineStore store = open()) {
      return assertInstanceOf(Readiness.Dirty.class, store.readiness()).problems();
    }
  }

  private String hostsHistory() throws SQLException {
    return scratch
        .sqls()
        .ask(
            "SELECT string_agg(version || ' ' || script, ', ' ORDER BY installed_rank)"
                + " FROM public.flyway_schema_history");
  }

  @Test
  void flywayRunsThemBesideAHostThatHasVersionsOneAndTwo() throws SQLException, IOException {
    export();
    Flyway ofTheHost = flyway(hosts).load();
    assertEquals(2, ofTheHost.migrate().migrationsExecuted);

    assertEquals(2, ofOurs().migrate().migrationsExecuted);

    requireReadyAndUsable();
    assertEquals("1 V1__orders.sql, 2 V2__first_order.sql", hostsHistory());
    assertEquals("4711", scratch.sqls().ask("SELECT max(id) FROM public.orders"));
    assertEquals(0, ofOurs().migrate().migrationsExecuted);
    assertEquals(0, ofTheHost.migrate().migrationsExecuted);
    ofTheHost.validate();
    ofOurs().validate();
  }

  @Test
  void flywayRunsThemInTheHostsOwnSchemaOverABaseline() throws SQLException, IOException {
    for (SchemaFile file : PostgresSchema.files(PostgresOptions.defaults())) {
      file.writeInto(ours);
    }
    flyway(hosts).load().migrate();

    int executed =
        flyway(ours)
            .table("user_engine_flyway_history")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate()
            .migrationsExecuted;

    assertEquals(2, executed);
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            new DriverSource(scratch.database()), PostgresOptions.defaults())) {
      assertEquals(new Readiness.Ready(2), store.readiness());
      assertEquals(List.of(), store.migrate().applied());
    }
  }

  /** The number in a file's name is the host's matter: a file records its own. */
  @Test
  void flywayRunsThemInTheHostsOwnHistoryUnderOtherNumbers() throws SQLException, IOException {
    flyway(hosts).load().migrate();
    int number = 3;
    for (SchemaFile file : PostgresSchema.files(OPTIONS)) {
      Files.writeString(
          hosts.resolve(file.name().replaceFirst("V\\d+__", "V" + number++ + "__user_engine_")),
          file.text());
    }

    assertEquals(2, flyway(hosts).load().migrate().migrationsExecuted);

    requireReadyAndUsable();
    assertEquals(
        "1 V1__orders.sql, 2 V2__first_order.sql, 3 V3__user_engine_users_and_identities.sql,"
            + " 4 V4__user_engine_groups_profiles_audit_and_outbox.sql",
        hostsHistory());
  }

  @Test
  void flywayAndTheLibraryTakeTurns() throws SQLException, IOException {
    PostgresSchema.files(OPTIONS).get(0).writeInto(ours);
    ofOurs().migrate();
    try (UserEngineStore store = open()) {
      assertInstanceOf(Readiness.Pending.class, store.readiness());
    }
    export();

    assertEquals(1, ofOurs().migrate().migrationsExecuted);

    requireReadyAndUsable();
  }

  @Test
  void aFileThatFailsHalfwayLeavesNothingBehindInFlywayEither() throws SQLException, IOException {
    export();
    edit(names().get(0), "CREATE INDEX user_engine_identities_user_id", "CREATE MISTAKE");

    assertThrows(FlywayException.class, () -> ofOurs().migrate());

    try (UserEngineStore store = open()) {
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
    }
  }

  private void edit(String name, String found, String replacement) throws IOException {
    Path file = ours.resolve(name);
    String text = Files.readString(file);
    assertTrue(text.contains(found), text);
    Files.writeString(file, text.replace(found, replacement));
  }

  @Test
  void anEditOfTheBodyIsFoundInTheCatalogue() throws SQLException, IOException {
    export();
    edit(
        names().get(0),
        "display_name  pg_catalog.text COLLATE pg_catalog.\"C\"",
        "display_name  varchar(100) COLLATE \"C\"");

    ofOurs().migrate();

    assertEquals(
        List.of("missing: column user_engine_users.display_name text collate C"), problems());
  }

  @Test
  void anEditThatRecordsItselfIsFoundByItsChecksum() throws SQLException, IOException {
    export();
    edit(names().get(1), "'6a5691ec", "'00000000");

    ofOurs().migrate();

    assertEquals(
        List.of(names().get(1).replace(".sql", "") + " was changed: its recorded checksum differs"),
        problems());
  }

  @Test
  void psqlRunsThem() throws Exception {
    Psql psql = Psql.find();
    export();
    for (String name : names()) {
      psql.run(scratch, ours.resolve(name));
    }

    requireReadyAndUsable();
  }

  @Test
  void psqlRunsThePlan() throws Exception {
    Psql psql = Psql.find();
    Path plan = directory.resolve("plan.sql");
    try (PostgresSchema schema =
        PostgresSchema.open(new DriverSource(scratch.database()), OPTIONS)) {
      Files.writeString(plan, String.join(";\n", schema.plan()) + ";\n");
    }
    psql.run(scratch, plan);

    requireReadyAndUsable();
  }

  @Test
  void psqlLeavesNothingOfAFileThatFails() throws Exception {
    Psql psql = Psql.find();
    export();
    edit(names().get(0), "CREATE INDEX user_engine_identities_user_id", "CREATE MISTAKE");

    assertThrows(
        IllegalStateException.class, () -> psql.run(scratch, ours.resolve(names().get(0))));

    try (UserEngineStore store = open()) {
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
    }
  }
}
