package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code host=/run/postgresql}: the drivers that can be told to make their sockets otherwise. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "needs to know where the server has its socket")
class UnixSocketIT {

  @TempDir private static Path sockets;

  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = EmbeddedServer.start(Map.of("unix_socket_directories", sockets.toString()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Dsn dsn(Path directory, Map<String, String> parameters) {
    return new Dsn.Postgres(
        List.of(new Dsn.Host(directory.toString(), server.port())),
        EmbeddedServer.DATABASE,
        "postgres",
        null,
        parameters);
  }

  /** As with libpq, {@code sslmode} is for hosts: this server has no TLS. */
  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "yugabytedb", "aws-wrapper"})
  void theConnectionComesThroughTheSocket(String provider) throws SQLException {
    Dsn dsn = dsn(sockets, Map.of("sslmode", "require", "connect_timeout", "10"));
    try (Connection connection =
            ConnectionProviders.discover().choose(dsn, provider).dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT inet_client_addr() IS NULL, current_database()")) {
      assertTrue(row.next());
      assertTrue(row.getBoolean(1));
      assertEquals(EmbeddedServer.DATABASE, row.getString(2));
    }
  }

  /** A request to cancel goes through a second socket. */
  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "yugabytedb", "aws-wrapper"})
  void aStatementIsCancelledThroughTheSocket(String provider) throws SQLException {
    Dsn dsn = dsn(sockets, Map.of());
    try (Connection connection =
            ConnectionProviders.discover().choose(dsn, provider).dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException cancelled =
          assertThrows(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)"));
      assertEquals("57014", cancelled.getSQLState());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "yugabytedb", "aws-wrapper"})
  void aDirectoryWithoutASocketIsAServerThatIsNotThere(String provider) {
    PostgresOptions options =
        PostgresOptions.defaults()
            .withProvider(provider)
            .withConnectionTimeout(Duration.ofMillis(250));
    try (UserEngineStore store =
        PostgresUserEngineStore.open(dsn(sockets.resolve("none"), Map.of()), options)) {
      StoreException failure = assertThrows(StoreException.class, store::migrate);
      assertEquals(
          "no connection to the database: the connection to the server could not be made, or"
              + " was reset (SQLSTATE 08001)",
          failure.getMessage());
    }
  }
}
