package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.testing.LiveGate.Decision;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** A pooler's name for a database need not be the database's own. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "puts a pooler before the embedded server")
class PgBouncerAliasIT {

  private static final String DSN =
      "jdbc:postgresql://127.0.0.1:PORT/scratch?user=postgres&prepareThreshold=0";

  /** The acknowledged name is that of the DSN, and the database behind it is another one. */
  @Test
  void anAliasThatLeadsToAnotherDatabaseIsRefusedOnTheConnection() throws Exception {
    PgBouncer.Program program =
        PgBouncer.Program.find().orElseGet(() -> abort(PgBouncer.Program.ABSENT));
    EmbeddedServer server = EmbeddedServer.shared();
    create(server, "production");
    create(server, "scratch");
    try (PgBouncer pooler = PgBouncer.start(program, server.port(), Map.of("scratch", "scratch"))) {
      LiveDatabase database = gate(pooler);
      assertEquals("scratch", database.name());
      try (UserEngineStore store = database.open(StoreOptions.defaults())) {
        store.migrate();
      }
      database.reset();
    }
    try (PgBouncer pooler =
        PgBouncer.start(program, server.port(), Map.of("scratch", "production"))) {
      LiveDatabase database = gate(pooler);
      refused(() -> database.connect().close());
      refused(database::reset);
      try (UserEngineStore store = database.open(StoreOptions.defaults())) {
        refused(store::migrate);
      }
    }
    try (Connection connection = server.database("production").connect()) {
      assertEquals(Map.of(), Marker.relations(connection, "public"));
    }
  }

  private static LiveDatabase gate(PgBouncer pooler) {
    String dsn = DSN.replace("PORT", Integer.toString(pooler.port()));
    return assertInstanceOf(
            Decision.Open.class,
            LiveGate.decide(
                Map.of(LiveGate.DSN, dsn, LiveGate.RESET_ACK, "scratch"), /* embedded= */ false))
        .database();
  }

  private static void refused(Executable attempt) {
    LiveRefusal refusal = assertThrows(LiveRefusal.class, attempt);
    assertEquals(
        "the connection leads into the database \"production\", not into \"scratch\", which may be"
            + " reset; nothing was changed",
        refusal.getMessage());
  }

  private static void create(EmbeddedServer server, String name) throws SQLException {
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
  }
}
