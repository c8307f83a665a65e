package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that becomes a hot standby, and one that is on its way down. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts servers of its own from the embedded server's binaries")
@Timeout(180)
class ReplicaIT {

  private static final TenantId TENANT = TenantId.of("t");
  private static final PostgresOptions OLD = PostgresOptions.defaults().withSchema("old");
  private static final PostgresOptions EMPTY = PostgresOptions.defaults().withSchema("empty");

  private DataDirectory data;

  @BeforeEach
  void prepare(@TempDir Path directory) {
    data = new DataDirectory(directory.resolve("data"));
  }

  private static void execute(DataSource source, String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void aHotStandbyIsReadAndNotMigrated() throws Exception {
    User ada;
    try (EmbeddedPostgres primary = data.start()) {
      DataSource source = primary.getPostgresDatabase();
      execute(source, "CREATE SCHEMA old", "CREATE SCHEMA empty");
      SchemaFile first = PostgresSchema.files(OLD).get(0);
      execute(source, first.text());
      try (UserEngineStore store =
          PostgresUserEngineStore.open(source, PostgresOptions.defaults())) {
        store.migrate();
        ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
        store
            .tenant(TENANT)
            .outbox()
            .append(
                OutboxDraft.of("user", ada.id().toString(), "user.created", Json.object("a", 1)));
      }
    }
    data.makeStandby();
    try (EmbeddedPostgres standby = data.start()) {
      DataSource source = standby.getPostgresDatabase();
      try (UserEngineStore store =
              PostgresUserEngineStore.open(source, PostgresOptions.defaults());
          PostgresSchema schema = PostgresSchema.open(source, PostgresOptions.defaults())) {
        assertEquals(new Readiness.Ready(2), store.readiness());
        SchemaStatus.Server server = schema.status().server().orElseThrow();
        assertTrue(server.inRecovery() && server.readOnly(), server.toString());
        Repositories records = store.tenant(TENANT);
        assertEquals(Optional.of(ada), records.users().findByUserName("ada"));
        assertEquals(List.of(ada), records.users().list(PageRequest.of(10)).items());
        assertEquals(1, records.outbox().readAfter(OutboxCursor.BEGINNING, 10).records().size());
        assertInstanceOf(RecordCounts.Exact.class, store.counts());
        assertEquals(
            Optional.of(ada), store.inReadOnlyTransaction(TENANT, tx -> tx.users().find(ada.id())));
        assertThrows(
            StoreException.ReadOnly.class, () -> records.users().create(UserDraft.named("grace")));
        assertEquals(new MigrationReport(List.of(), 2), store.migrate());
      }
      refusesToMigrate(source, OLD, new Readiness.Pending(1, pending().subList(1, 2)));
      refusesToMigrate(source, EMPTY, new Readiness.Uninitialised(pending()));
    }
  }

  private static List<String> pending() {
    return PostgresSchema.files(OLD).stream().map(file -> file.name().replace(".sql", "")).toList();
  }

  private static void refusesToMigrate(
      DataSource source, PostgresOptions options, Readiness readiness) {
    try (UserEngineStore store = PostgresUserEngineStore.open(source, options)) {
      assertEquals(readiness, store.readiness());
      StoreException.ReadOnly refusal = assertThrows(StoreException.ReadOnly.class, store::migrate);
      assertEquals(
          "the server is in recovery, as a standby is, and takes no migration;"
              + " migrate on its primary",
          refusal.getMessage());
      assertEquals(readiness, store.readiness());
    }
  }

  /** It waits for the connection that it has, and takes no other. */
  @Test
  void aServerThatIsShuttingDownSaysSo() throws Exception {
    EmbeddedPostgres server = data.start();
    DataSource source = server.getPostgresDatabase();
    try (Connection open = source.getConnection();
        PostgresSchema schema = PostgresSchema.open(source, PostgresOptions.defaults())) {
      UnreachableServersIT.signal("TERM", Long.toString(data.processId()));

      // The signal is on its way until the first connection is refused.
      Readiness readiness = schema.status().readiness();
      for (int i = 0; i < 10_000 && !(readiness instanceof Readiness.Unreachable); i++) {
        readiness = schema.status().readiness();
      }

      assertEquals(
          new Readiness.Unreachable("the server is starting up or shutting down (SQLSTATE 57P03)"),
          readiness);
      assertEquals(
          "no connection to the database: the server is starting up or shutting down"
              + " (SQLSTATE 57P03)",
          assertThrows(StoreException.Unavailable.class, schema::migrate).getMessage());
      assertTrue(open.isValid(10), "what was connected before goes on");
    } finally {
      server.close();
    }
  }
}
