package io.netkingdom.userengine.store.postgres.provider;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One of pgjdbc, and the drivers that read its URLs and properties: a fork of it, and a wrapper
 * around it. What is the same for all is in {@link PgjdbcSettings}.
 *
 * @param facts the driver
 * @param connections the driver that makes its connections: itself, or the one that it wraps
 * @param connectionClass the interface of those connections that offers COPY
 * @param prefix what its URLs begin with: {@code jdbc:postgresql:}
 * @param timeouts the unit of {@code connectTimeout} and {@code loginTimeout}
 * @param ownProperties the properties that a URL may set beyond those that it may set for pgjdbc
 * @param defaults what is set where a URL sets none of these
 * @param takesSeveralHosts whether it goes on to the next host when one cannot be reached
 */
record PgjdbcFamily(
    DriverFacts facts,
    DriverFacts connections,
    String connectionClass,
    String prefix,
    TimeUnit timeouts,
    Set<String> ownProperties,
    Map<String, String> defaults,
    boolean takesSeveralHosts) {

  static final PgjdbcFamily PGJDBC =
      new PgjdbcFamily(
          DriverFacts.PGJDBC,
          DriverFacts.PGJDBC,
          "org.postgresql.PGConnection",
          "jdbc:postgresql:",
          TimeUnit.SECONDS,
          Set.of(),
          Map.of(),
          true);

  /**
   * A fork. As long as {@code load-balance} is not set it connects to the hosts that it is given;
   * with it, to those that the servers name.
   */
  static final PgjdbcFamily YUGABYTEDB =
      new PgjdbcFamily(
          DriverFacts.YUGABYTEDB,
          DriverFacts.YUGABYTEDB,
          "com.yugabyte.PGConnection",
          "jdbc:yugabytedb:",
          TimeUnit.SECONDS,
          Set.of(
              "failed-host-reconnect-delay-secs",
              "fallback-to-topology-keys-only",
              "load-balance",
              "topology-keys",
              "yb-servers-refresh-interval"),
          Map.of(),
          true);

  /**
   * A wrapper. Its plug-ins for Aurora are off unless a URL asks for them: on another server they
   * have nothing to do, and still watch it from threads of their own. Without them it connects to
   * the first host alone. It counts in milliseconds.
   */
  static final PgjdbcFamily AWS_WRAPPER =
      new PgjdbcFamily(
          DriverFacts.AWS_WRAPPER,
          DriverFacts.PGJDBC,
          "org.postgresql.PGConnection",
          "jdbc:aws-wrapper:postgresql:",
          TimeUnit.MILLISECONDS,
          Set.of("openConnectionRetryTimeoutMs", "wrapperPlugins"),
          Map.of("wrapperPlugins", "", "wrapperDialect", "pg"),
          false);

  boolean isWrapper() {
    return !facts.equals(connections);
  }

  /** For a reason. */
  String product() {
    return facts.product();
  }
}
