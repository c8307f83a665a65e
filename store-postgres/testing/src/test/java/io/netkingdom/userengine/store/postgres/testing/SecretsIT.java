package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.sql.DataSource;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A password goes through every failure that can be made, on every driver, and is looked for in
 * what is thrown, logged at the finest level, printed and recorded.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts a server of its own from the embedded server's binaries")
class SecretsIT {

  private static final String CANARY = TlsServer.PASSWORD;

  /** DSNs with ADDRESS, DATABASE, MODE and WORD, in the words of each driver. */
  private static final List<String> DSNS =
      List.of(
          "pgjdbc postgresql://app:WORD@ADDRESS/DATABASE?sslmode=MODE",
          "pgjdbc jdbc:postgresql://ADDRESS/DATABASE?user=app&password=WORD&sslmode=MODE",
          "pgjdbc-ng postgresql://app:WORD@ADDRESS/DATABASE?sslmode=MODE",
          "pgjdbc-ng jdbc:pgsql://ADDRESS/DATABASE?user=app&password=WORD&ssl.mode=MODE",
          "yugabytedb postgresql://app:WORD@ADDRESS/DATABASE?sslmode=MODE",
          "yugabytedb jdbc:yugabytedb://ADDRESS/DATABASE?user=app&password=WORD&sslmode=MODE",
          "aws-wrapper postgresql://app:WORD@ADDRESS/DATABASE?sslmode=MODE",
          "aws-wrapper jdbc:aws-wrapper:postgresql://ADDRESS/DATABASE?user=app&password=WORD"
              + "&sslmode=MODE",
          "aws-wrapper jdbc:aws-wrapper:postgresql://ADDRESS/DATABASE?user=app&password=WORD"
              + "&sslmode=MODE&wrapperPlugins=initialConnection,failover2,efm2"
              // By default it tries for 30 seconds.
              + "&openConnectionRetryTimeoutMs=250");

  /**
   * Serves {@link AcmeDriver}, which has the password in what it throws; so a JVM can record it.
   */
  private static final String UNFORESEEN = "jdbc";

  private static final String ACME = UNFORESEEN + " jdbc:acme:127.0.0.1#PORT#DATABASE#app#WORD";
  private static final String NAMED =
      "datasource datasource:org.postgresql.ds.PGSimpleDataSource?serverName=127.0.0.1"
          + "&portNumber=PORT&databaseName=DATABASE&user=app&password=WORD&sslMode=MODE";

  @TempDir private static Path directory;
  private static TlsServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TlsServer.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String fillIn(String template, String address, String database, String mode) {
    return template
        .replace("ADDRESS", address)
        .replace("PORT", address.replaceFirst(".*:", ""))
        .replace("DATABASE", database)
        .replace("MODE", mode)
        .replace("WORD", CANARY + "wrong");
  }

