package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.util.Optional;
import javax.sql.DataSource;

/** What providers of this package have in common: a driver, and what to tell it. */
abstract class DriverProvider implements ConnectionProvider {

  /**
   * What to tell the driver, whether or not it is there.
   *
   * @param dsn a {@link Dsn.Postgres} or a {@link Dsn.Jdbc}
   * @throws StoreException.InvalidInput naming {@code dsn}, with a reason that can be shown, if the
   *     driver cannot honour the DSN or should not
   */
  abstract DriverSettings settings(Dsn dsn);

  /**
   * The driver that is there, if it knows all that it would be told.
   *
   * @throws StoreException.InvalidInput if it does not
   */
  abstract FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing;

  private DriverDataSource open(Dsn dsn) throws DriverMissing {
    DriverSettings settings = accepted(dsn);
    return new DriverDataSource(driver(dsn, settings), settings);
  }

  private DriverSettings accepted(Dsn dsn) {
    if (dsn instanceof Dsn.DataSourceClass) {
      throw refused(name() + " serves no DataSource that is named by its class");
    }
    return settings(dsn);
  }

  @Override
  public final Usability usability(Dsn dsn) {
    try {
      return new Usability.Usable(open(dsn).driver());
    } catch (StoreException.InvalidInput e) {
      return new Usability.Unusable(e.reason());
    } catch (DriverMissing e) {
      return new Usability.Unusable(e.reason());
    }
  }

  @Override
  public final DataSource dataSource(Dsn dsn) {
    try {
      return open(dsn);
    } catch (DriverMissing e) {
      throw refused(e.reason());
    }
  }

  @Override
  public final Optional<String> database(Dsn dsn) {
    return accepted(dsn).database();
  }

  static StoreException.InvalidInput refused(String reason) {
    return new StoreException.InvalidInput("dsn", reason);
  }
}
