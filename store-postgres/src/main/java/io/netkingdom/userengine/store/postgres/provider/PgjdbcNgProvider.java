package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Driver;

/**
 * pgjdbc-ng 0.8.9, a driver on Netty. Serves {@code jdbc:pgsql:} URLs, and libpq's connection
 * strings where pgjdbc is not there.
 */
@AutoService(ConnectionProvider.class)
public final class PgjdbcNgProvider extends DriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PgjdbcNgProvider() {}

  @Override
  public String name() {
    return "pgjdbc-ng";
  }

  @Override
  public int priority() {
    return 90;
  }

  @Override
  DriverSettings settings(Dsn dsn) {
    return PgjdbcNgSettings.of(dsn);
  }

  @Override
  FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    FoundDriver driver = FoundDriver.find(DriverFacts.PGJDBC_NG);
    requireNetty(driver.driver());
    return driver;
  }

  /** The driver itself can be loaded without it, and then fails with the first connection. */
  private static void requireNetty(Driver driver) throws DriverMissing {
    ClassLoader loader = driver.getClass().getClassLoader();
    try {
      Class<?> user =
          Class.forName(
              "com.impossibl.postgres.protocol.v30.ServerConnectionShared", false, loader);
      if (user.getDeclaredMethods().length == 0) {
        throw new DriverMissing("pgjdbc-ng is there without its own classes");
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DriverMissing("pgjdbc-ng is there without the classes of Netty that it needs");
    }
  }
}
