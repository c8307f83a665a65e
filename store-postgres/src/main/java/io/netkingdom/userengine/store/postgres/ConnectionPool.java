package io.netkingdom.userengine.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The connections of a store that was opened from a DSN. Safe for use by many threads. */
final class ConnectionPool implements AutoCloseable {

  /** A connection that nobody needed for so long is closed; HikariCP looks every 30 s. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final HikariDataSource pool;
  private final DataSource direct;

  private ConnectionPool(HikariDataSource pool, DataSource direct) {
    this.pool = pool;
    this.direct = direct;
  }

  /** Opens a pool; it connects when it is first asked for a connection. */
  static ConnectionPool open(Dsn dsn, PostgresOptions options) {
    DataSource source = choose(dsn, options);
    HikariConfig config = new HikariConfig();
    config.setPoolName("user-engine-" + OPENED.incrementAndGet());
    config.setDataSource(source);
    config.setMaximumPoolSize(options.poolSize());
    // A pool that keeps some ready signs in again and again while nobody asks it for anything, also
    // where the server refuses it, until the account is locked.
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(options.connectionTimeout().toMillis());
    // Whether the database can be reached is a matter of readiness, not of opening a store.
    config.setInitializationFailTimeout(-1);
    // The constructor that takes the settings connects at once.
    HikariDataSource pool = new HikariDataSource();
    config.copyStateTo(pool);
    return new ConnectionPool(pool, new BoundedDataSource(source, options.connectionTimeout()));
  }

  /** New connections without a pool, each of one attempt. */
  static DataSource direct(Dsn dsn, PostgresOptions options) {
    return new BoundedDataSource(choose(dsn, options), options.connectionTimeout());
  }

  private static DataSource choose(Dsn dsn, PostgresOptions options) {
    ConnectionProviders providers = ConnectionProviders.discover();
    String provider = options.provider();
    ConnectionProviders.Choice choice =
        provider == null ? providers.choose(dsn) : providers.choose(dsn, provider);
    return choice.dataSource();
  }

  /** For the operations of the store. */
  DataSource pooled() {
    return pool;
  }

  /**
   * For what is asked about the database itself: a pool goes on trying until its time is over,
   * where one refusal is the answer.
   */
  DataSource direct() {
    return direct;
  }

  @Override
  public void close() {
    pool.close();
  }
}
