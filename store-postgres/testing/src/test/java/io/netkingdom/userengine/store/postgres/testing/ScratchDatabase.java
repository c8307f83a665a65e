package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.spi.Drivers;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * An empty database of the embedded server's, for one test, in which tables may be made by whatever
 * means; dropped when it is closed.
 */
final class ScratchDatabase implements AutoCloseable {

  private final EmbeddedServer server;
  private final String name = "user_engine_scratch_" + UUID.randomUUID().toString().substring(0, 8);

  private ScratchDatabase(EmbeddedServer server) {
    this.server = server;
  }

  static ScratchDatabase make() throws SQLException {
    return make(EmbeddedServer.shared());
  }

  static ScratchDatabase make(EmbeddedServer server) throws SQLException {
    ScratchDatabase made = new ScratchDatabase(server);
    new Sqls(server.database()).execute("CREATE DATABASE " + made.name);
    return made;
  }

  String dsn() {
    return "postgresql://postgres@127.0.0.1:" + server.port() + "/" + name;
  }

  /** The environment in which a command finds it. */
  Map<String, String> environment() {
    return Map.of(Drivers.DSN, dsn());
  }

  String name() {
    return name;
  }

  int port() {
    return server.port();
  }

  /** With the tables in the schema {@code public}. */
  LiveDatabase database() {
    return server.database(name);
  }

  Sqls sqls() {
    return new Sqls(database());
  }

  @Override
  public void close() throws SQLException {
    new Sqls(server.database()).execute("DROP DATABASE " + name + " WITH (FORCE)");
  }
}
