package io.netkingdom.userengine.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool of a store that was opened from a DSN. */
final class ConnectionPool {

  private static final AtomicInteger OPENED = new AtomicInteger();

  private ConnectionPool() {}

  /** Opens a pool; it connects when it is first asked for a connection. */
  static HikariDataSource open(Dsn dsn, PostgresOptions options) {
    ConnectionProviders providers = ConnectionProviders.discover();
    String provider = options.provider();
    ConnectionProviders.Choice choice =
        provider == null ? providers.choose(dsn) : providers.choose(dsn, provider);
    HikariConfig config = new HikariConfig();
    config.setPoolName("user-engine-" + OPENED.incrementAndGet());
    config.setDataSource(choice.dataSource());
    config.setMaximumPoolSize(options.poolSize());
    config.setConnectionTimeout(options.connectionTimeout().toMillis());
    // Whether the database can be reached is a matter of readiness, not of opening a store.
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new EvictReadOnly());
    return new HikariDataSource(config);
  }

  /**
   * A server that became a standby answers writes with 25006 and keeps its connections: without
   * this they would stay in the pool, and the store would not find the new primary.
   */
  private static final class EvictReadOnly implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return SqlErrors.isReadOnlyServer(e) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }
}
