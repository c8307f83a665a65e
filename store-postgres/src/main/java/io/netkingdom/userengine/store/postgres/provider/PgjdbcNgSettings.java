package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A DSN in pgjdbc-ng's words, divided as {@link PgjdbcSettings} does it: hosts and database in the
 * URL, everything else in properties.
 */
final class PgjdbcNgSettings {

  static final String PREFIX = "jdbc:pgsql:";

  /** The hosts that the driver's own reading of its URL takes. */
  private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9.-]+|[0-9a-f:]+");

  private static final Map<String, String> RENAMED =
      Map.of(
          "application_name", "application.name",
          "sslcert", "ssl.certificate.file",
          "sslkey", "ssl.key.file",
          "sslmode", "ssl.mode",
          "sslpassword", "ssl.key.password",
          "sslrootcert", "ssl.ca.certificate.file");

  /** Where the driver knows nothing of a keyword, but does what these values ask for. */
  private static final Map<String, Set<String>> DONE_ANYWAY =
      Map.of(
          "channel_binding", Set.of("disable", "prefer"),
          "gssencmode", Set.of("disable", "prefer"),
          "keepalives", Set.of("0"),
          "load_balance_hosts", Set.of("disable"),
          "sslnegotiation", Set.of("postgres"),
          "target_session_attrs", Set.of("any"));

  /** What it verifies before it has sent a password. */
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca");

  /**
   * The properties that a {@code jdbc:} URL may set. Left out, of those in pgjdbc-ng 0.8.9: what
   * names a class (ssl.key.password.callback); what writes statements or messages, and with them
   * passwords, to files or standard output (api.trace, api.trace.file, protocol.trace,
   * protocol.trace.file, sql.trace, sql.trace.file); a second way to say the target (database.name,
   * database.url); and what changes transactions or values under the store (field.format,
   * field.length.max, money.fractional-digits, param.format, protocol.encoding, protocol.version,
   * read-only, strict-mode). Of the two names that many have, the one with dots is taken.
   */
  private static final Set<String> ACCEPTED =
      Set.of(
          "application.name",
          "description.cache.size",
          "fetch.size",
          "housekeeper",
          "network.timeout",
          "parsed-sql.cache.size",
          "password",
          "prepared-statement.cache.size",
          "prepared-statement.cache.threshold",
          "protocol.buffer.pooling",
          "protocol.io.mode",
          "protocol.io.threads",
          "protocol.message.size.max",
          "protocol.socket.recv-buffer.size",
          "protocol.socket.send-buffer.size",
          "registry.sharing",
          "ssl.ca.certificate.file",
          "ssl.certificate.file",
          "ssl.home-dir",
          "ssl.key.file",
          "ssl.key.password",
          "ssl.mode",
          "user");

  private static final Set<String> SECRET = Set.of("password", "ssl.key.password");

  private PgjdbcNgSettings() {}

  /**
   * What to tell pgjdbc-ng.
   *
   * @throws StoreException.InvalidInput naming {@code dsn}, with a reason that can be shown, if it
   *     cannot honour the DSN or should not
   */
  static DriverSettings of(Dsn dsn) {
    return dsn instanceof Dsn.Jdbc jdbc ? ofJdbc(jdbc) : ofPostgres((Dsn.Postgres) dsn);
  }

  private static DriverSettings ofPostgres(Dsn.Postgres dsn) {
    Map<String, String> properties = new HashMap<>();
    properties.put("user", dsn.user());
    if (dsn.password() != null) {
      properties.put("password", dsn.password());
    }
    dsn.parameters().forEach((keyword, value) -> translate(keyword, value, properties));
    // The driver's own default is not to ask for TLS.
    properties.putIfAbsent("ssl.mode", "prefer");
    if (properties.containsKey("ssl.ca.certificate.file")) {
      // With root certificates at hand, libpq's require is no less than verify-ca.
      properties.replace("ssl.mode", "require", "verify-ca");
    } else if (properties.containsValue("verify-ca")) {
      throw refused("pgjdbc-ng needs sslrootcert for sslmode=verify-ca");
    }
    return settings(dsn.hosts(), dsn.database(), properties);
  }

  private static void translate(String keyword, String value, Map<String, String> properties) {
    if (DONE_ANYWAY.getOrDefault(keyword, Set.of()).contains(value)) {
      return;
    }
    if (keyword.equals("fallback_application_name")) {
      properties.putIfAbsent("application.name", value);
      return;
    }
    if (keyword.equals("client_encoding")) {
      if (!value.replace("-", "").equalsIgnoreCase("utf8")) {
        throw refused("pgjdbc-ng is used with no other client_encoding than UTF8");
      }
      return;
    }
    String property = RENAMED.get(keyword);
    if (property == null) {
      throw refused("pgjdbc-ng cannot honour " + keyword);
    }
    if (keyword.equals("sslrootcert") && value.equals("system")) {
      throw refused(
          "pgjdbc-ng cannot honour sslrootcert=system; name the file with the root certificates");
    }
    properties.put(property, value);
  }

  private static DriverSettings ofJdbc(Dsn.Jdbc dsn) {
    if (!dsn.url().startsWith(PREFIX)) {
      throw refused("pgjdbc-ng serves no jdbc: URL but " + PREFIX);
    }
    JdbcUrl url = JdbcUrl.parse(dsn.url(), PREFIX, ACCEPTED, SECRET);
    if (url.database().isEmpty()) {
      throw refused("the URL names no database");
    }
    Map<String, String> properties = new HashMap<>(url.properties());
    properties.computeIfAbsent("user", k -> System.getProperty("user.name", ""));
    return settings(url.hosts(), url.database(), properties);
  }

  private static DriverSettings settings(
      List<Dsn.Host> given, String database, Map<String, String> properties) {
    List<Dsn.Host> hosts =
        given.stream().map(h -> h.name().contains(":") ? lowerCase(h) : h).toList();
    if (hosts.stream().anyMatch(h -> !HOST.matcher(h.name()).matches())) {
      throw refused(
          "pgjdbc-ng connects to hosts with letters, digits, hyphens and dots in their names, and"
              + " not to Unix-domain sockets here");
    }
    String sslMode = properties.getOrDefault("ssl.mode", "disable");
    if (sslMode.equals("verify-full")) {
      throw refused(
          "pgjdbc-ng cannot honour sslmode=verify-full: it compares the host's name after it has"
              + " signed in there");
    }
    if (!SSL_MODES.contains(sslMode)) {
      throw refused("ssl.mode is not one of disable, allow, prefer, require, verify-ca");
    }
    String url = JdbcUrl.write(PREFIX, hosts, database);
    return new DriverSettings(url, url, Optional.of(database), properties, null);
  }

  private static Dsn.Host lowerCase(Dsn.Host address) {
    return new Dsn.Host(address.name().toLowerCase(Locale.ROOT), address.port());
  }

  private static StoreException.InvalidInput refused(String reason) {
    return DriverProvider.refused(reason);
  }
}
