package io.netkingdom.userengine.store.postgres.bench;

import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRow;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.Dsn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A throwaway server, with one database that holds {@link Sample} and of which each measurement
 * gets a copy of its own: none of them meets what another one left.
 */
final class Server implements AutoCloseable {

  private static final String ORIGINAL = "original";

  private final EmbeddedPostgres postgres;
  private final Path directory;

  private Server(EmbeddedPostgres postgres, Path directory) {
    this.postgres = postgres;
    this.directory = directory;
  }

  static Server start() throws IOException, SQLException {
    // Nobody else can put binaries there; a directory that is shared would be believed.
    Path directory = Files.createTempDirectory("user-engine-bench-");
    Server server =
        new Server(
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                // What a disk takes to sync is no property of the code that waits for it.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .start(),
            directory);
    try {
      execute(server.port(), "postgres", "CREATE DATABASE " + ORIGINAL);
      server.fill();
      return server;
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  int port() {
    return postgres.getPort();
  }

  /** What the server calls itself. */
  String version() throws SQLException {
    try (Connection connection = JdbcOperations.driver(port(), ORIGINAL).getConnection()) {
      return connection.getMetaData().getDatabaseProductName()
          + " "
          + connection.getMetaData().getDatabaseProductVersion();
    }
  }

  private void fill() throws SQLException {
    try (UserEngineStore store =
        PostgresUserEngineStore.open(dsn(port(), ORIGINAL), PostgresOptions.defaults())) {
      store.migrate();
      List<UserRow> users =
          IntStream.range(0, Sample.USERS)
              .<UserRow>mapToObj(
                  number -> () -> Sample.user(Sample.name(number)).withId(Sample.id(number)))
              .toList();
      store.importUsers(Sample.TENANT, users, ImportOptions.defaults());
      store.inTransaction(
          Sample.TENANT,
          tx -> {
            for (int number = 0; number < Sample.USERS; number++) {
              tx.identities().link(Sample.id(number), Sample.ISSUER, Sample.name(number));
            }
            for (int number = 0; number < Sample.MESSAGES; number++) {
              tx.outbox()
                  .append(OutboxDraft.of(Sample.id(number), SignIn.USER_CREATED, Sample.PAYLOAD));
            }
            return tx.counts();
          });
    }
    execute(port(), ORIGINAL, "VACUUM ANALYZE");
  }

  /** Makes a copy of the sample, on the server at a port of this machine. */
  static void copy(int port, String name) throws SQLException {
    execute(port, "postgres", "CREATE DATABASE " + name + " TEMPLATE " + ORIGINAL);
  }

  /** Removes a copy. */
  static void drop(int port, String name) throws SQLException {
    execute(port, "postgres", "DROP DATABASE " + name);
  }

  static Dsn dsn(int port, String database) {
    return new Dsn.Postgres(
        List.of(new Dsn.Host("127.0.0.1", port)), database, "postgres", null, Map.of());
  }

  private static void execute(int port, String database, String sql) throws SQLException {
    try (Connection connection = JdbcOperations.driver(port, database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
