package io.netkingdom.userengine.store.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of libpq 18 (PostgreSQL manual, "Parameter Key Words"), and what it takes for those
 * that a connection string leaves open.
 */
final class LibpqKeywords {

  private static final int DEFAULT_PORT = 5432;
  private static final String DEFAULT_HOST = "localhost";

  /** The keywords that become components of {@link Dsn.Postgres} of their own. */
  private static final Set<String> COMPONENTS =
      Set.of("host", "port", "dbname", "user", "password");

  /** Files that would have to be read; a DSN that relies on one must not be taken without it. */
  private static final Set<String> FILES = Set.of("passfile", "service", "servicefile");

  private static final Set<String> SECRET =
      Set.of(
          "password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret");

  private static final Set<String> PARAMETERS =
      Set.of(
          "application_name",
          "channel_binding",
          "client_encoding",
          "connect_timeout",
          "fallback_application_name",
          "gssdelegation",
          "gssencmode",
          "gsslib",
          "hostaddr",
          "keepalives",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "krbsrvname",
          "load_balance_hosts",
          "max_protocol_version",
          "min_protocol_version",
          "oauth_client_id",
          "oauth_client_secret",
          "oauth_issuer",
          "oauth_scope",
          "options",
          "replication",
          "require_auth",
          "requirepeer",
          "scram_client_key",
          "scram_server_key",
          "ssl_max_protocol_version",
          "ssl_min_protocol_version",
          "sslcert",
          "sslcertmode",
          "sslcompression",
          "sslcrl",
          "sslcrldir",
          "sslkey",
          "sslkeylogfile",
          "sslmode",
          "sslnegotiation",
          "sslpassword",
          "sslrootcert",
          "sslsni",
          "target_session_attrs",
          "tcp_user_timeout");

  /** Where libpq takes one of a few words only. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "channel_binding", List.of("disable", "prefer", "require"),
          "gssencmode", List.of("disable", "prefer", "require"),
          "load_balance_hosts", List.of("disable", "random"),
          "sslmode", List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
          "sslnegotiation", List.of("postgres", "direct"),
          "target_session_attrs",
              List.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby"));

  /** Where libpq takes an integer only. */
  private static final Set<String> INTEGERS =
      Set.of(
          "connect_timeout",
          "keepalives",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "tcp_user_timeout");

  private LibpqKeywords() {}

  static boolean isKnown(String keyword) {
    return COMPONENTS.contains(keyword) || PARAMETERS.contains(keyword) || FILES.contains(keyword);
  }

  static boolean isSecret(String keyword) {
    return SECRET.contains(keyword);
  }

  /** Refuses a parameter that is none, or whose value libpq would refuse. */
  static void checkParameter(String keyword, String value) {
    if (FILES.contains(keyword)) {
      throw DsnParser.invalid(keyword + " is not supported: no file is read for a DSN");
    }
    if (!PARAMETERS.contains(keyword)) {
      throw DsnParser.invalid("has a parameter that is not one of libpq's keywords");
    }
    DsnParser.nonEmpty(value, keyword);
    List<String> words = WORDS.get(keyword);
    if (words != null && !words.contains(value)) {
      throw DsnParser.invalid(keyword + " is not one of " + String.join(", ", words));
    }
    if (INTEGERS.contains(keyword) && !value.matches("-?[0-9]{1,9}")) {
      throw DsnParser.invalid(keyword + " is not an integer");
    }
  }

  /**
   * Completes what a connection string gave with what libpq takes for the rest. An empty value
   * counts as not given. This is the one place to look further: in the environment, in a service
   * file, in a password file.
   */
  static Dsn.Postgres complete(Map<String, String> given) {
    Map<String, String> rest = new TreeMap<>(given);
    rest.values().removeIf(String::isEmpty);
    String host = rest.remove("host");
    String port = rest.remove("port");
    if (host == null) {
      host = rest.remove("hostaddr");
    }
    String user = rest.remove("user");
    if (user == null) {
      user = System.getProperty("user.name", "");
    }
    String database = rest.remove("dbname");
    String password = rest.remove("password");
    return new Dsn.Postgres(
        hosts(host, port), database == null ? user : database, user, password, rest);
  }

  /** Pairs hosts with ports: one port for all, or as many ports as hosts. */
  private static List<Dsn.Host> hosts(@Nullable String host, @Nullable String port) {
    List<String> names = host == null ? List.of("") : elements(host);
    List<String> ports = port == null ? List.of("") : elements(port);
    if (ports.size() != 1 && ports.size() != names.size()) {
      throw DsnParser.invalid(
          "has " + ports.size() + " ports for " + names.size() + " hosts: give one or as many");
    }
    List<Dsn.Host> hosts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      hosts.add(
          new Dsn.Host(
              name.isEmpty() ? DEFAULT_HOST : name, port(ports.get(ports.size() == 1 ? 0 : i))));
    }
    return hosts;
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    // Host refuses 0, and with it all that is no number of at most five digits.
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static List<String> elements(String list) {
    return Arrays.asList(list.split(",", -1));
  }
}
