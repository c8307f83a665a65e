package io.netkingdom.userengine.store.postgres.provider;

import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A driver that is there: found by its class's name, through the thread's context class loader or
 * else this library's own, and never through {@code DriverManager}, which hands a URL to every
 * driver that it knows and repeats it in its errors.
 *
 * @param driver the driver
 * @param product what people call it
 * @param name its name and version, for people
 */
record FoundDriver(Driver driver, String product, String name) {

  static FoundDriver find(DriverFacts facts) throws DriverMissing {
    Driver driver = load(facts.driverClass());
    return recentEnough(facts, driver, versionOf(facts, driver));
  }

  static FoundDriver recentEnough(DriverFacts facts, Driver driver, String version)
      throws DriverMissing {
    Version read = Version.of(version);
    String needed = facts.floor() + " or later is needed";
    if (read == null) {
      throw new DriverMissing(
          "the version of "
              + facts.driverClass()
              + " cannot be told; "
              + facts.product()
              + " "
              + needed);
    }
    if (read.isBefore(facts.floor())) {
      throw new DriverMissing(facts.product() + " " + read + " is too old; " + needed);
    }
    return new FoundDriver(driver, facts.product() + " " + version, facts.title() + " " + version);
  }

  /** The class loaders to look through, in their order. */
  static Set<@Nullable ClassLoader> loaders() {
    Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(FoundDriver.class.getClassLoader());
    return loaders;
  }

  private static Driver load(String driverClass) throws DriverMissing {
    for (ClassLoader loader : loaders()) {
      try {
        Class<?> type = Class.forName(driverClass, true, loader);
        return type.asSubclass(Driver.class).getConstructor().newInstance();
      } catch (ClassNotFoundException e) {
        // The next loader may see it.
      } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
        throw new DriverMissing(driverClass + " cannot be loaded: " + e.getClass().getName());
      }
    }
    throw new DriverMissing(driverClass + " is not on the class path");
  }

  private static String versionOf(DriverFacts facts, Driver driver) {
    try {
      return String.valueOf(
          Class.forName(facts.versionClass(), true, driver.getClass().getClassLoader())
              .getField(facts.versionField())
              .get(null));
    } catch (ReflectiveOperationException | LinkageError e) {
      return driver.getMajorVersion() + "." + driver.getMinorVersion();
    }
  }

  /** The names of the properties that this version of the driver knows. */
  Set<String> knownProperties(String url) {
    try {
      return Arrays.stream(driver.getPropertyInfo(url, new Properties()))
          .map((DriverPropertyInfo info) -> info.name)
          .collect(Collectors.toSet());
    } catch (SQLException e) {
      return Set.of();
    }
  }
}
