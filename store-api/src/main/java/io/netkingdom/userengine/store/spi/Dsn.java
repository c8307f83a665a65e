package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.internal.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data source name: where a database is and how to sign in, in words that belong to no driver.
 *
 * <p>Immutable. {@code toString} is the {@linkplain #redacted form for people}, never with a
 * password or a parameter; all errors name a field and a reason and repeat nothing of the text.
 */
public sealed interface Dsn {

  /**
   * Parses one of the four forms:
   *
   * <ul>
   *   <li>a libpq URI, {@code postgresql://app:secret@h1:5432,h2:5432/accounts?sslmode=require}, or
   *       with {@code postgres://};
   *   <li>libpq's keywords and values, {@code host=h1 user=app password='a secret'};
   *   <li>a {@code jdbc:} URL, which is kept whole and reaches exactly the driver that it names;
   *   <li>{@code datasource:com.acme.AcmeDataSource?serverName=h1&databaseName=accounts}, a class
   *       that is a {@code javax.sql.DataSource}, and its bean properties, percent-encoded.
   * </ul>
   *
   * <p>The first two follow the PostgreSQL manual, section "Connection Strings" of libpq, and are
   * stricter where a mistake could end up in another database or show a secret: no keyword may be
   * given twice, a URI holds no white space, and an {@code @} only between user and host (write
   * {@code %40}); hosts are host names, addresses or directories.
   *
   * <p>What these two leave open is completed here and now as libpq does it, with the first that
   * there is of: the service that {@code service} or {@code PGSERVICE} names, from its file; the
   * environment variables {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER},
   * {@code PGPASSWORD} and their like; libpq's defaults; and for a password, the password file
   * {@code ~/.pgpass}, or the one that {@code passfile} or {@code PGPASSFILE} names (PostgreSQL
   * manual, "The Connection Service File", "Environment Variables", "The Password File"). So two
   * calls with one text may differ. A {@code jdbc:} URL is not completed.
   *
   * @param text 1 to 8,192 characters
   * @throws StoreException.InvalidInput naming {@code dsn}, if the text is none of these, if what
   *     completes it is not as libpq wants it, or if a password file has a password for it and is
   *     open to others than its owner, or has different ones for several hosts
   */
  static Dsn parse(String text) {
    Objects.requireNonNull(text, "text");
    return parse(text, System.getenv());
  }

  /**
   * The same with other environment variables than those of this process: for a program that keeps
   * what its own environment says of databases out of this one.
   *
   * @param variables all that are to be set, by name; {@code HOME} (on Windows {@code APPDATA}) is
   *     the directory with the user's files, and without it the user's own home is
   * @throws StoreException.InvalidInput as {@link #parse(String)} does
   */
  static Dsn parse(String text, Map<String, String> variables) {
    Objects.requireNonNull(text, "text");
    Arguments.requireNoNull("variables", variables);
    return DsnParser.parse(text, LibpqEnvironment.with(variables));
  }

  /**
   * The DSN for people, with everything left out that may be secret: {@code
   * postgresql://app@h1:5432/accounts} or {@code jdbc:postgresql:***}. One line of ASCII.
   */
  String redacted();

  /**
   * One server.
   *
   * @param name a host name or address, IPv6 without brackets; or a directory with a Unix-domain
   *     socket, if it starts with {@code /} or {@code @}
   * @param port 1 to 65535; for a directory, the number in the socket's name
   */
  record Host(String name, int port) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Pattern IPV6 =
        Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}(%[\\w.-]+)?");

    /**
     * @throws StoreException.InvalidInput naming {@code dsn}
     */
    public Host {
      Objects.requireNonNull(name, "name");
      if (!isSocketDirectory(name)
          && !NAME.matcher(name).matches()
          && !IPV6.matcher(name).matches()) {
        throw DsnParser.invalid("a host is neither a host name, nor an address, nor a directory");
      }
      DsnParser.wellFormed(name, "a host");
      if (port < 1 || port > 65535) {
        throw DsnParser.invalid("a port is not a number from 1 to 65535");
      }
    }

    /** Whether this names the directory of a Unix-domain socket instead of a host. */
    public boolean isSocketDirectory() {
      return isSocketDirectory(name);
    }

    private static boolean isSocketDirectory(String name) {
      return name.startsWith("/") || name.startsWith("@");
    }

    /** As in a URI: {@code h1:5432}, {@code [::1]:5432} or {@code %2Frun%2Fpostgresql:5432}. */
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name.replace("%", "%25") + "]" : encode(name))
          + ":"
          + port;
    }
  }

  /**
   * What libpq calls connection parameters, complete: what neither the text, nor a service, nor the
   * environment says has libpq's default (port 5432; the operating system's name of the user; the
   * database named like the user), except that the default host is {@code localhost}, as JDBC has
   * no directory of sockets by default.
   *
   * @param hosts the servers, in the order to try them; at least one
   * @param database the database's name
   * @param user the role to sign in as
   * @param password the password, for all of the hosts; or null if there is none, and then a driver
   *     is not to look for another
   * @param parameters every other keyword of libpq that has a value from somewhere, with that
   *     value, by keyword; integers without white space or a plus sign; values may be secret
   */
  record Postgres(
      List<Host> hosts,
      String database,
      String user,
      @Nullable String password,
      Map<String, String> parameters)
      implements Dsn {

    /**
     * @throws StoreException.InvalidInput naming {@code dsn}, if there is no host, the database or
     *     user is empty, or a parameter is none of libpq's or has a value that libpq refuses, alone
     *     or beside another
     */
    public Postgres {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(user, "user");
      Arguments.requireNoNull("parameters", parameters);
      hosts = Arguments.copy("hosts", hosts);
      if (hosts.isEmpty()) {
        throw DsnParser.invalid("names no host");
      }
      DsnParser.nonEmpty(database, "the database's name");
      DsnParser.nonEmpty(user, "the user");
      if (password != null) {
        DsnParser.wellFormed(password, "the password");
      }
      Map<String, String> plain = new TreeMap<>(parameters);
      plain.replaceAll(LibpqKeywords::plain);
      LibpqKeywords.check(plain);
      parameters = Collections.unmodifiableMap(plain);
    }

    /** The values that may appear nowhere. */
    Stream<String> secrets() {
      return Stream.concat(
          Stream.ofNullable(password),
          parameters.entrySet().stream()
              .filter(e -> LibpqKeywords.isSecret(e.getKey()))
              .map(Map.Entry::getValue));
    }

    @Override
    public String redacted() {
      return "postgresql://"
          + encode(user)
          + "@"
          + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
          + "/"
          + encode(database);
    }

    /** The same as {@link #redacted}. */
    @Override
    public String toString() {
      return redacted();
    }
  }

  /**
   * A {@code jdbc:} URL. Only a provider knows its driver's grammar, and so where in it a secret
   * may be; this type reads the sub-protocol and nothing else.
   *
   * @param url the whole URL, which may hold secrets
   */
  record Jdbc(String url) implements Dsn {

    private static final Pattern FORM = Pattern.compile("jdbc:[A-Za-z][A-Za-z0-9+._-]{0,63}:.*");

    /**
     * @throws StoreException.InvalidInput naming {@code dsn}, if the URL does not start with {@code
     *     jdbc:}, a sub-protocol and a colon, or holds a control character
     */
    public Jdbc {
      Objects.requireNonNull(url, "url");
      DsnParser.noControls(url);
      if (!FORM.matcher(url).matches()) {
        throw DsnParser.invalid("a jdbc: URL starts with jdbc:, a sub-protocol and a colon");
      }
    }

    /** What stands between the first and the second colon: {@code postgresql}. */
    public String subprotocol() {
      return url.substring("jdbc:".length(), url.indexOf(':', "jdbc:".length()));
    }

    @Override
    public String redacted() {
      return "jdbc:" + subprotocol() + ":***";
    }

    /** The same as {@link #redacted}. */
    @Override
    public String toString() {
      return redacted();
    }
  }

  /**
   * A class that is a {@code javax.sql.DataSource}, and the bean properties to set on a new object
   * of it: JDBC 4.3, sections 9.6.1 and 9.6.2.
   *
   * @param className the binary name of the class
   * @param properties values by the names of the properties; any may be secret
   */
  record DataSourceClass(String className, Map<String, String> properties) implements Dsn {

    /**
     * @throws StoreException.InvalidInput naming {@code dsn}, if that is no name of a class, or a
     *     property has a name or value that none can have
     */
    public DataSourceClass {
      Objects.requireNonNull(className, "className");
      Arguments.requireNoNull("properties", properties);
      DataSourceDsn.checkClass(className);
      properties = Collections.unmodifiableMap(new TreeMap<>(properties));
      properties.forEach(DataSourceDsn::checkProperty);
    }

    @Override
    public String redacted() {
      return DataSourceDsn.SCHEME + className + (properties.isEmpty() ? "" : "?***");
    }

    /** The same as {@link #redacted}. */
    @Override
    public String toString() {
      return redacted();
    }
  }

  /** Percent-encodes all but RFC 3986's unreserved characters (section 2.3). */
  private static String encode(String text) {
    Objects.requireNonNull(text);
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format("%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
