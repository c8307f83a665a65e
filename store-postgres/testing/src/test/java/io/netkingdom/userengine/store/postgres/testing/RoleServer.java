package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A throwaway server with a role that owns the schema {@value #SCHEMA} and one that uses it, both
 * with a password and nothing else.
 */
final class RoleServer implements AutoCloseable {

  static final String OWNER = "owner";
  static final String USER = "app";
  static final String PASSWORD = "Canary-1c2d-3e4f";
  static final String SCHEMA = "accounts";

  private static final String DATABASE = "user_engine_roles";

  private final EmbeddedPostgres server;

  private RoleServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static RoleServer start(Path directory) throws IOException, SQLException {
    Path rules =
        Files.writeString(
            directory.resolve("pg_hba.conf"),
            """
            host  all  postgres  samehost  trust
            host  all  all       samehost  scram-sha-256
            """);
    EmbeddedPostgres server =
        EmbeddedBinaries.builder()
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    RoleServer roles = new RoleServer(server);
    roles.execute(
        "postgres",
        "CREATE DATABASE " + DATABASE,
        "CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'",
        "CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    return roles;
  }

  String dsn(String role) {
    return "postgresql://"
        + role
        + ":"
        + PASSWORD
        + "@127.0.0.1:"
        + server.getPort()
        + "/"
        + DATABASE;
  }

  Connection connect(String role) throws SQLException {
    return ConnectionProviders.discover().choose(Dsn.parse(dsn(role))).dataSource().getConnection();
  }

  /** As docs/postgres.md has it. */
  void makeSchema() throws SQLException {
    execute(DATABASE, "CREATE SCHEMA " + SCHEMA + " AUTHORIZATION " + OWNER);
  }

  void dropSchema() throws SQLException {
    execute(DATABASE, "DROP SCHEMA " + SCHEMA + " CASCADE");
  }

  private void execute(String database, String... statements) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Its database, as a role sees it. */
  LiveDatabase database(String role) {
    Dsn dsn = Dsn.parse(dsn(role));
    return new LiveDatabase(
        dsn, ConnectionProviders.discover().choose(dsn), null, DATABASE, SCHEMA);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server did not stop", e);
    }
  }
}
