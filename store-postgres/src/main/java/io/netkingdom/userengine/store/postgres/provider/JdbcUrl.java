package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.Dsn;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A URL as pgjdbc and those after it write it: {@code PREFIX//[host[:port][,…]]/[database]} or
 * {@code PREFIX[database]}, with {@code ?name=value[&…]}.
 *
 * @param hosts at least one
 * @param database empty if the URL names none
 * @param properties what follows the question mark, by name; secrets are in here
 */
record JdbcUrl(List<Dsn.Host> hosts, String database, Map<String, String> properties) {

  private static final int DEFAULT_PORT = 5432;

  /**
   * Takes a URL apart.
   *
   * @param prefix what it begins with, the last colon included
   * @param accepted the properties that it may set
   * @param secrets those after which an unknown name may be the rest of a secret, and is not
   *     repeated
   */
  static JdbcUrl parse(String url, String prefix, Set<String> accepted, Set<String> secrets) {
    String text = url.substring(prefix.length());
    int query = text.indexOf('?');
    Map<String, String> properties =
        properties(query < 0 ? "" : text.substring(query + 1), accepted, secrets);
    String target = query < 0 ? text : text.substring(0, query);
    List<Dsn.Host> hosts = List.of(new Dsn.Host("localhost", DEFAULT_PORT));
    String path = target;
    if (target.startsWith("//")) {
      int slash = target.indexOf('/', 2);
      if (slash < 0) {
        throw refused("the URL has no / after its hosts");
      }
      hosts = hosts(target.substring(2, slash));
      path = target.substring(slash + 1);
    }
    if (path.indexOf('/') >= 0) {
      throw refused("the URL has a / in the name of its database; write %2F");
    }
    return new JdbcUrl(hosts, decode(path), properties);
  }

  /** A URL of hosts and database, and nothing else. */
  static String write(String prefix, List<Dsn.Host> hosts, String database) {
    return prefix
        + "//"
        + hosts.stream().map(JdbcUrl::authority).collect(Collectors.joining(","))
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  private static String authority(Dsn.Host host) {
    if (host.isSocketDirectory()) {
      return host.toString();
    }
    String name = host.name();
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + host.port();
  }

  private static List<Dsn.Host> hosts(String text) {
    List<Dsn.Host> hosts = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      int colon = element.lastIndexOf(':');
      boolean hasPort = colon > element.lastIndexOf(']');
      String name = hasPort ? element.substring(0, colon) : element;
      String port = hasPort ? element.substring(colon + 1) : Integer.toString(DEFAULT_PORT);
      boolean bracketed = name.startsWith("[") && name.endsWith("]");
      if (!port.matches("[0-9]{1,5}") || (name.indexOf(':') >= 0 && !bracketed)) {
        throw refused(
            "the URL has something else than host:port before its database; a user and a password"
                + " belong into its properties");
      }
      if (bracketed) {
        name = name.substring(1, name.length() - 1);
      }
      hosts.add(new Dsn.Host(name.isEmpty() ? "localhost" : name, Integer.parseInt(port)));
    }
    return hosts;
  }

  private static Map<String, String> properties(
      String query, Set<String> accepted, Set<String> secrets) {
    Map<String, String> properties = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!accepted.contains(name)) {
        throw refused(
            properties.keySet().stream().anyMatch(secrets::contains)
                    || !name.matches("[A-Za-z][A-Za-z.-]{0,39}")
                ? "the URL has a property that is not accepted, or a password with an & in it"
                : "the property "
                    + name
                    + " is not accepted in a URL, as it is unknown, loads classes, or changes what"
                    + " a store relies on");
      }
      if (properties.put(name, value) != null) {
        throw refused("the property " + name + " is given more than once");
      }
    }
    return properties;
  }

  /** Form encoding, where + is a space. */
  private static String decode(String text) {
    String decoded;
    try {
      decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("the URL has a % without two hexadecimal digits after it");
    }
    if (decoded.indexOf('\0') >= 0) {
      // It would end a value in the startup message, and begin a parameter that nobody looked at.
      throw refused("the URL contains U+0000");
    }
    return decoded;
  }

  private static StoreException.InvalidInput refused(String reason) {
    return DriverProvider.refused(reason);
  }
}
