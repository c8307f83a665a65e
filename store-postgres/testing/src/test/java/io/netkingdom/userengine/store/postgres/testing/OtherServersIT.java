package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A connection can lead to another server than the one that was meant, or to a copy of it. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts servers, and so needs the embedded one")
class OtherServersIT {

  private static void assertRefused(LiveDatabase database, Host host, String reason) {
    SortedMap<String, String> before = host.everything();

    LiveRefusal refusal = assertThrows(LiveRefusal.class, database::reset);

    assertTrue(refusal.toString().contains(reason), refusal.toString());
    assertEquals(before, host.everything());
  }

  /** The same role, the same name of a database, the same tables: only their marker can tell. */
  @Test
  void aTunnelToAnotherServerWithADatabaseOfThatNameIsRefused(@TempDir Path directory)
      throws IOException {
    try (EmbeddedPostgres production = new DataDirectory(directory.resolve("data")).start();
        LossyProxy tunnel = new LossyProxy(production.getPort())) {
      LiveDatabase meant = EmbeddedServer.shared().database();
      new Host(production.getPort(), "postgres", "postgres")
          .execute("CREATE DATABASE " + meant.name());
      Host host = new Host(production.getPort(), meant.name(), "postgres");
      LiveDatabase reached = EmbeddedServer.databaseAtPort(tunnel.port());
      try (UserEngineStore store =
          PostgresUserEngineStore.open(new DriverSource(reached), PostgresOptions.defaults())) {
        store.migrate();
        store.tenant(TenantId.of("t")).users().create(UserDraft.named("precious"));
      }

      assertRefused(reached, host, "they carry no marker of a live test");

      assertEquals(List.of("precious"), host.ask("SELECT user_name FROM user_engine_users"));
    }
  }

  /** Its database might be reset, marker and all, if it did not follow another server. */
  @Test
  void aStandbyIsRefused(@TempDir Path directory) throws IOException {
    String name = EmbeddedServer.shared().database().name();
    DataDirectory data = new DataDirectory(directory.resolve("data"));
    try (EmbeddedPostgres primary = data.start()) {
      new Host(primary.getPort(), "postgres", "postgres").execute("CREATE DATABASE " + name);
      try (UserEngineStore store =
          EmbeddedServer.databaseAtPort(primary.getPort()).open(StoreOptions.defaults())) {
        store.migrate();
      }
    }
    data.makeStandby();
    try (EmbeddedPostgres standby = data.start()) {
      LiveDatabase database = EmbeddedServer.databaseAtPort(standby.getPort());
      Host host = new Host(standby.getPort(), name, "postgres");

      assertRefused(database, host, "the server is in recovery: a standby cannot be reset");
      assertEquals(List.of("t"), host.ask("SELECT pg_is_in_recovery()"));
    }
  }
}
