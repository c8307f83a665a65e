package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.sql.DriverPropertyInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches YugabyteDB's fork of pgjdbc, and AWS's wrapper around it. */
final class FamilySettingsTest {

  private static final ConnectionProvider YUGABYTE = new YugabyteProvider();
  private static final ConnectionProvider AWS = new AwsWrapperProvider();

  private static ConnectionProvider provider(String name) {
    return name.equals(YUGABYTE.name()) ? YUGABYTE : AWS;
  }

  private static String reason(ConnectionProvider provider, String dsn) {
    return assertInstanceOf(Usability.Unusable.class, provider.usability(Dsn.parse(dsn))).reason();
  }

  @Test
  void yugabytesDriverReadsTheTargetThatWasMeant() {
    String dsn =
        "jdbc:yugabytedb://h1,h2:2/a+b?user=u&password=p&load-balance=true&topology-keys=c.r.z";
    DriverSettings settings = PgjdbcSettings.of(PgjdbcFamily.YUGABYTEDB, Dsn.parse(dsn));
    Properties read = com.yugabyte.Driver.parseURL(settings.url(), settings.properties(0));
    assertEquals("h1,h2", read.getProperty("PGHOST"));
    assertEquals("5432,2", read.getProperty("PGPORT"));
    assertEquals("a b", read.getProperty("PGDBNAME"));
    assertEquals("u", read.getProperty("user"));
    assertEquals("p", read.getProperty("password"));
    assertEquals("true", read.getProperty("load-balance"));
    assertEquals("c.r.z", read.getProperty("topology-keys"));
    assertEquals("false", read.getProperty("logServerErrorDetail"));
    assertEquals(Optional.of("a b"), YUGABYTE.database(Dsn.parse(dsn)));
    assertEquals("jdbc:yugabytedb://h1:5432,h2:2/a+b", settings.toString());
  }

  @Test
  void theWrapperCountsInMillisecondsAndHasNoPlugins() {
    Map<String, String> properties =
        new TreeMap<>(
            PgjdbcSettings.of(
                    PgjdbcFamily.AWS_WRAPPER, Dsn.parse("host=h user=u connect_timeout=5"))
                .properties());
    assertEquals(
        new TreeMap<>(
            Map.of(
                "user", "u",
                "password", "",
                "connectTimeout", "5000",
                "loginTimeout", "5000",
                "logServerErrorDetail", "false",
                "tcpKeepAlive", "true",
                "wrapperDialect", "pg",
                "wrapperPlugins", "")),
        properties);
    assertEquals(
        "30000",
        PgjdbcSettings.of(PgjdbcFamily.AWS_WRAPPER, Dsn.parse("host=h user=u"))
            .properties(30)
            .getProperty("loginTimeout"));
  }

  @Test
  void theWrappersPluginsForFailoverCanBeAskedFor() {
    Map<String, String> properties =
        PgjdbcSettings.of(
                PgjdbcFamily.AWS_WRAPPER,
                Dsn.parse(
                    "jdbc:aws-wrapper:postgresql://h/db?user=u&wrapperPlugins=failover2,efm2"))
            .properties();
    assertEquals("failover2,efm2", properties.get("wrapperPlugins"));
    assertEquals(null, properties.get("wrapperDialect"));
  }

