package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.postgres.engine.PostgresEngine;
import io.netkingdom.userengine.store.postgres.jdbc.ConnectionPool;
import io.netkingdom.userengine.store.postgres.migration.Migrator;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Opens stores that keep their records in PostgreSQL.
 *
 * <p>Opening makes no connection: {@link UserEngineStore#readiness} tells whether the database can
 * be reached, and {@link UserEngineStore#migrate} makes the tables.
 *
 * <p>A store that was opened from a DSN asks about the database itself ({@code readiness}, {@code
 * migrate}, counts) on a connection of its own, which it makes in one attempt, and so tells at once
 * what the server refuses. Its operations share the pool, which makes connections as they are
 * needed and closes those that are not needed for a minute.
 *
 * <pre>{@code
 * try (UserEngineStore store =
 *     PostgresUserEngineStore.open("postgresql://app@db.example/accounts")) {
 *   store.migrate();
 * }
 * }</pre>
 */
public final class PostgresUserEngineStore {

  private PostgresUserEngineStore() {}

  /**
   * A store with a connection pool of its own and the default options.
   *
   * @see #open(String, PostgresOptions)
   */
  public static UserEngineStore open(String dsn) {
    Objects.requireNonNull(dsn, "dsn");
    return open(dsn, PostgresOptions.defaults());
  }

  /**
   * A store with a connection pool of its own (HikariCP), which is closed with it. The JDBC driver
   * is one that is on the class path: see {@link ConnectionProviders}.
   *
   * @param dsn where the database is, in one of the forms of {@link Dsn}
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput naming {@code dsn}, if it is
   *     none
   * @throws io.netkingdom.userengine.store.StoreException.NoProvider if no driver can serve it
   */
  public static UserEngineStore open(String dsn, PostgresOptions options) {
    Objects.requireNonNull(dsn, "dsn");
    Objects.requireNonNull(options, "options");
    return open(Dsn.parse(dsn), options);
  }

  /**
   * The same for a DSN that is parsed already: environment and files are not read again, so the
   * target is the one that the caller has seen.
   *
   * @throws io.netkingdom.userengine.store.StoreException.NoProvider if no driver can serve it
   */
  public static UserEngineStore open(Dsn dsn, PostgresOptions options) {
    Objects.requireNonNull(options, "options");
    ConnectionPool pool =
        ConnectionPool.open(
            dsn, options.provider(), options.poolSize(), options.connectionTimeout());
    return open(pool.pooled(), pool.direct(), options, pool::close);
  }

  /**
   * A store on a DataSource of the caller's, which is used as it is: each operation takes one
   * connection and gives it back with the settings that it came with. Closing the store leaves the
   * DataSource open.
   *
   * @param dataSource best one that pools; its own timeouts bound how long readiness can take
   */
  public static UserEngineStore open(DataSource dataSource, PostgresOptions options) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(dataSource, "dataSource");
    return open(dataSource, dataSource, options, () -> {});
  }

  private static UserEngineStore open(
      DataSource dataSource, DataSource direct, PostgresOptions options, Runnable release) {
    Migrator migrator = options.migrator();
    return new TransactionalStore(
        new PostgresEngine(dataSource, direct, options.statements(migrator), migrator, release),
        options.store());
  }
}
