package io.netkingdom.userengine.store.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * A throwaway server that writes down every statement that anybody runs in it, with the name of the
 * application that ran it. {@link Host} has a name of its own; whatever bears another one is the
 * library or its test support.
 */
final class LoggedServer implements AutoCloseable {

  /** One statement, as the server was told it. */
  record Logged(String application, String database, String sql) {}

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<database>[^/]*)/(?<application>[^/]*)/LOG: +(statement|execute [^:]*): (?<sql>.*)",
          Pattern.DOTALL);

  private final EmbeddedServer server;
  private final Path log;

  private LoggedServer(EmbeddedServer server, Path log) {
    this.server = server;
    this.log = log;
  }

  static LoggedServer start(Path directory) {
    return new LoggedServer(
        EmbeddedServer.start(
            Map.of(
                "logging_collector", "on",
                "log_destination", "stderr",
                "log_directory", directory.toString(),
                "log_filename", "statements.log",
                "log_rotation_size", "0",
                "log_rotation_age", "0",
                "log_line_prefix", "%d/%a/",
                "log_statement", "all",
                "log_parameter_max_length", "0",
                // Two-phase commit and 32 bootstraps at once, beside what else is connected.
                "max_connections", "120")),
        directory.resolve("statements.log"));
  }

  EmbeddedServer server() {
    return server;
  }

  /** Makes a database in which somebody else's application lives. */
  Host host(String database) {
    Host administrator = new Host(server.port(), "postgres", "postgres");
    administrator.execute("CREATE DATABASE " + database);
    return new Host(server.port(), database, "postgres");
  }

  /** Every statement in a database that was not {@link Host}'s, up to now. */
  List<Logged> statementsOfOthersThan(Host host) {
    String mark = "SELECT '" + UUID.randomUUID() + "'";
    host.execute(mark);
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    List<Logged> statements;
    do {
      Assertions.assertTrue(Instant.now().isBefore(end), "the log does not grow");
      statements = read();
    } while (statements.stream().noneMatch(logged -> logged.sql().equals(mark)));
    return statements.stream()
        .filter(logged -> logged.database().equals(host.database()))
        .filter(logged -> !logged.application().equals(Host.APPLICATION))
        .toList();
  }

  /** An entry begins where a line does not begin with a tab. */
  private List<Logged> read() {
    List<Logged> statements = new ArrayList<>();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      StringBuilder entry = new StringBuilder();
      Stream.concat(lines, Stream.of("end of what is there"))
          .forEach(
              line -> {
                if (line.startsWith("\t")) {
                  entry.append('\n').append(line.substring(1));
                  return;
                }
                Matcher form = ENTRY.matcher(entry);
                if (form.matches()) {
                  statements.add(
                      new Logged(
                          form.group("application"), form.group("database"), form.group("sql")));
                }
                entry.setLength(0);
                entry.append(line);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statements;
  }

  @Override
  public void close() {
    server.close();
  }
}
