package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What it costs others that a run has claimed its tables. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses drivers of its own, and so needs the embedded server")
class LiveRunIT {

  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = EmbeddedServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /**
   * It stays in its transaction for minutes: with a snapshot or an id there, no row of the server
   * could be cleaned up, and a row that is changed often would be ever slower to read.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PGJDBC_NG_ALL")
  void holdsBackNoVacuum(MatrixDriver driver) throws SQLException {
    try (LiveRun run = new LiveRun(Duration.ofSeconds(30))) {
      driver.databaseAt(server.port()).during(run).reset();
      Host host = new Host(server.port(), EmbeddedServer.DATABASE, "postgres");
      assertEquals(
          List.of("idle in transaction, xmin none, xid none"),
          host.ask(
              """
              SELECT state || ', xmin ' || coalesce(backend_xmin::text, 'none')
                || ', xid ' || coalesce(backend_xid::text, 'none')
              FROM pg_stat_activity
              WHERE application_name LIKE 'user-engine live run %'
              """));
    }
  }
}
