package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * PostgreSQL's own driver, pgjdbc 42.7.12 or later. Serves libpq's connection strings, and {@code
 * jdbc:postgresql:} URLs whose properties neither load classes nor change what a store relies on.
 */
@AutoService(ConnectionProvider.class)
public final class PgjdbcProvider implements ConnectionProvider {

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
  public Usability usability(Dsn dsn) {
    try {
      PgjdbcSettings settings = PgjdbcSettings.of(dsn);
      PgjdbcDriver driver = PgjdbcDriver.find();
      driver.checkKnows(settings);
      return new Usability.Usable(driver.name());
    } catch (StoreException.InvalidInput e) {
      return new Usability.Unusable(e.reason());
    } catch (PgjdbcDriver.Missing e) {
      return new Usability.Unusable(e.reason());
    }
  }

  @Override
  public DataSource dataSource(Dsn dsn) {
    PgjdbcSettings settings = PgjdbcSettings.of(dsn);
    try {
      PgjdbcDriver driver = PgjdbcDriver.find();
      driver.checkKnows(settings);
      return new PgjdbcDataSource(driver, settings);
    } catch (PgjdbcDriver.Missing e) {
      throw new StoreException.InvalidInput("dsn", e.reason());
    }
  }

  @Override
  public Optional<String> database(Dsn dsn) {
    return Optional.of(PgjdbcSettings.of(dsn).database());
  }

  @Override
  public OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      return PgjdbcDriver.find().copyIn(connection, sql, data);
    } catch (PgjdbcDriver.Missing e) {
      return OptionalLong.empty();
    }
  }
}
