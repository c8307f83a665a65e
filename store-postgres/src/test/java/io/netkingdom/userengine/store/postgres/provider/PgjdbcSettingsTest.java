package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** What reaches pgjdbc, asked of pgjdbc's own reading of it. */
final class PgjdbcSettingsTest {

  private static final String CANARY = "Canary-5e6f";
  private static final PgjdbcProvider PROVIDER = new PgjdbcProvider();

  /** What is set for every connection. */
  private static final Map<String, String> ALWAYS =
      Map.of("logServerErrorDetail", "false", "tcpKeepAlive", "true");

  private static Map<String, String> driversView(String text) {
    DriverSettings settings = PgjdbcSettings.of(PgjdbcFamily.PGJDBC, Dsn.parse(text));
    Properties parsed = Driver.parseURL(settings.url(), settings.properties(0));
    assertNotNull(parsed, settings.url());
    Map<String, String> view = new TreeMap<>();
    parsed.stringPropertyNames().forEach(name -> view.put(name, parsed.getProperty(name)));
    return view;
  }

  private static String reason(String text) {
    return assertInstanceOf(Usability.Unusable.class, PROVIDER.usability(Dsn.parse(text))).reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://u:p@h/db | h | 5432 | db | u",
        "postgresql://u@h1,h2:2/db | h1,h2 | 5432,2 | db | u",
        "postgresql://u@[::1]:7/db | [::1] | 7 | db | u",
        "postgresql://u@/a%20b%2Fc%3Fd%26e%2Bf%25g | localhost | 5432 | a b/c?d&e+f%g | u",
        "postgresql://ü@h | h | 5432 | ü | ü",
        "jdbc:postgresql://h/db?user=u | h | 5432 | db | u",
        "jdbc:postgresql://h1,h2:2/db?user=u | h1,h2 | 5432,2 | db | u",
        "jdbc:postgresql://[::1],h/db?user=u | [::1],h | 5432,5432 | db | u",
        "jdbc:postgresql:///db?user=u | localhost | 5432 | db | u",
        "jdbc:postgresql:db?user=u | localhost | 5432 | db | u",
        "jdbc:postgresql:?user=u | localhost | 5432 | u | u",
        "jdbc:postgresql://h/?user=u | h | 5432 | u | u",
        "jdbc:postgresql://h/a+b%20c%2Fd?user=u%26&password=p | h | 5432 | a b c/d | u&",
      })
  void theDriverReadsTheTargetThatWasMeant(
      String text, String hosts, String ports, String database, String user) {
    Map<String, String> view = driversView(text);
    assertEquals(hosts, view.get("PGHOST"));
    assertEquals(ports, view.get("PGPORT"));
    assertEquals(database, view.get("PGDBNAME"));
    assertEquals(user, view.get("user"));
    assertEquals(Optional.of(database), PROVIDER.database(Dsn.parse(text)));
    assertInstanceOf(Usability.Usable.class, PROVIDER.usability(Dsn.parse(text)));
  }

  @Test
  void libpqsWordsBecomePgjdbcsProperties() {
    Map<String, String> expected = new TreeMap<>(ALWAYS);
    expected.putAll(
        Map.ofEntries(
            Map.entry("PGHOST", "h1,h2"),
            Map.entry("PGPORT", "5432,5432"),
            Map.entry("PGDBNAME", "db"),
            Map.entry("user", "u"),
            Map.entry("password", "p"),
            Map.entry("ApplicationName", "my app"),
            Map.entry("channelBinding", "require"),
            Map.entry("connectTimeout", "10"),
            Map.entry("loginTimeout", "20"),
            Map.entry("gssEncMode", "disable"),
            Map.entry("loadBalanceHosts", "true"),
            Map.entry("options", "-c a=b"),
            Map.entry("requireAuth", "scram-sha-256"),
            Map.entry("sslcert", "/c"),
            Map.entry("sslkey", "/k"),
            Map.entry("sslmode", "verify-full"),
            Map.entry("sslNegotiation", "direct"),
            Map.entry("sslpassword", "s"),
            Map.entry("sslrootcert", "/r"),
            Map.entry("targetServerType", "primary"),
            Map.entry("tcpKeepAlive", "false")));
    String text =
        """
        host=h1,h2 user=u password=p dbname=db application_name='my app' channel_binding=require
        connect_timeout=10 gssencmode=disable load_balance_hosts=random options='-c a=b'
        require_auth=scram-sha-256 sslcert=/c sslkey=/k sslmode=verify-full sslnegotiation=direct
        sslpassword=s sslrootcert=/r target_session_attrs=read-write keepalives=0
        client_encoding=UTF-8 fallback_application_name=other
        """;
    assertEquals(expected, driversView(text));
    assertEquals(
        new Usability.Usable("PostgreSQL JDBC Driver " + driverVersion()),
        PROVIDER.usability(Dsn.parse(text)));
  }

  private static String driverVersion() {
    return org.postgresql.util.DriverInfo.DRIVER_VERSION;
  }

  @ParameterizedTest
  @CsvSource({
    "any, any",
    "read-write, primary",
    "primary, primary",
    "read-only, secondary",
    "standby, secondary",
    "prefer-standby, preferSecondary",
  })
  void targetSessionAttrsAreServerTypes(String libpq, String pgjdbc) {
    assertEquals(
        pgjdbc, driversView("user=u target_session_attrs=" + libpq).get("targetServerType"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-1, 0, 0",
    "5, 5, 5",
    "999999999, 2147483, 2147483",
  })
  void connectTimeoutIsInSecondsAndWithoutLimitFromZeroDown(
      String libpq, String connect, String login) {
    Map<String, String> view = driversView("user=u connect_timeout=" + libpq);
    assertEquals(connect, view.get("connectTimeout"));
    assertEquals(login, view.get("loginTimeout"));
  }

  @Test
  void requireWithRootCertificatesVerifiesThem() {
    assertEquals("verify-ca", driversView("user=u sslmode=require sslrootcert=/r").get("sslmode"));
    assertEquals("require", driversView("user=u sslmode=require").get("sslmode"));
    assertEquals("prefer", driversView("user=u sslmode=prefer sslrootcert=/r").get("sslmode"));
  }

  /** pgjdbc reads password files by rules of its own: any permissions, all hosts as one. */
  @Test
  void theDriverFindsNoPasswordWhereTheDsnHasNone(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("pgpass"), "*:*:*:*:" + CANARY);
    System.setProperty("org.postgresql.pgpassfile", file.toString());
    try {
      Properties bare = Driver.parseURL("jdbc:postgresql://h/db?user=u", new Properties());
      assertNotNull(bare);
      assertEquals(CANARY, bare.getProperty("password"));
      assertEquals("", driversView("postgresql://u@h/db").get("password"));
      assertEquals("p", driversView("postgresql://u:p@h/db").get("password"));
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  /** What libpq's manual says of sslmode: it is ignored for Unix-domain socket communication. */
  @Test
  void aSocketIsReachedThroughAFactoryAndNotEncrypted() {
    Dsn dsn =
        Dsn.parse(
            "postgresql://u:p@%2Frun%2Fpg:5433/db?sslmode=verify-full&sslrootcert=/r&sslcert=/c"
                + "&gssencmode=prefer&channel_binding=require&connect_timeout=5");
    DriverSettings settings = PgjdbcSettings.of(PgjdbcFamily.PGJDBC, dsn);
    assertEquals("jdbc:postgresql://localhost:5433/db", settings.url());
    assertEquals("jdbc:postgresql://%2Frun%2Fpg:5433/db", settings.toString());
    assertEquals(
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("channelBinding", "require"),
                Map.entry("connectTimeout", "5"),
                Map.entry("gssEncMode", "disable"),
                Map.entry("logServerErrorDetail", "false"),
                Map.entry("loginTimeout", "5"),
                Map.entry("password", "p"),
                Map.entry("socketFactory", "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg"),
                Map.entry("socketFactoryArg", "/run/pg/.s.PGSQL.5433"),
                Map.entry("sslmode", "disable"),
                Map.entry("tcpKeepAlive", "true"),
                Map.entry("user", "u"))),
        new TreeMap<>(settings.properties()));
  }

  @Test
  void aUrlCannotBringServerDetailBack() {
    assertEquals("false", driversView("jdbc:postgresql://h/db?user=u").get("logServerErrorDetail"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "host=/run/pg,h user=u | pgjdbc connects to one Unix-domain socket alone; name no other"
            + " host",
        "host=@pg user=u | pgjdbc cannot connect to an abstract socket; name a directory",
        "host=/run/pg user=u gssencmode=require | gssencmode=require is for hosts: a Unix-domain"
            + " socket has no such encryption",
        "jdbc:postgresql://@h/db | the URL has an @ where a host begins",
        "user=u host=h hostaddr=10.0.0.1 | pgjdbc cannot honour hostaddr",
        "user=u sslcrl=/c | pgjdbc cannot honour sslcrl",
        "user=u replication=database | pgjdbc cannot honour replication",
        "user=u sslrootcert=system | pgjdbc cannot honour sslrootcert=system; name the file with"
            + " the root certificates",
        "user=u client_encoding=LATIN1 | pgjdbc speaks no other client_encoding than UTF8",
        "jdbc:mysql://h/db | pgjdbc serves no jdbc: URL but jdbc:postgresql:",
        "jdbc:postgresql://h | the URL has no / after its hosts",
        "jdbc:postgresql:/ | the URL has a / in the name of its database; write %2F",
        "jdbc:postgresql://h/a/b | the URL has a / in the name of its database; write %2F",
        "jdbc:postgresql://h/a%0 | the URL has a % without two hexadecimal digits after it",
        "jdbc:postgresql://h/a%00user | the URL contains U+0000",
        "jdbc:postgresql://h:99999/db | a port is not a number from 1 to 65535",
        "jdbc:postgresql://h%2Fx/db | a host is neither a host name, nor an address, nor a"
            + " directory",
        "jdbc:postgresql://h/db?user=a&user=b | the property user is given more than once",
        "jdbc:postgresql://h/db?preferQueryMode=simple | preferQueryMode=simple is not accepted:"
            + " it has been open to SQL injection",
      })
  void whatPgjdbcCannotHonourIsRefusedWithTheReason(String text, String reason) {
    assertEquals(reason, reason(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowEncodingChanges",
        "authenticationPluginClassName",
        "autosave",
        "classLoaderStrategy",
        "connectExecutor",
        "connectExecutorArg",
        "dbname",
        "logServerErrorDetail",
        "loggerFile",
        "loggerLevel",
        "PGDBNAME",
        "PGHOST",
        "PGPORT",
        "protocolVersion",
        "readOnly",
        "replication",
        "scramMaxIterations",
        "service",
        "socketFactory",
        "socketFactoryArg",
        "SocketFactory",
        "sslfactory",
        "sslfactoryarg",
        "sslhostnameverifier",
        "sslpasswordcallback",
        "stringtype",
        "xmlFactoryFactory",
        "noSuchProperty",
      })
  void aUrlsPropertyThatLoadsClassesOrWeakensSafetyIsRefused(String name) {
    assertEquals(
        "the property "
            + name
            + " is not accepted in a URL, as it is unknown, loads classes, or changes what a store"
            + " relies on",
        reason("jdbc:postgresql://h/db?user=u&" + name + "=x"));
  }

  @Test
  void everyPropertyThatPgjdbcHasWasLookedAt() {
    long refused =
        Arrays.stream(PGProperty.values())
            .filter(p -> reasonOrNone("jdbc:postgresql://h/db?" + p.getName() + "=1"))
            .count();
    // A newer pgjdbc has more: decide for each whether a URL may set it, and count again.
    assertEquals(92, PGProperty.values().length);
    assertEquals(30, refused);
  }

  private static boolean reasonOrNone(String text) {
    return PROVIDER.usability(Dsn.parse(text)) instanceof Usability.Unusable;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:%s@h/db?sslpassword=%s",
        "jdbc:postgresql://h/db?user=u&password=%s&sslpassword=%s",
      })
  void noSecretIsInTheUrlOrInAnyText(String template) {
    Dsn dsn = Dsn.parse(template.replace("%s", CANARY));
    DriverSettings settings = PgjdbcSettings.of(PgjdbcFamily.PGJDBC, dsn);
    assertEquals("jdbc:postgresql://h:5432/db", settings.url());
    String said = settings + settings.url() + PROVIDER.dataSource(dsn) + PROVIDER.usability(dsn);
    assertFalse(said.contains(CANARY), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:%s@h/db",
        "jdbc:postgresql:%s/%s",
        "jdbc:postgresql://h/db?%s",
        "jdbc:postgresql://h/db?password=a&%s=b",
        "jdbc:postgresql://h/db?password=a&b%s=c",
        "jdbc:postgresql://h/db?password=%zz%s",
        "jdbc:postgresql://h/db?password=%s&password=%s",
        "jdbc:postgresql://h/db?socketFactory=%s",
        "jdbc:postgresql://h/%s/db",
        "jdbc:x:%s",
        "user=u host=/run/%s password=%s",
        "user=u password=%s client_encoding=%s",
      })
  void noRefusalRepeatsWhatItRefuses(String template) {
    String reason = reason(template.replace("%s", CANARY));
    assertFalse(reason.contains(CANARY), reason);
  }
}
