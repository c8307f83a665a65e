package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The driver that is there: found by its class's name, through the thread's context class loader or
 * else this library's own, and never through {@code DriverManager}, which hands a URL to every
 * driver that it knows and repeats it in its errors.
 */
record PgjdbcDriver(Driver driver, String version) {

  private static final String DRIVER = "org.postgresql.Driver";
  private static final String NAME = "PostgreSQL JDBC Driver";

  /** Older ones have known vulnerabilities. */
  private static final Version FLOOR = new Version(42, 7, 12);

  /** There is no driver here, or none that will do. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Missing(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  private record Version(int major, int minor, int patch) {
    private static final Pattern FORM =
        Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*");

    static @Nullable Version of(String text) {
      Matcher form = FORM.matcher(text);
      return form.matches()
          ? new Version(
              Integer.parseInt(form.group(1)),
              Integer.parseInt(form.group(2)),
              Integer.parseInt(form.group(3)))
          : null;
    }

    boolean isBefore(Version other) {
      return Arrays.compare(
              new int[] {major, minor, patch}, new int[] {other.major, other.minor, other.patch})
          < 0;
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + patch;
    }
  }

  static PgjdbcDriver find() throws Missing {
    Driver driver = load();
    return recentEnough(driver, versionOf(driver));
  }

  static PgjdbcDriver recentEnough(Driver driver, String version) throws Missing {
    Version read = Version.of(version);
    if (read == null) {
      throw new Missing(
          "the version of " + DRIVER + " cannot be told; pgjdbc " + FLOOR + " or later is needed");
    }
    if (read.isBefore(FLOOR)) {
      throw new Missing("pgjdbc " + read + " is too old; " + FLOOR + " or later is needed");
    }
    return new PgjdbcDriver(driver, version);
  }

  private static Driver load() throws Missing {
    Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(PgjdbcDriver.class.getClassLoader());
    for (ClassLoader loader : loaders) {
      try {
        Class<?> type = Class.forName(DRIVER, true, loader);
        return type.asSubclass(Driver.class).getConstructor().newInstance();
      } catch (ClassNotFoundException e) {
        // The next loader may see it.
      } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
        throw new Missing(DRIVER + " cannot be loaded: " + e.getClass().getName());
      }
    }
    throw new Missing(DRIVER + " is not on the class path");
  }

  /** The interface {@code java.sql.Driver} knows no third number, so the driver is asked itself. */
  private static String versionOf(Driver driver) {
    try {
      return String.valueOf(
          Class.forName("org.postgresql.util.DriverInfo", true, driver.getClass().getClassLoader())
              .getField("DRIVER_VERSION")
              .get(null));
    } catch (ReflectiveOperationException | LinkageError e) {
      return driver.getMajorVersion() + "." + driver.getMinorVersion();
    }
  }

  String name() {
    return NAME + " " + version;
  }

  /**
   * Refuses settings that this version of the driver does not know: it would ignore them, and then
   * a connection might be less safe than was asked for.
   */
  void checkKnows(PgjdbcSettings settings) {
    Set<String> unknown = new TreeSet<>(settings.properties().stringPropertyNames());
    unknown.removeAll(knownProperties());
    if (!unknown.isEmpty()) {
      throw new StoreException.InvalidInput(
          "dsn", "pgjdbc " + version + " does not know " + String.join(", ", unknown));
    }
  }

  private Set<String> knownProperties() {
    try {
      return Arrays.stream(driver.getPropertyInfo("jdbc:postgresql:", new Properties()))
          .map((DriverPropertyInfo info) -> info.name)
          .collect(Collectors.toSet());
    } catch (SQLException e) {
      return Set.of();
    }
  }

  /** {@code connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, data)}, unlinked. */
  OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      Class<?> type =
          Class.forName("org.postgresql.PGConnection", false, driver.getClass().getClassLoader());
      if (!connection.isWrapperFor(type)) {
        return OptionalLong.empty();
      }
      Object api = type.getMethod("getCopyAPI").invoke(connection.unwrap(type));
      Object rows =
          api.getClass()
              .getMethod("copyIn", String.class, InputStream.class)
              .invoke(api, sql, data);
      return OptionalLong.of((Long) rows);
    } catch (InvocationTargetException e) {
      return rethrow(e.getTargetException());
    } catch (ReflectiveOperationException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong rethrow(Throwable thrown) throws SQLException, IOException {
    if (thrown instanceof SQLException e) {
      throw e;
    }
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) thrown;
  }
}
