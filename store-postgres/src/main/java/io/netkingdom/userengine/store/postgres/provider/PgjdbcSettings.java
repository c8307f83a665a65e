package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.Dsn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A DSN in the words of pgjdbc and its family: a URL that holds hosts and database and nothing
 * else, and properties for the rest. A {@code jdbc:} URL is taken apart and put together anew in
 * the same way. So the database that is known here is the one that the driver will ask for, no
 * secret is in a URL (the driver shows it in {@code getMetaData().getURL()} and in its log), and no
 * property reaches the driver that was not looked at.
 */
final class PgjdbcSettings {

  /** The longest timeout, in seconds, that fits the driver's milliseconds. */
  private static final long LONGEST_TIMEOUT = Integer.MAX_VALUE / 1_000;

  /** libpq's keywords for which pgjdbc has a property with the same meaning and values. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("application_name", "ApplicationName"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("gsslib", "gsslib"),
          Map.entry("krbsrvname", "kerberosServerName"),
          Map.entry("options", "options"),
          Map.entry("require_auth", "requireAuth"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslrootcert", "sslrootcert"));

  /** Where a value asks for what happens anyway; a driver that lacks the property keeps it too. */
  private static final Map<String, String> DEFAULTS =
      Map.of("channel_binding", "prefer", "sslnegotiation", "postgres");

  /** pgjdbc calls that primary which takes writes, and that secondary which does not. */
  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  /**
   * The properties that a {@code jdbc:} URL may set. Left out, of those in pgjdbc 42.7.14: whatever
   * names a class, or an argument for one (authenticationPluginClassName, classLoaderStrategy,
   * connectExecutor, socketFactory, sslfactory, sslhostnameverifier, sslpasswordcallback,
   * xmlFactoryFactory); a file or a level to log to; a second way to say the target (PGHOST,
   * PGPORT, PGDBNAME, service); what changes transactions or values under the store (autosave,
   * cleanupSavepoints, readOnly, readOnlyMode, replication, protocolVersion, allowEncodingChanges,
   * convertBooleanToNumeric, stringtype, escapeSyntaxCallMode); what shows values in errors
   * (logServerErrorDetail, logUnclosedConnections); and what lifts a protection
   * (scramMaxIterations).
   */
  private static final Set<String> ACCEPTED =
      Set.of(
          "adaptiveFetch",
          "adaptiveFetchMaximum",
          "adaptiveFetchMinimum",
          "ApplicationName",
          "assumeMinServerVersion",
          "binaryTransfer",
          "binaryTransferDisable",
          "binaryTransferEnable",
          "cancelSignalTimeout",
          "channelBinding",
          "connectTimeout",
          "currentSchema",
          "databaseMetadataCacheFields",
          "databaseMetadataCacheFieldsMiB",
          "defaultRowFetchSize",
          "disableColumnSanitiser",
          "flushCacheOnDdl",
          "groupStartupParameters",
          "gssEncMode",
          "gssResponseTimeout",
          "gssUseDefaultCreds",
          "gsslib",
          "hideUnprivilegedObjects",
          "hostRecheckSeconds",
          "jaasApplicationName",
          "jaasLogin",
          "kerberosServerName",
          "loadBalanceHosts",
          "localSocketAddress",
          "loginTimeout",
          "maxResultBuffer",
          "maxSendBufferSize",
          "options",
          "password",
          "pemKeyAlgorithm",
          "preferQueryMode",
          "prepareThreshold",
          "preparedStatementCacheQueries",
          "preparedStatementCacheSizeMiB",
          "queryTimeout",
          "quoteReturningIdentifiers",
          "reWriteBatchedInserts",
          "reWriteBatchedInsertsSize",
          "receiveBufferSize",
          "requireAuth",
          "sendBufferSize",
          "socketTimeout",
          "ssl",
          "sslNegotiation",
          "sslResponseTimeout",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslpassword",
          "sslrootcert",
          "sspiServiceClass",
          "targetServerType",
          "tcpKeepAlive",
          "tcpNoDelay",
          "unknownLength",
          "useSpnego",
          "user");

