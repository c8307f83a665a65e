package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.testing.LiveGate.Decision;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A database that live tests may reset: it was named twice, or is a throwaway server's. Every
 * connection is asked once more which database it is in, since a tunnel or a pooler can lead
 * elsewhere. Safe for use by many threads.
 */
public final class LiveDatabase {

  private final Dsn dsn;
  private final ConnectionProviders.Choice choice;
  private final @Nullable String provider;
  private final String name;
  private final String schema;
  private final LiveRun run;
  private final int tenantPartitions;

  LiveDatabase(
      Dsn dsn,
      ConnectionProviders.Choice choice,
      @Nullable String provider,
      String name,
      String schema) {
    this(dsn, choice, provider, name, schema, LiveRun.OF_THIS_PROCESS, 0);
  }

  private LiveDatabase(
      Dsn dsn,
      ConnectionProviders.Choice choice,
      @Nullable String provider,
      String name,
      String schema,
      LiveRun run,
      int tenantPartitions) {
    this.dsn = dsn;
    this.choice = choice;
    this.provider = provider;
    this.name = name;
    this.schema = schema;
    this.run = run;
    this.tenantPartitions = tenantPartitions;
  }

  /**
   * The database that the environment names; or that of a throwaway server, which is started with
   * the first call and runs until the process ends.
   *
   * @throws LiveRefusal if there is none, with the reason
   */
  public static LiveDatabase fromEnvironment() {
    Decision decision = LiveGate.decide();
    if (decision instanceof Decision.Open open) {
      return open.database();
    }
    if (decision instanceof Decision.OpenEmbedded embedded) {
      return EmbeddedServer.shared().database(embedded.provider(), embedded.schema());
    }
    if (decision instanceof Decision.Skipped skipped) {
      throw new LiveRefusal(skipped.reason());
    }
    throw new LiveRefusal(((Decision.Refused) decision).reason());
  }

  /** The database's name. */
  public String name() {
    return name;
  }

  /**
   * The same target, taken for a database of another name: what a tunnel that leads astray does.
   */
  LiveDatabase named(String other) {
    return new LiveDatabase(dsn, choice, provider, other, schema, run, tenantPartitions);
  }

  /** The same database, with the tables in another schema. */
  LiveDatabase inSchema(String other) {
    return new LiveDatabase(dsn, choice, provider, name, other, run, tenantPartitions);
  }

  /** The same database, as another run of live tests sees it. */
  LiveDatabase during(LiveRun other) {
    return new LiveDatabase(dsn, choice, provider, name, schema, other, tenantPartitions);
  }

  /**
   * The same database, with tables that are divided into that many partitions.
   *
   * @param value as {@link PostgresOptions#tenantPartitions}
   */
  public LiveDatabase withTenantPartitions(int value) {
    return new LiveDatabase(dsn, choice, provider, name, schema, run, value);
  }

  /** The run that this is a part of. */
  LiveRun run() {
    return run;
  }

  /** The schema that holds the tables, unquoted. */
  public String schema() {
    return schema;
  }

  /** The driver's name and version. */
  public String driver() {
    return choice.driver();
  }

  /**
   * Opens a store here. The tables that it makes are marked as those of a test, in the transaction
   * that makes them; only such tables can be reset.
   */
  public UserEngineStore open(StoreOptions options) {
    Objects.requireNonNull(options, "options");
    return PostgresUserEngineStore.open(dsn, options(options).withProvider(provider));
  }

  /** The options of a store here, without a provider. */
  PostgresOptions options(StoreOptions options) {
    return PostgresOptions.defaults()
        .withStore(options)
        .withSchema(schema)
        .withTenantPartitions(tenantPartitions)
        .withAfterMigration(
            (connection, schemaName) -> {
              requireHere(connection);
              run.claimAtOnce(this, connection);
              Marker.write(connection, schemaName);
            });
  }

  /**
   * A new connection, for the caller to close.
   *
   * @throws LiveRefusal if it leads into another database, or to one that is in recovery
   * @throws SQLException if there is none to be had
   */
  public Connection connect() throws SQLException {
    Connection connection = choice.dataSource().getConnection();
    try {
      requireHere(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Drops the tables that a store of {@link #open} made, if there are any, and nothing else. The
   * first call claims them for this process until that ends; where another process has them, it
   * waits for that one, a minute at the most.
   *
   * @throws LiveRefusal if there are tables of these names that are not such, or that something
   *     depends on that is not ours, or that another run has; nothing was changed then
   */
  public void reset() {
    Reset.run(this);
  }

  private void requireHere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.current_database(), pg_catalog.pg_is_in_recovery()")) {
      row.next();
      if (!row.getString(1).equals(name)) {
        throw new LiveRefusal(
            "the connection leads into the database \""
                + row.getString(1)
                + "\", not into \""
                + name
                + "\", which may be reset; nothing was changed");
      }
      if (row.getBoolean(2)) {
        throw new LiveRefusal("the server is in recovery: a standby cannot be reset");
      }
    }
  }

  /** The name of the database, without where it is. */
  @Override
  public String toString() {
    return "LiveDatabase[" + name + ", schema " + schema + "]";
  }
}
