package io.netkingdom.userengine.store.postgres.provider;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a driver is told: a URL, and properties with all that is secret.
 *
 * @param url the URL
 * @param shown what may be shown of the URL
 * @param database the database that the driver will ask the server for, if that is certain
 * @param properties everything else, secrets included
 * @param loginTimeout the unit of the driver's property {@code loginTimeout}; null if it has none
 */
record DriverSettings(
    String url,
    String shown,
    Optional<String> database,
    Map<String, String> properties,
    @Nullable TimeUnit loginTimeout) {

  DriverSettings {
    properties = Map.copyOf(properties);
  }

  /**
   * The properties; a new copy.
   *
   * @param seconds a pool's bound on signing in, which counts where the DSN has none; 0 for none
   */
  Properties properties(int seconds) {
    Properties copy = new Properties();
    properties.forEach(copy::setProperty);
    if (seconds > 0 && loginTimeout != null) {
      copy.putIfAbsent(
          "loginTimeout", Long.toString(loginTimeout.convert(seconds, TimeUnit.SECONDS)));
    }
    return copy;
  }

  /** The target alone. */
  @Override
  public String toString() {
    return shown;
  }
}
