package io.netkingdom.userengine.store.postgres.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections of a store that was opened from a DSN. Safe for use by many threads. */
public final class ConnectionPool implements AutoCloseable {

  /** A connection that nobody needed for so long is closed; HikariCP looks every 30 s. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final HikariDataSource pool;
  private final DataSource direct;

  private ConnectionPool(HikariDataSource pool, DataSource direct) {
    this.pool = pool;
    this.direct = direct;
  }

  /**
   * Opens a pool; it connects when it is first asked for a connection.
   *
   * @param provider the connection provider's name; null for the best one
   * @param size how many connections at the most
   * @param timeout how long to wait for one
   */
  public static ConnectionPool open(
      Dsn dsn, @Nullable String provider, int size, Duration timeout) {
    DataSource source = choose(dsn, provider);
    HikariConfig config = new HikariConfig();
    config.setPoolName("user-engine-" + OPENED.incrementAndGet());
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    // A pool that keeps some ready signs in again and again while nobody asks it for anything, also
    // where the server refuses it, until the account is locked.
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(timeout.toMillis());
    // Whether the database can be reached is a matter of readiness, not of opening a store.
    config.setInitializationFailTimeout(-1);
    // The constructor that takes the settings connects at once.
    HikariDataSource pool = new HikariDataSource();
    config.copyStateTo(pool);
    return new ConnectionPool(pool, new BoundedDataSource(source, timeout));
  }

  /** New connections without a pool, each of one attempt. */
  public static DataSource direct(Dsn dsn, @Nullable String provider, Duration timeout) {
    return new BoundedDataSource(choose(dsn, provider), timeout);
  }

  private static DataSource choose(Dsn dsn, @Nullable String provider) {
    ConnectionProviders providers = ConnectionProviders.discover();
    ConnectionProviders.Choice choice =
        provider == null ? providers.choose(dsn) : providers.choose(dsn, provider);
    return choice.dataSource();
  }

  /** For the operations of the store. */
  public DataSource pooled() {
    return pool;
  }

  /**
   * For what is asked about the database itself: a pool goes on trying until its time is over,
   * where one refusal is the answer.
   */
  public DataSource direct() {
    return direct;
  }

  @Override
  public void close() {
    pool.close();
  }
}
