package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.impossibl.postgres.jdbc.PGDriver;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.sql.DriverPropertyInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches pgjdbc-ng. */
final class PgjdbcNgSettingsTest {

  private static final PgjdbcNgProvider PROVIDER = new PgjdbcNgProvider();

  private static String reason(String dsn) {
    return assertInstanceOf(Usability.Unusable.class, PROVIDER.usability(Dsn.parse(dsn))).reason();
  }

  @Test
  void libpqsWordsBecomeItsProperties() {
    String dsn =
        """
        host=h1,::AB user=u password=p dbname='a b' application_name='my app' sslcert=/c sslkey=/k
        sslmode=verify-ca sslpassword=s sslrootcert=/r client_encoding=utf8 keepalives=0
        target_session_attrs=any channel_binding=prefer gssencmode=disable sslnegotiation=postgres
        load_balance_hosts=disable fallback_application_name=other
        """;
    DriverSettings settings = PgjdbcNgSettings.of(Dsn.parse(dsn));
    assertEquals("jdbc:pgsql://h1:5432,[::ab]:5432/a+b", settings.url());
    assertEquals(
        Map.of(
            "user", "u",
            "password", "p",
            "application.name", "my app",
            "ssl.certificate.file", "/c",
            "ssl.key.file", "/k",
            "ssl.mode", "verify-ca",
            "ssl.key.password", "s",
            "ssl.ca.certificate.file", "/r"),
        settings.properties());
    assertEquals(new Usability.Usable("pgjdbc-ng 0.8.9"), PROVIDER.usability(Dsn.parse(dsn)));
    assertEquals(Optional.of("a b"), PROVIDER.database(Dsn.parse(dsn)));
  }

  @ParameterizedTest
  @CsvSource({
    "user=u, prefer",
    "user=u sslmode=require, require",
    "user=u sslmode=require sslrootcert=/r, verify-ca",
    "user=u sslmode=disable sslrootcert=/r, disable",
  })
  void tlsIsAskedForAsLibpqDoes(String dsn, String mode) {
    assertEquals(mode, PgjdbcNgSettings.of(Dsn.parse(dsn)).properties().get("ssl.mode"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "channel_binding=require",
        "connect_timeout=5",
        "gssencmode=require",
        "hostaddr=127.0.0.1",
        "keepalives=1",
        "load_balance_hosts=random",
        "options=-ca=b",
        "require_auth=scram-sha-256",
        "sslcrl=/c",
        "sslnegotiation=direct sslmode=require",
        "target_session_attrs=read-write",
      })
  void aKeywordThatItCannotHonourIsNamed(String parameter) {
    assertEquals(
        "pgjdbc-ng cannot honour " + parameter.replaceFirst("=.*", ""),
        reason("host=h user=u " + parameter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user=u client_encoding=LATIN1 | pgjdbc-ng is used with no other client_encoding than UTF8",
        "user=u sslmode=verify-ca | pgjdbc-ng needs sslrootcert for sslmode=verify-ca",
        "user=u sslrootcert=system | pgjdbc-ng cannot honour sslrootcert=system; name the file with"
            + " the root certificates",
        "user=u sslmode=verify-full sslrootcert=/r | pgjdbc-ng cannot honour sslmode=verify-full: it"
            + " compares the host's name after it has signed in there",
        "jdbc:pgsql://h/db?ssl.mode=verify-full | pgjdbc-ng cannot honour sslmode=verify-full: it"
            + " compares the host's name after it has signed in there",
        "jdbc:pgsql://h/db?ssl.mode=Require | ssl.mode is not one of disable, allow, prefer,"
            + " require, verify-ca",
        "jdbc:pgsql://h/ | the URL names no database",
        "jdbc:postgresql://h/db | pgjdbc-ng serves no jdbc: URL but jdbc:pgsql:",
        "host=/run user=u | pgjdbc-ng connects to hosts with letters, digits, hyphens and dots in"
            + " their names, and not to Unix-domain sockets here",
        "host=a_b user=u | pgjdbc-ng connects to hosts with letters, digits, hyphens and dots in"
            + " their names, and not to Unix-domain sockets here",
      })
  void whatItCannotHonourIsRefusedWithTheReason(String dsn, String reason) {
    assertEquals(reason, reason(dsn));
  }

  @Test
  void everyPropertyThatItHasWasLookedAt() {
    DriverPropertyInfo[] known =
        new PGDriver().getPropertyInfo("jdbc:pgsql:postgres", new Properties());
    List<String> refused =
        Arrays.stream(known)
            .map(info -> info.name)
            .filter(
                n ->
                    PROVIDER.usability(Dsn.parse("jdbc:pgsql://h/db?" + n + "=" + valueOf(n)))
                        instanceof Usability.Unusable)
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "api.trace",
            "api.trace.file",
            "database.name",
            "database.url",
            "field.format",
            "field.length.max",
            "money.fractional-digits",
            "param.format",
            "protocol.encoding",
            "protocol.trace",
            "protocol.trace.file",
            "protocol.version",
            "read-only",
            "sql.trace",
            "sql.trace.file",
            "ssl.key.password.callback",
            "strict-mode"),
        refused);
    assertEquals(40, known.length);
  }

  private static String valueOf(String property) {
    return property.equals("ssl.mode") ? "require" : "1";
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslMode", "sslRootCertificateFile", "url", "unixsocket", "noSuch"})
  void anotherNameIsRefused(String property) {
    assertEquals(
        "the property "
            + property
            + " is not accepted in a URL, as it is unknown, loads classes, or changes what a store"
            + " relies on",
        reason("jdbc:pgsql://h/db?" + property + "=x"));
  }
}