  /** After one of these an unknown name may be the rest of a secret, and is not repeated. */
  private static final Set<String> SECRET = Set.of("password", "sslpassword");

  /**
   * The plug-ins of the AWS wrapper that a URL may ask for: those for a server that fails over.
   * Others answer from caches, read from other servers, log statements or load classes.
   */
  private static final Set<String> PLUGINS =
      Set.of("auroraConnectionTracker", "efm2", "failover2", "initialConnection");

  private final PgjdbcFamily driver;
  private final Map<String, String> properties = new HashMap<>();

  private PgjdbcSettings(PgjdbcFamily driver) {
    this.driver = driver;
  }

  /**
   * What to tell a driver of the family.
   *
   * @throws StoreException.InvalidInput naming {@code dsn}, with a reason that can be shown, if the
   *     driver cannot honour the DSN or should not
   */
  static DriverSettings of(PgjdbcFamily driver, Dsn dsn) {
    PgjdbcSettings settings = new PgjdbcSettings(driver);
    return dsn instanceof Dsn.Jdbc jdbc
        ? settings.ofJdbc(jdbc)
        : settings.ofPostgres((Dsn.Postgres) dsn);
  }

  /**
   * Refuses settings that the driver does not know: it would ignore them, and then a connection
   * might be less safe than was asked for.
   */
  static void requireKnown(DriverSettings settings, String product, Set<String> known) {
    Set<String> unknown = new TreeSet<>(settings.properties().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw refused(
          unknown.stream()
              .map(PgjdbcSettings::withKeyword)
              .collect(Collectors.joining(", ", product + " does not know ", "")));
    }
  }

  /** The property, and libpq's keyword for it if that is another word. */
  private static String withKeyword(String property) {
    return RENAMED.entrySet().stream()
        .filter(e -> e.getValue().equals(property) && !e.getKey().equals(property))
        .map(e -> property + " (" + e.getKey() + ")")
        .findAny()
        .orElse(property);
  }

  private DriverSettings settings(List<Dsn.Host> hosts, String database) {
    if (hosts.size() > 1 && !driver.takesSeveralHosts()) {
      throw refused(driver.product() + " connects to the first of several hosts alone; name one");
    }
    String url =
        JdbcUrl.write(
            driver.prefix(), hosts.stream().map(PgjdbcSettings::named).toList(), database);
    // DETAIL holds the values of rows.
    properties.put("logServerErrorDetail", "false");
    // As libpq does, unless told otherwise.
    properties.putIfAbsent("tcpKeepAlive", "true");
    if (driver.defaults().keySet().stream().noneMatch(properties::containsKey)) {
      properties.putAll(driver.defaults());
    }
    return new DriverSettings(
        url,
        JdbcUrl.write(driver.prefix(), hosts, database),
        Optional.of(database),
        properties,
        driver.timeouts());
  }

  /** A socket's directory has no place in a URL: what stands there is not resolved. */
  private static Dsn.Host named(Dsn.Host host) {
    return host.isSocketDirectory() ? new Dsn.Host("localhost", host.port()) : host;
  }

  /** The one factory makes every socket of a connection, so there is one host. */
  private void throughSocket(List<Dsn.Host> hosts) {
    if (hosts.size() > 1) {
      throw refused(
          driver.product() + " connects to one Unix-domain socket alone; name no other host");
    }
    Dsn.Host host = hosts.get(0);
    if (!host.name().startsWith("/")) {
      throw refused(driver.product() + " cannot connect to an abstract socket; name a directory");
    }
    if ("require".equals(properties.get("gssEncMode"))) {
      throw refused("gssencmode=require is for hosts: a Unix-domain socket has no such encryption");
    }
    // As libpq does: what is on one machine is not encrypted, whatever sslmode asks for.
    properties.keySet().removeIf(p -> p.startsWith("ssl"));
    properties.put("sslmode", "disable");
    properties.put("gssEncMode", "disable");
    properties.putAll(UnixSocket.properties(host));
  }

