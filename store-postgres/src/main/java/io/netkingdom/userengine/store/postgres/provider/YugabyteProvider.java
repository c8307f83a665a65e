package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * YugabyteDB's smart driver, 42.7.3-yb-1 or later, a fork of pgjdbc. Serves {@code
 * jdbc:yugabytedb:} URLs as {@link PgjdbcProvider} serves its own, and libpq's connection strings
 * where no driver with a higher priority does.
 */
@AutoService(ConnectionProvider.class)
public final class YugabyteProvider extends DriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public YugabyteProvider() {}

  @Override
  public String name() {
    return "yugabytedb";
  }

  @Override
  public int priority() {
    return 80;
  }

  @Override
  DriverSettings settings(Dsn dsn) {
    return PgjdbcSettings.of(PgjdbcFamily.YUGABYTEDB, dsn);
  }

  @Override
  FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    FoundDriver driver = FoundDriver.find(DriverFacts.YUGABYTEDB);
    PgjdbcSettings.requireKnown(
        settings, driver.product(), driver.knownProperties(DriverFacts.YUGABYTEDB.askedWith()));
    return driver;
  }

  @Override
  public OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      return PgjdbcCopy.copyIn(
          FoundDriver.find(DriverFacts.YUGABYTEDB),
          "com.yugabyte.PGConnection",
          connection,
          sql,
          data);
    } catch (DriverMissing e) {
      return OptionalLong.empty();
    }
  }
}
