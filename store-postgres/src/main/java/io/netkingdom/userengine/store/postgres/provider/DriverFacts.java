package io.netkingdom.userengine.store.postgres.provider;

/**
 * What is known of a driver before it is there.
 *
 * @param product what people call it: {@code pgjdbc}
 * @param title what it calls itself
 * @param driverClass its {@code java.sql.Driver}
 * @param versionClass the class with a static field that tells its version, since {@code
 *     java.sql.Driver} knows no third number
 * @param versionField the name of that field
 * @param floor the oldest version that is taken: older ones have known vulnerabilities, or were
 *     never measured
 * @param askedWith a URL that is good enough to ask it which properties it knows
 */
record DriverFacts(
    String product,
    String title,
    String driverClass,
    String versionClass,
    String versionField,
    Version floor,
    String askedWith) {

  static final DriverFacts PGJDBC =
      new DriverFacts(
          "pgjdbc",
          "PostgreSQL JDBC Driver",
          "org.postgresql.Driver",
          "org.postgresql.util.DriverInfo",
          "DRIVER_VERSION",
          // Older ones have known vulnerabilities.
          new Version(42, 7, 12),
          "jdbc:postgresql:");

  static final DriverFacts YUGABYTEDB =
      new DriverFacts(
          "the YugabyteDB driver",
          "YugabyteDB smart driver",
          "com.yugabyte.Driver",
          "com.yugabyte.util.DriverInfo",
          "DRIVER_VERSION",
          // The first on a pgjdbc without CVE-2024-1597 and what came before it.
          new Version(42, 7, 3),
          "jdbc:yugabytedb:");

  static final DriverFacts AWS_WRAPPER =
      new DriverFacts(
          "the AWS wrapper",
          "AWS Advanced JDBC Wrapper",
          "software.amazon.jdbc.Driver",
          "software.amazon.jdbc.util.DriverInfo",
          "DRIVER_VERSION",
          // None before this was measured.
          new Version(4, 3, 0),
          "jdbc:aws-wrapper:postgresql://localhost/");

  static final DriverFacts PGJDBC_NG =
      new DriverFacts(
          "pgjdbc-ng",
          "pgjdbc-ng",
          "com.impossibl.postgres.jdbc.PGDriver",
          "com.impossibl.postgres.jdbc.PGDriver",
          "VERSION",
          // The last one; none before it was measured.
          new Version(0, 8, 9),
          "jdbc:pgsql:postgres");
}
