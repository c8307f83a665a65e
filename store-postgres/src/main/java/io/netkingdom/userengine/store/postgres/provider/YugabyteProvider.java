package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;

/**
 * YugabyteDB's smart driver, 42.7.3-yb-1 or later, a fork of pgjdbc. Serves {@code
 * jdbc:yugabytedb:} URLs as {@link PgjdbcProvider} serves its own, and libpq's connection strings
 * where no driver with a higher priority does.
 */
@AutoService(ConnectionProvider.class)
public final class YugabyteProvider extends PgjdbcFamilyProvider {

  /** For {@link java.util.ServiceLoader}. */
  public YugabyteProvider() {
    super("yugabytedb", 80, PgjdbcFamily.YUGABYTEDB);
  }
}
