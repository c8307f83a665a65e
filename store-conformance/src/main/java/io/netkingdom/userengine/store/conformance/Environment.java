package io.netkingdom.userengine.store.conformance;

import java.util.Objects;

/**
 * What an adapter ran on, as the ledger tells it. Never holds an address or a secret.
 *
 * @param server product and version, such as {@code PostgreSQL 18.6}; {@code none} where there is
 *     no server
 * @param driver name and version, such as {@code pgjdbc 42.7.14}; {@code none} where there is no
 *     driver
 */
public record Environment(String server, String driver) {

  private static final String NONE = "none";

  /** Refuses null. */
  public Environment {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(driver, "driver");
  }

  /** Neither server nor driver. */
  public static Environment none() {
    return new Environment(NONE, NONE);
  }

  boolean hasServer() {
    return !server.equals(NONE);
  }

  boolean hasDriver() {
    return !driver.equals(NONE);
  }
}