  static Stream<Arguments> failures() throws IOException {
    String here = "localhost:" + server.port();
    String closed = "127.0.0.1:" + closedPort();
    return Stream.concat(DSNS.stream(), Stream.of(ACME, NAMED))
        .flatMap(
            dsn ->
                Stream.of(
                        fillIn(dsn, here, TlsServer.EITHER, "prefer"),
                        fillIn(dsn, closed, TlsServer.EITHER, "prefer"),
                        fillIn(dsn, here, TlsServer.PLAIN_ONLY, "require"),
                        fillIn(dsn, here, "nowhere", "disable"),
                        dsn.contains("ADDRESS")
                            ? fillIn(dsn, "no-host.invalid:5432", TlsServer.EITHER, "prefer")
                            : fillIn(dsn, closed, "nowhere", "disable"))
                    .distinct())
        .map(pair -> Arguments.of(pair.replaceFirst(" .*", ""), pair.replaceFirst("\\S* ", "")));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("failures")
  void aFailedConnectionShowsNoPassword(String provider, String dsn) {
    String heard =
        listen(
            said -> {
              DataSource source =
                  ConnectionProviders.discover().choose(parse(dsn), provider).dataSource();
              said.println(source);
              said.println(
                  text(assertThrows(SQLException.class, () -> source.getConnection().close())));
            });
    assertTrue(heard.contains("could not connect"), heard);
    assertFalse(heard.contains(CANARY), () -> around(heard));
  }

  @Test
  void aStoreThatCannotConnectShowsNoPassword() {
    String heard = listen(said -> openAndAsk(failures(), said));
    assertTrue(heard.contains("no connection to the database"), heard);
    assertFalse(heard.contains(CANARY), () -> around(heard));
  }

  /** Several at a time, as each waits for its pool to give up. */
  private static void openAndAsk(Stream<Arguments> failures, PrintStream said) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> all =
          failures
              .<Callable<Boolean>>map(
                  failure ->
                      () -> {
                        openAndAsk((String) failure.get()[1], (String) failure.get()[0], said);
                        return true;
                      })
              .toList();
      for (Future<Boolean> each : threads.invokeAll(all, 2, TimeUnit.MINUTES)) {
        assertTrue(each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** With nothing from the environment, which may speak of a developer's own database. */
  private static Dsn parse(String dsn) {
    return Dsn.parse(dsn, Map.of());
  }

  private static void openAndAsk(String dsn, String provider, PrintStream said) {
    PostgresOptions options =
        PostgresOptions.defaults()
            .withStore(StoreOptions.defaults())
            .withProvider(provider)
            .withConnectionTimeout(Duration.ofMillis(250));
    try (UserEngineStore store = PostgresUserEngineStore.open(parse(dsn), options)) {
      said.println(assertInstanceOf(Readiness.Unreachable.class, store.readiness()));
      said.println(text(assertThrows(StoreException.Unavailable.class, store::migrate)));
    }
  }

  @Test
  void noEventOfAFlightRecordingHoldsAPassword() throws Exception {
    String control = "Control-9c0d";
    byte[] recorded =
        record(
            () -> {
              Heard event = new Heard();
              event.text = control;
              event.commit();
              for (Arguments failure : failures().toList()) {
                String provider = (String) failure.get()[0];
                String dsn = (String) failure.get()[1];
                if (!provider.equals(UNFORESEEN)) {
                  DataSource source =
                      ConnectionProviders.discover().choose(parse(dsn), provider).dataSource();
                  assertThrows(SQLException.class, () -> source.getConnection().close());
                }
              }
              openAndAsk(
                  failures().filter(failure -> !failure.get()[0].equals(UNFORESEEN)),
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            });
    String text = new String(recorded, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(control), "the recording does not hold what was put into it");
    assertTrue(text.contains("could not connect"), "the recording holds no exception");
    assertFalse(text.contains(CANARY), () -> around(text));
  }

  /** An event that is there to be found. */
  @Name("userengine.Heard")
  static final class Heard extends Event {
    String text = "";
  }

  /** The bytes of a recording of every event that this JVM knows; its texts are not compressed. */
  private static byte[] record(Executable what) throws Exception {
    Path file = directory.resolve("secrets.jfr");
    try (Recording recording = new Recording()) {
      FlightRecorder.register(Heard.class);
      for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
        recording.enable(type.getName()).withoutThreshold().withoutStackTrace();
      }
      recording.start();
      what.execute();
      recording.stop();
      recording.dump(file);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return Files.readAllBytes(file);
  }

  static Stream<String> refusals() {
    return Stream.of(
            "jdbc:postgresql://h/db?password=WORD&socketFactory=WORD",
            "jdbc:postgresql://u:WORD@h/db",
            "jdbc:pgsql://u:WORD@h/db",
            "jdbc:pgsql://h/db?password=WORD&ssl.key.password.callback=WORD",
            "jdbc:yugabytedb://h/db?password=WORD&sslfactory=WORD",
            "jdbc:aws-wrapper:postgresql://h/db?password=WORD&wrapperProfileName=WORD",
            "jdbc:aws-wrapper:postgresql://h/db?password=WORD&wrapperPlugins=WORD",
            "jdbc:nobody:knows#WORD",
            "jdbc:acme:WORD?socketFactory=WORD",
            "datasource:com.acme.Nowhere?password=WORD",
            "datasource:org.postgresql.ds.PGSimpleDataSource?password=WORD&WORD=1",
            "datasource:org.postgresql.ds.PGSimpleDataSource?password=a&bWORD=1",
            "datasource:org.postgresql.ds.PGSimpleDataSource?portNumber=WORD",
            "datasource:java.lang.String?password=WORD",
            "postgresql://u:WORD@h/db?sslcrl=WORD&sslpassword=WORD")
        .map(dsn -> dsn.replace("WORD", CANARY.replace("-", "")));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("refusals")
  void aRefusedDsnShowsNoPassword(String text) {
    String canary = CANARY.replace("-", "");
    String heard =
        listen(
            said -> {
              said.println(
                  text(
                      assertThrows(
                          StoreException.class, () -> PostgresUserEngineStore.open(text).close())));
              Dsn dsn = Dsn.parse(text);
              said.println(dsn);
              ConnectionProviders.discover()
                  .candidates(dsn)
                  .forEach(candidate -> said.println(candidate.describe()));
            });
    assertFalse(heard.contains(canary), () -> heard);
  }

  /** Otherwise this class would prove nothing. */
  @Test
  void aDriverThatRepeatsThePasswordWouldBeHeard() {
    String heard =
        listen(
            said ->
                said.println(
                    text(
                        assertThrows(
                            SQLException.class,
                            () ->
                                new AcmeDriver()
                                    .connect(
                                        "jdbc:acme:127.0.0.1#"
                                            + server.port()
                                            + "#either#app#"
                                            + "Canary",
                                        new java.util.Properties())))));
    assertTrue(heard.contains("#Canary"), heard);
    String logged =
        listen(said -> Logger.getLogger("com.impossibl.postgres").finest("logged " + CANARY));
    assertTrue(logged.contains("logged " + CANARY), logged);
    assertTrue(listen(said -> System.out.println(CANARY)).contains(CANARY));
  }

  @FunctionalInterface
  private interface Talk {
    void to(PrintStream said) throws Exception;
  }

  /** All that is said meanwhile: to the stream, to any logger, and to standard output and error. */
  private static String listen(Talk talk) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream said = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            said.println(new SimpleFormatter().format(event));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    List<Handler> others = new ArrayList<>(List.of(root.getHandlers()));
    Level level = root.getLevel();
    PrintStream out = System.out;
    PrintStream err = System.err;
    others.forEach(root::removeHandler);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    System.setOut(said);
    System.setErr(said);
    try {
      talk.to(said);
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.setLevel(level);
      root.removeHandler(handler);
      others.forEach(root::addHandler);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** A failure with its causes, those suppressed and their traces. */
  private static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String around(String heard) {
    int at = heard.indexOf(CANARY);
    return heard.substring(Math.max(0, at - 500), Math.min(heard.length(), at + 200));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
