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
 * PostgreSQL's own driver, pgjdbc 42.7.12 or later. Serves libpq's connection strings, and {@code
 * jdbc:postgresql:} URLs whose properties neither load classes nor change what a store relies on.
 */
@AutoService(ConnectionProvider.class)
public final class PgjdbcProvider extends DriverProvider {

  static final String CONNECTION = "org.postgresql.PGConnection";

  /** For {@link java.util.ServiceLoader}. */
  public PgjdbcProvider() {}

  @Override
  public String name() {
    return "pgjdbc";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  DriverSettings settings(Dsn dsn) {
    return PgjdbcSettings.of(PgjdbcFamily.PGJDBC, dsn);
  }

  @Override
  FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    FoundDriver driver = FoundDriver.find(DriverFacts.PGJDBC);
    PgjdbcSettings.requireKnown(
        settings, driver.product(), driver.knownProperties(DriverFacts.PGJDBC.askedWith()));
    return driver;
  }

  @Override
  public OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      return PgjdbcCopy.copyIn(
          FoundDriver.find(DriverFacts.PGJDBC), CONNECTION, connection, sql, data);
    } catch (DriverMissing e) {
      return OptionalLong.empty();
    }
  }
}
