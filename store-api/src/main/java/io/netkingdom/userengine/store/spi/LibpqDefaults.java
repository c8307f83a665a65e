package io.netkingdom.userengine.store.spi;

import io.netkingdom.userengine.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Completes a connection string as libpq does: what the string leaves open is taken from a service,
 * then from environment variables, then from libpq's own defaults, and a password at last from a
 * password file. An empty value that was given counts as given in all of this, and only then as
 * none.
 *
 * <p>Messages name variables, files and lines, and repeat no value but the name of a service.
 */
final class LibpqDefaults {

  private static final String DEFAULT_HOST = "localhost";
  private static final int DEFAULT_PORT = 5432;

  private final Map<String, String> given;
  private final LibpqEnvironment environment;
  private final Map<String, String> values;

  /** What had a say besides the connection string, for people. */
  private final Set<String> sources = new TreeSet<>();

  LibpqDefaults(Map<String, String> given, LibpqEnvironment environment) {
    this.given = Map.copyOf(given);
    this.environment = environment;
    this.values = new TreeMap<>(given);
  }

  Dsn.Postgres complete() {
    try {
      addService();
      addVariables();
      return connection();
    } catch (StoreException.InvalidInput e) {
      throw sources.isEmpty()
          ? e
          : DsnParser.invalid(
              e.reason() + " (read besides the DSN: " + String.join(", ", sources) + ")");
    }
  }

  private void addService() {
    String service = values.remove("service");
    String named = values.remove("servicefile");
    if (service == null) {
      service = environment.variable("PGSERVICE");
      if (service == null) {
        if (named != null) {
          throw DsnParser.invalid("servicefile is given, but no service");
        }
        return;
      }
      sources.add("PGSERVICE");
    }
    List<LibpqFile> files = serviceFiles(named);
    for (LibpqFile file : files) {
      if (new ServiceFile(file).addTo(values, service)) {
        sources.add(file.toString());
        return;
      }
    }
    throw DsnParser.invalid(
        "the service "
            + (service.matches("[\\w.-]{1,64}") ? service + " " : "")
            + (files.isEmpty()
                ? "is defined nowhere: there is no service file"
                : "is not defined in "
                    + files.stream().map(LibpqFile::toString).collect(Collectors.joining(" or "))));
  }

  /** Where to look for a service: in a file of the user's, then in one of the system's. */
  private List<LibpqFile> serviceFiles(@Nullable String named) {
    List<LibpqFile> files = new ArrayList<>();
    String variable = environment.variable("PGSERVICEFILE");
    if (named != null) {
      files.add(readable(LibpqFile.path(named), "the service file that servicefile names"));
    } else if (variable != null) {
      files.add(readable(LibpqFile.path(variable), "the service file that PGSERVICEFILE names"));
    } else {
      addIfThere(files, environment.userFile(".pg_service.conf", ".pg_service.conf"));
    }
    String directory = environment.variable("PGSYSCONFDIR");
    if (directory != null) {
      addIfThere(files, LibpqFile.path(directory + "/pg_service.conf"));
    }
    return files;
  }

  private static void addIfThere(List<LibpqFile> files, @Nullable Path path) {
    if (path != null && Files.exists(path)) {
      files.add(readable(path, "the service file " + path));
    }
  }

  /** {@code what} names a path only if something is there: else it may be a misplaced secret. */
  private static LibpqFile readable(@Nullable Path path, String what) {
    if (path != null) {
      try {
        return LibpqFile.read(path);
      } catch (IOException e) {
        // To the user it is the same as a text that cannot be a path.
      }
    }
    throw DsnParser.invalid(what + " is not there, is not a plain file, or cannot be read");
  }

  private void addVariables() {
    LibpqKeywords.VARIABLES.forEach(this::addVariable);
    if (!values.containsKey("sslmode")
        && environment.variables().getOrDefault("PGREQUIRESSL", "").startsWith("1")) {
      sources.add("PGREQUIRESSL");
      values.put("sslmode", "require");
    }
  }

  private void addVariable(String keyword, String name) {
    String value = environment.variable(name);
    if (value != null && !values.containsKey(keyword)) {
      sources.add(name);
      values.put(keyword, value);
    }
  }

  private Dsn.Postgres connection() {
    Map<String, String> rest = new TreeMap<>(values);
    rest.entrySet()
        .removeIf(e -> e.getValue().isEmpty() && !LibpqKeywords.refusesEmpty(e.getKey()));
    String host = rest.remove("host");
    String address = host == null ? rest.remove("hostaddr") : rest.get("hostaddr");
    List<Dsn.Host> hosts = hosts(host, address, rest.remove("port"));
    String user = Objects.requireNonNullElse(rest.remove("user"), environment.user());
    String database = Objects.requireNonNullElse(rest.remove("dbname"), user);
    String password = rest.remove("password");
    String passfile = rest.remove("passfile");
    if (password == null) {
      LibpqFile file = passwordFile(passfile);
      password = file == null ? null : new PasswordFile(file).password(hosts, database, user);
    }
    if (rest.getOrDefault("sslrootcert", "").equals("system")
        && !"verify-full".equals(rest.computeIfAbsent("sslmode", k -> "verify-full"))) {
      // Anybody can have a certificate that such an authority signed.
      throw DsnParser.invalid("sslrootcert=system needs sslmode=verify-full");
    }
    return new Dsn.Postgres(hosts, database, user, password, rest);
  }

  /**
   * The file to look for a password in. One that cannot be read has none, as in libpq, unless the
   * connection string itself says that it is there.
   */
  private @Nullable LibpqFile passwordFile(@Nullable String named) {
    Path path =
        named == null ? environment.userFile(".pgpass", "pgpass.conf") : LibpqFile.path(named);
    if (named != null && given.containsKey("passfile")) {
      return readable(path, "the password file that passfile names");
    }
    try {
      return path == null ? null : LibpqFile.read(path);
    } catch (IOException e) {
      return null;
    }
  }

  /** Pairs hosts with ports: one port for all, or as many ports as hosts. */
  private static List<Dsn.Host> hosts(
      @Nullable String host, @Nullable String address, @Nullable String port) {
    List<String> addresses = elements(address);
    List<String> names = host == null ? addresses : elements(host);
    List<String> ports = elements(port);
    if (address != null && addresses.size() != names.size()) {
      throw DsnParser.invalid(
          "has " + addresses.size() + " addresses for " + names.size() + " hosts: give as many");
    }
    if (ports.size() != 1 && ports.size() != names.size()) {
      throw DsnParser.invalid(
          "has " + ports.size() + " ports for " + names.size() + " hosts: give one or as many");
    }
    List<Dsn.Host> hosts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        name = address == null ? "" : addresses.get(i);
      }
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
    // Host refuses 0, and with it all that is not a number.
    return LibpqKeywords.integer(text).orElse(0);
  }

  private static List<String> elements(@Nullable String list) {
    return list == null ? List.of("") : Arrays.asList(list.split(",", -1));
  }
}
