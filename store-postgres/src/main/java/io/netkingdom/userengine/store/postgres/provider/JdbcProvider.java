package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Any driver that takes the {@code jdbc:} URL and is registered in {@code
 * META-INF/services/java.sql.Driver}: the last resort. The URL reaches the driver as it is, since
 * nobody here knows its grammar; what is refused are URLs that other providers of this package know
 * better, and properties that are known to be dangerous in one driver or another.
 */
@AutoService(ConnectionProvider.class)
public final class JdbcProvider extends DriverProvider {

  /** Their providers know which of their properties are safe; what those refuse stays refused. */
  private static final Set<String> KNOWN_BETTER =
      Set.of("aws-wrapper", "pgsql", "postgresql", "yugabytedb");

  /** Their drivers are not asked either: pgjdbc logs a URL that it does not take, at FINE. */
  private static final Set<String> NOT_ASKED =
      Set.of(
          DriverFacts.AWS_WRAPPER.driverClass(),
          DriverFacts.PGJDBC.driverClass(),
          DriverFacts.PGJDBC_NG.driverClass(),
          DriverFacts.YUGABYTEDB.driverClass());

  /** A class loader that fails in the same way for ever must not hold us for ever. */
  private static final int MOST_STEPS = 1_000;

  /** For {@link ServiceLoader}. */
  public JdbcProvider() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  DriverSettings settings(Dsn dsn) {
    if (!(dsn instanceof Dsn.Jdbc jdbc)) {
      throw refused("jdbc serves jdbc: URLs alone");
    }
    if (KNOWN_BETTER.contains(jdbc.subprotocol())) {
      throw refused("jdbc leaves jdbc:" + jdbc.subprotocol() + ": to the provider that knows it");
    }
    DangerousNames.in(jdbc.url())
        .ifPresent(
            name -> {
              throw refused("the property " + name + " is not accepted in a URL");
            });
    return new DriverSettings(jdbc.url(), jdbc.redacted(), Optional.empty(), Map.of(), null);
  }

  @Override
  FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    List<Driver> takers = new ArrayList<>();
    for (Driver driver : registered()) {
      if (takes(driver, settings.url())) {
        takers.add(driver);
      }
    }
    if (takers.isEmpty()) {
      throw new DriverMissing(
          "no driver in META-INF/services/java.sql.Driver takes " + settings.shown());
    }
    if (takers.size() > 1) {
      throw new DriverMissing(
          takers.stream()
              .map(d -> d.getClass().getName())
              .sorted()
              .collect(
                  Collectors.joining(
                      " and ", "", " both take " + settings.shown() + "; remove one")));
    }
    Driver driver = takers.get(0);
    String name =
        driver.getClass().getName()
            + " "
            + driver.getMajorVersion()
            + "."
            + driver.getMinorVersion();
    return new FoundDriver(driver, name, name);
  }

  private static boolean takes(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException | RuntimeException e) {
      // A driver that fails to read a URL does not take it, and what it says may repeat it.
      return false;
    }
  }

  /** Each driver to ask once, through the first loader that sees it; broken ones left out. */
  private static List<Driver> registered() {
    List<Driver> drivers = new ArrayList<>();
    for (ClassLoader loader : FoundDriver.loaders()) {
      Iterator<ServiceLoader.Provider<Driver>> providers =
          ServiceLoader.load(Driver.class, loader).stream().iterator();
      for (int step = 0; step < MOST_STEPS; step++) {
        try {
          if (!providers.hasNext()) {
            break;
          }
          Class<? extends Driver> type = providers.next().type();
          if (!NOT_ASKED.contains(type.getName())
              && drivers.stream().noneMatch(d -> d.getClass().equals(type))) {
            drivers.add(type.getConstructor().newInstance());
          }
        } catch (ServiceConfigurationError | LinkageError | ReflectiveOperationException e) {
          // Somebody else's broken driver must not take down a store that does not use it.
        }
      }
    }
    return drivers;
  }
}