  /** A bound on how long one of them tries asks for none of them. */
  @Test
  void theWrappersRetriesCanBeBounded() {
    Dsn dsn =
        Dsn.parse("jdbc:aws-wrapper:postgresql://h/db?user=u&openConnectionRetryTimeoutMs=250");
    Map<String, String> properties = PgjdbcSettings.of(PgjdbcFamily.AWS_WRAPPER, dsn).properties();
    assertEquals("250", properties.get("openConnectionRetryTimeoutMs"));
    assertEquals("", properties.get("wrapperPlugins"));
    assertInstanceOf(Usability.Usable.class, AWS.usability(dsn));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yugabytedb | jdbc:postgresql://h/db | the YugabyteDB driver serves no jdbc: URL but"
            + " jdbc:yugabytedb:",
        "yugabytedb | postgresql://u@h/db?channel_binding=require | the YugabyteDB driver"
            + " 42.7.3-yb-4 does not know channelBinding (channel_binding)",
        "yugabytedb | postgresql://u@h/db?require_auth=scram-sha-256 | the YugabyteDB driver"
            + " 42.7.3-yb-4 does not know requireAuth (require_auth)",
        "yugabytedb | postgresql://u@h/db?sslnegotiation=direct&sslmode=require | the YugabyteDB"
            + " driver 42.7.3-yb-4 does not know sslNegotiation (sslnegotiation)",
        "yugabytedb | postgresql://u@%2Frun/db | the YugabyteDB driver 42.7.3-yb-4 connects to a"
            + " Unix-domain socket by means of com.kohlschutter.junixsocket:junixsocket-core, which"
            + " is not beside it",
        "aws-wrapper | postgresql://u@%2Frun/db | pgjdbc 42.7.14 connects to a Unix-domain socket by"
            + " means of com.kohlschutter.junixsocket:junixsocket-core, which is not beside it",
        "aws-wrapper | jdbc:aws-wrapper:mysql://h/db | the AWS wrapper serves no jdbc: URL but"
            + " jdbc:aws-wrapper:postgresql:",
        "aws-wrapper | postgresql://u@h1,h2/db | the AWS wrapper connects to the first of several"
            + " hosts alone; name one",
        "aws-wrapper | jdbc:aws-wrapper:postgresql://h/db?wrapperPlugins=dataCache | wrapperPlugins"
            + " is not a list of auroraConnectionTracker, efm2, failover2, initialConnection",
        "aws-wrapper | jdbc:aws-wrapper:postgresql://h/db?wrapperPlugins= | wrapperPlugins is not a"
            + " list of auroraConnectionTracker, efm2, failover2, initialConnection",
        "yugabytedb | datasource:com.acme.Foo | yugabytedb serves no DataSource that is named by its"
            + " class",
      })
  void whatADriverCannotHonourIsRefusedWithTheReason(String name, String dsn, String reason) {
    assertEquals(reason, reason(provider(name), dsn));
  }

  @ParameterizedTest
  @CsvSource({
    "yugabytedb, sslfactory",
    "yugabytedb, sslhostnameverifier",
    "yugabytedb, socketFactory",
    "yugabytedb, authenticationPluginClassName",
    "yugabytedb, loggerFile",
    "yugabytedb, wrapperPlugins",
    "aws-wrapper, wrapperProfileName",
    "aws-wrapper, wrapperDriverName",
    "aws-wrapper, wrapperDialect",
    "aws-wrapper, wrapperTargetDriverDialect",
    "aws-wrapper, wrapperLoggerLevel",
    "aws-wrapper, connectionPoolType",
    "aws-wrapper, skipWrappingForPackages",
    "aws-wrapper, enableTelemetry",
    "aws-wrapper, awsProfile",
    "aws-wrapper, sslfactory",
    "aws-wrapper, database",
    "aws-wrapper, load-balance",
  })
  void aUrlsPropertyThatLoadsClassesOrWeakensSafetyIsRefused(String name, String property) {
    String url =
        name.equals("yugabytedb")
            ? "jdbc:yugabytedb://h/db?"
            : "jdbc:aws-wrapper:postgresql://h/db?";
    assertEquals(
        "the property "
            + property
            + " is not accepted in a URL, as it is unknown, loads classes, or changes what a store"
            + " relies on",
        reason(provider(name), url + property + "=x"));
  }

  @Test
  void everyPropertyOfYugabytesDriverWasLookedAt() {
    DriverPropertyInfo[] known =
        new com.yugabyte.Driver().getPropertyInfo("jdbc:yugabytedb:", new Properties());
    List<String> refused =
        Arrays.stream(known)
            .map(info -> info.name)
            .filter(n -> !isAccepted("jdbc:yugabytedb://h/db?" + n + "=1"))
            .toList();
    // A newer driver has more: decide for each whether a URL may set it, and count again.
    assertEquals(83, known.length);
    assertEquals(25, refused.size(), refused::toString);
  }

  private static boolean isAccepted(String dsn) {
    try {
      PgjdbcSettings.of(PgjdbcFamily.YUGABYTEDB, Dsn.parse(dsn));
      return true;
    } catch (io.netkingdom.userengine.store.StoreException.InvalidInput e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42.3.5-yb-8 | the YugabyteDB driver 42.3.5 is too old; 42.7.3 or later is needed",
        "42.7.2 | the YugabyteDB driver 42.7.2 is too old; 42.7.3 or later is needed",
        "42.7 | the version of com.yugabyte.Driver cannot be told; the YugabyteDB driver 42.7.3 or"
            + " later is needed",
      })
  void anOlderForkIsRefusedNamingBothVersions(String version, String reason) {
    DriverMissing refused =
        assertThrows(
            DriverMissing.class,
            () ->
                FoundDriver.recentEnough(
                    DriverFacts.YUGABYTEDB, new com.yugabyte.Driver(), version));
    assertEquals(reason, refused.reason());
  }

  @Test
  void theDriversAreTheOnesOnTheClassPath() {
    assertEquals(
        new Usability.Usable("YugabyteDB smart driver 42.7.3-yb-4"),
        YUGABYTE.usability(Dsn.parse("postgresql://u@h/db?channel_binding=prefer")));
    assertEquals(
        new Usability.Usable(
            "AWS Advanced JDBC Wrapper 4.3.0 on PostgreSQL JDBC Driver "
                + org.postgresql.util.DriverInfo.DRIVER_VERSION),
        AWS.usability(Dsn.parse("postgresql://u@h/db?channel_binding=require&options=-ca%3Db")));
  }
}
