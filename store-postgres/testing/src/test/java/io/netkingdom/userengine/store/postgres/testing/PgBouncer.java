package io.netkingdom.userengine.store.postgres.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PgBouncer in transaction mode before a server, on the loopback interface. Settings: <a
 * href="https://www.pgbouncer.org/config.html">pgbouncer.ini</a>.
 */
final class PgBouncer implements AutoCloseable {

  private static final long SECONDS = 30;

  /** The user that has the least rights on every Unix: PgBouncer refuses to run as root. */
  private static final String NOBODY = "nobody";

  private final Process process;
  private final Path directory;
  private final int port;

  private PgBouncer(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /**
   * PgBouncer as it is installed.
   *
   * @param file the program
   * @param version such as {@code 1.18.0}
   */
  record Program(Path file, String version) {

    static final String ABSENT = "pgbouncer is neither on the PATH nor in /usr/sbin";

    private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+(?:\\.\\d+)+).*");

    /** The first that there is on the {@code PATH}, or else in {@code /usr/sbin}. */
    static Optional<Program> find() {
      String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
      return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
          .filter(directory -> !directory.isEmpty())
          .map(directory -> Path.of(directory, "pgbouncer"))
          .filter(Files::isExecutable)
          .findFirst()
          .map(file -> new Program(file, versionOf(file)));
    }

    private static String versionOf(Path file) {
      try {
        Process process = new ProcessBuilder(file.toString(), "--version").start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
          return lines
              .lines()
              .map(VERSION::matcher)
              .filter(Matcher::matches)
              .map(line -> line.group(1))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(file + " does not tell its version"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** For the name of a ledger. */
    String slug() {
      return "pgbouncer-" + version.replace('.', '-');
    }

    @Override
    public String toString() {
      return "PgBouncer " + version;
    }
  }

  /**
   * Starts it on a free port.
   *
   * @param serverPort where the server listens
   * @param aliases the names to connect to, each with the database that it leads to
   */
  static PgBouncer start(Program program, int serverPort, Map<String, String> aliases)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path directory = Files.createTempDirectory("pgbouncer");
    Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"\"\n");
    StringBuilder databases = new StringBuilder("[databases]\n");
    aliases.forEach(
        (name, database) ->
            databases.append(
                String.format(
                    "%s = host=127.0.0.1 port=%d dbname=%s%n", name, serverPort, database)));
    Path settings =
        Files.writeString(
            directory.resolve("pgbouncer.ini"),
            databases
                + """
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 60
                max_client_conn = 500
                ignore_startup_parameters = extra_float_digits
                log_connections = 0
                log_disconnections = 0
                """
                    .formatted(port, users));
    List<String> command = new ArrayList<>(List.of(program.file().toString()));
    if (System.getProperty("user.name", "").equals("root")) {
      directory.toFile().setExecutable(true, false);
      directory.toFile().setReadable(true, false);
      command.addAll(List.of("-u", NOBODY));
    }
    command.add(settings.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    PgBouncer started = new PgBouncer(process, directory, port);
    started.awaitReady();
    return started;
  }

  /** It says so in its log, which is read on afterwards, as it would wait for a full pipe. */
  private void awaitReady() throws InterruptedException {
    CountDownLatch up = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () ->
                process
                    .inputReader(StandardCharsets.UTF_8)
                    .lines()
                    .forEach(
                        line -> {
                          System.out.println("[pgbouncer] " + line);
                          if (line.contains("process up")) {
                            up.countDown();
                          }
                        }),
            "pgbouncer-log");
    reader.setDaemon(true);
    reader.start();
    if (!up.await(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("PgBouncer did not start");
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    // Its handle leaves the log open to be read to its end.
    process.toHandle().destroy();
    process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
