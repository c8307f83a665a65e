package io.netkingdom.userengine.store.spi;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keywords of libpq 18 (PostgreSQL manual, "Parameter Key Words"), and {@code servicefile},
 * which libpq has from 19 on.
 */
final class LibpqKeywords {

  /** The keywords that become components of {@link Dsn.Postgres} of their own. */
  private static final Set<String> COMPONENTS =
      Set.of("host", "port", "dbname", "user", "password");

  /** Files to read, which are no parameters of a connection any more when they have been read. */
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

  /**
   * The environment variables that libpq reads for a keyword without a value (PostgreSQL manual,
   * "Environment Variables"), but for {@code PGSERVICE} and {@code PGSERVICEFILE}, which come
   * before the others. {@code PGCLIENTENCODING} is left out: it says how a C program wants its
   * text, which a driver decides for itself.
   */
  static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("application_name", "PGAPPNAME"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
          Map.entry("dbname", "PGDATABASE"),
          Map.entry("gssdelegation", "PGGSSDELEGATION"),
          Map.entry("gssencmode", "PGGSSENCMODE"),
          Map.entry("gsslib", "PGGSSLIB"),
          Map.entry("host", "PGHOST"),
          Map.entry("hostaddr", "PGHOSTADDR"),
          Map.entry("krbsrvname", "PGKRBSRVNAME"),
          Map.entry("load_balance_hosts", "PGLOADBALANCEHOSTS"),
          Map.entry("max_protocol_version", "PGMAXPROTOCOLVERSION"),
          Map.entry("min_protocol_version", "PGMINPROTOCOLVERSION"),
          Map.entry("options", "PGOPTIONS"),
          Map.entry("passfile", "PGPASSFILE"),
          Map.entry("password", "PGPASSWORD"),
          Map.entry("port", "PGPORT"),
          Map.entry("require_auth", "PGREQUIREAUTH"),
          Map.entry("requirepeer", "PGREQUIREPEER"),
          Map.entry("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
          Map.entry("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslcertmode", "PGSSLCERTMODE"),
          Map.entry("sslcompression", "PGSSLCOMPRESSION"),
          Map.entry("sslcrl", "PGSSLCRL"),
          Map.entry("sslcrldir", "PGSSLCRLDIR"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslsni", "PGSSLSNI"),
          Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
          Map.entry("user", "PGUSER"));

  /** From the weakest to the strongest. */
  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private static final List<String> TLS_VERSIONS =
      List.of("tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3");

  private static final Set<String> SIGN_IN_METHODS =
      Set.of("password", "md5", "gss", "sspi", "scram-sha-256", "oauth", "none");

  /** A key of SCRAM-SHA-256, in bytes. */
  private static final int SCRAM_KEY = 32;

  /** Where libpq takes one of a few words only. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "channel_binding", List.of("disable", "prefer", "require"),
          "gssencmode", List.of("disable", "prefer", "require"),
          "load_balance_hosts", List.of("disable", "random"),
          "max_protocol_version", List.of("3.0", "3.2", "latest"),
          "min_protocol_version", List.of("3.0", "3.2", "latest"),
          "sslcertmode", List.of("disable", "allow", "require"),
          "sslmode", SSL_MODES,
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

  /** Whether libpq refuses an empty value instead of taking it for none. */
  static boolean refusesEmpty(String keyword) {
    return WORDS.containsKey(keyword) || INTEGERS.contains(keyword);
  }

  /** Whether this, though unknown, can be named: what else it may be is a part of a password. */
  static boolean looksLikeOne(String keyword) {
    return keyword.matches("[A-Za-z_][A-Za-z0-9_]{0,39}");
  }

  /** Whether a connection with this {@code sslmode} is encrypted or does not come to be. */
  static boolean needsTls(String sslmode) {
    return SSL_MODES.indexOf(sslmode) >= SSL_MODES.indexOf("require");
  }

  /**
   * What libpq reads as an integer of 32 bits: decimal digits, with or without a sign, and white
   * space around them.
   */
  static OptionalInt integer(String text) {
    String digits = text.replaceAll("^[ \\t\\n\\x0B\\f\\r]+|[ \\t\\n\\x0B\\f\\r]+$", "");
    // Java also reads the digits of other scripts, which libpq does not.
    if (!digits.matches("[+-]?[0-9]+")) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** A value as drivers take it: integers with nothing around them. What is wrong stays so. */
  static String plain(String keyword, String value) {
    OptionalInt integer = INTEGERS.contains(keyword) ? integer(value) : OptionalInt.empty();
    return integer.isPresent() ? Integer.toString(integer.getAsInt()) : value;
  }

  /** Refuses parameters that are none, or that libpq would refuse. */
  static void check(Map<String, String> parameters) {
    parameters.forEach(LibpqKeywords::checkParameter);
    if (parameters.getOrDefault("sslnegotiation", "").equals("direct")
        && !needsTls(parameters.getOrDefault("sslmode", "prefer"))) {
      throw DsnParser.invalid(
          "sslnegotiation=direct needs sslmode require, verify-ca or verify-full");
    }
    if (parameters.getOrDefault("min_protocol_version", "3.0").compareTo("3.0") > 0
        && parameters.getOrDefault("max_protocol_version", "latest").equals("3.0")) {
      throw DsnParser.invalid("min_protocol_version is greater than max_protocol_version");
    }
    if (tlsVersion(parameters.getOrDefault("ssl_min_protocol_version", "TLSv1.2"))
        > tlsVersion(parameters.getOrDefault("ssl_max_protocol_version", "TLSv1.3"))) {
      throw DsnParser.invalid(
          "ssl_min_protocol_version, which is TLSv1.2 by default, is greater than"
              + " ssl_max_protocol_version");
    }
  }

  private static int tlsVersion(String value) {
    return TLS_VERSIONS.indexOf(value.toLowerCase(Locale.ROOT));
  }

  private static void checkParameter(String keyword, String value) {
    if (FILES.contains(keyword)) {
      throw DsnParser.invalid(keyword + " is only for a text that is parsed");
    }
    if (!PARAMETERS.contains(keyword)) {
      throw DsnParser.invalid("has a parameter that is not one of libpq's keywords");
    }
    DsnParser.nonEmpty(value, keyword);
    List<String> words = WORDS.get(keyword);
    if (words != null && !words.contains(value)) {
      throw DsnParser.invalid(keyword + " is not one of " + String.join(", ", words));
    }
    if (INTEGERS.contains(keyword) && integer(value).isEmpty()) {
      throw DsnParser.invalid(keyword + " is not an integer");
    }
    switch (keyword) {
      case "require_auth" -> checkSignInMethods(List.of(value.split(",", -1)));
      case "ssl_min_protocol_version", "ssl_max_protocol_version" -> {
        if (tlsVersion(value) < 0) {
          throw DsnParser.invalid(keyword + " is not one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3");
        }
      }
      case "scram_client_key", "scram_server_key" -> checkScramKey(keyword, value);
      default -> {
        // Any value.
      }
    }
  }

  /** Strict as libpq is: a mistake here lets a server ask for what it should not. */
  private static void checkSignInMethods(List<String> methods) {
    boolean negated = methods.get(0).startsWith("!");
    Set<String> seen = new HashSet<>();
    for (String method : methods) {
      if (method.startsWith("!") != negated) {
        throw DsnParser.invalid("require_auth has methods with and without !");
      }
      String name = negated ? method.substring(1) : method;
      if (!SIGN_IN_METHODS.contains(name)) {
        throw DsnParser.invalid(
            "require_auth has something other than "
                + String.join(", ", new TreeSet<>(SIGN_IN_METHODS))
                + " between its commas");
      }
      if (!seen.add(name)) {
        throw DsnParser.invalid("require_auth has a method more than once");
      }
    }
  }

  private static void checkScramKey(String keyword, String value) {
    try {
      if (Base64.getDecoder().decode(value).length == SCRAM_KEY) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Refused with the same words; the cause would repeat a part of the key.
    }
    throw DsnParser.invalid(keyword + " is not the base64 of " + SCRAM_KEY + " bytes");
  }
}