  private DriverSettings ofPostgres(Dsn.Postgres dsn) {
    properties.put("user", dsn.user());
    // Without one, the driver would look into a password file by rules of its own.
    properties.put("password", dsn.password() == null ? "" : dsn.password());
    dsn.parameters().forEach((keyword, value) -> translate(keyword, value, dsn.hosts().size()));
    if (properties.containsKey("sslrootcert")) {
      // With root certificates at hand, libpq's require is no less than verify-ca.
      properties.replace("sslmode", "require", "verify-ca");
    }
    if (dsn.hosts().stream().anyMatch(Dsn.Host::isSocketDirectory)) {
      throughSocket(dsn.hosts());
    }
    return settings(dsn.hosts(), dsn.database());
  }

  private void translate(String keyword, String value, int hosts) {
    if (DEFAULTS.getOrDefault(keyword, "").equals(value)) {
      return;
    }
    switch (keyword) {
      case "fallback_application_name" -> properties.putIfAbsent("ApplicationName", value);
      case "connect_timeout" -> {
        long seconds = Math.max(0, Math.min(Long.parseLong(value), LONGEST_TIMEOUT));
        // libpq's limit is for one host and all that it takes to sign in there; pgjdbc has one for
        // reaching a host, and one for everything.
        properties.put("connectTimeout", timeout(seconds));
        properties.put("loginTimeout", timeout(Math.min(seconds * hosts, LONGEST_TIMEOUT)));
      }
      case "target_session_attrs" ->
          properties.put("targetServerType", SERVER_TYPES.getOrDefault(value, value));
      case "load_balance_hosts" ->
          properties.put("loadBalanceHosts", Boolean.toString(value.equals("random")));
      case "keepalives" -> properties.put("tcpKeepAlive", Boolean.toString(!value.equals("0")));
      case "client_encoding" -> {
        if (!value.replace("-", "").equalsIgnoreCase("utf8")) {
          throw refused(driver.product() + " speaks no other client_encoding than UTF8");
        }
      }
      default -> {
        String property = RENAMED.get(keyword);
        if (property == null || (keyword.equals("sslrootcert") && value.equals("system"))) {
          throw refused(
              driver.product()
                  + " cannot honour "
                  + keyword
                  + (property == null ? "" : "=system; name the file with the root certificates"));
        }
        properties.put(property, value);
      }
    }
  }

  private String timeout(long seconds) {
    return Long.toString(driver.timeouts().convert(seconds, TimeUnit.SECONDS));
  }

  private DriverSettings ofJdbc(Dsn.Jdbc dsn) {
    if (!dsn.url().startsWith(driver.prefix())) {
      throw refused(driver.product() + " serves no jdbc: URL but " + driver.prefix());
    }
    Set<String> accepted = new HashSet<>(ACCEPTED);
    accepted.addAll(driver.ownProperties());
    JdbcUrl url = JdbcUrl.parse(dsn.url(), driver.prefix(), accepted, SECRET);
    properties.putAll(url.properties());
    if ("simple".equals(properties.get("preferQueryMode"))) {
      throw refused("preferQueryMode=simple is not accepted: it has been open to SQL injection");
    }
    String plugins = properties.get("wrapperPlugins");
    if (plugins != null && !PLUGINS.containsAll(Arrays.asList(plugins.split(",", -1)))) {
      throw refused("wrapperPlugins is not a list of " + String.join(", ", new TreeSet<>(PLUGINS)));
    }
    if (url.hosts().stream().anyMatch(Dsn.Host::isSocketDirectory)) {
      throw refused("the URL has an @ where a host begins");
    }
    String user = properties.computeIfAbsent("user", k -> System.getProperty("user.name", ""));
    String database = url.database().isEmpty() ? user : url.database();
    if (database.isEmpty()) {
      throw refused("the URL names neither a database nor a user");
    }
    return settings(url.hosts(), database);
  }

  private static StoreException.InvalidInput refused(String reason) {
    return DriverProvider.refused(reason);
  }
}
