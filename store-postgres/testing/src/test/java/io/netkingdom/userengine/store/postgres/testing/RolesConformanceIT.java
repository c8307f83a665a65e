package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformanceTests;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole plan as a role that uses the tables; their owner migrates, and does nothing else. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts a server of its own from the embedded server's binaries")
class RolesConformanceIT extends StoreConformanceTests {

  @TempDir private static Path directory;

  @Override
  protected StoreFixture fixture() {
    RoleServer server = start();
    return new RoleFixture(
        server,
        new PostgresStoreFixture(server.database(RoleServer.OWNER), "postgres-least-privilege"),
        new PostgresStoreFixture(server.database(RoleServer.USER)));
  }

  private static RoleServer start() {
    try {
      RoleServer server = RoleServer.start(directory);
      server.makeSchema();
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no server with roles", e);
    }
  }
}
