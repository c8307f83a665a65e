package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What libpq's words for TLS do on each driver, on a server with TLS. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts a server of its own from the embedded server's binaries")
class TlsIT {

  private static final List<String> PROVIDERS =
      List.of("pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper");

  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";
  private static final String ABSENT = "absent";
  private static final String NONE = "none";

  /** What comes of an attempt. */
  enum Outcome {
    TLS,
    PLAIN,
    REFUSED
  }

  /**
   * An attempt.
   *
   * @param mode libpq's sslmode; empty for the default
   * @param root which root certificate is at hand
   */
  record Attempt(String host, String database, String mode, String root, Outcome outcome) {}

  private static final List<Attempt> ATTEMPTS =
      List.of(
          new Attempt("localhost", TlsServer.EITHER, "", NONE, Outcome.TLS),
          new Attempt("localhost", TlsServer.PLAIN_ONLY, "", NONE, Outcome.PLAIN),
          new Attempt("localhost", TlsServer.EITHER, "disable", NONE, Outcome.PLAIN),
          new Attempt("localhost", TlsServer.TLS_ONLY, "disable", NONE, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "allow", NONE, Outcome.PLAIN),
          new Attempt("localhost", TlsServer.TLS_ONLY, "allow", NONE, Outcome.TLS),
          new Attempt("localhost", TlsServer.EITHER, "prefer", NONE, Outcome.TLS),
          new Attempt("localhost", TlsServer.PLAIN_ONLY, "prefer", NONE, Outcome.PLAIN),
          new Attempt("localhost", TlsServer.EITHER, "require", NONE, Outcome.TLS),
          new Attempt("127.0.0.1", TlsServer.EITHER, "require", NONE, Outcome.TLS),
          new Attempt("localhost", TlsServer.PLAIN_ONLY, "require", NONE, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "require", RIGHT, Outcome.TLS),
          new Attempt("localhost", TlsServer.EITHER, "require", WRONG, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "verify-ca", RIGHT, Outcome.TLS),
          new Attempt("127.0.0.1", TlsServer.EITHER, "verify-ca", RIGHT, Outcome.TLS),
          new Attempt("localhost", TlsServer.EITHER, "verify-ca", WRONG, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "verify-ca", ABSENT, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.PLAIN_ONLY, "verify-ca", RIGHT, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "verify-full", RIGHT, Outcome.TLS),
          new Attempt("127.0.0.1", TlsServer.EITHER, "verify-full", RIGHT, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "verify-full", WRONG, Outcome.REFUSED),
          new Attempt("localhost", TlsServer.EITHER, "verify-full", ABSENT, Outcome.REFUSED));

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

  static Stream<Arguments> attempts() {
    return PROVIDERS.stream()
        .flatMap(provider -> ATTEMPTS.stream().map(attempt -> Arguments.of(provider, attempt)))
        .filter(a -> !isVerifyFullOnPgjdbcNg((String) a.get()[0], (Attempt) a.get()[1]));
  }

  private static boolean isVerifyFullOnPgjdbcNg(String provider, Attempt attempt) {
    return provider.equals("pgjdbc-ng") && attempt.mode().equals("verify-full");
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void aModeDoesWhatLibpqsWordSays(String provider, Attempt attempt) throws SQLException {
    String dsn =
        dsn(attempt.host(), attempt.database(), "")
            + (attempt.mode().isEmpty() ? "" : " sslmode=" + attempt.mode())
            + root(attempt.root());
    if (attempt.outcome() == Outcome.REFUSED) {
      assertThrows(SQLException.class, () -> connect(provider, dsn).close());
    } else {
      assertEquals(attempt.outcome(), outcome(provider, dsn));
    }
  }

  /** It would compare the host's name when the password is sent already. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void verifyFullIsNotOfferedWithPgjdbcNg(String host) {
    Dsn dsn =
        Dsn.parse(dsn(host, TlsServer.EITHER, " sslmode=verify-full") + root(RIGHT), Map.of());
    assertEquals(
        new Usability.Unusable(
            "pgjdbc-ng cannot honour sslmode=verify-full: it compares the host's name after it has"
                + " signed in there"),
        ConnectionProviders.discover().candidates(dsn).stream()
            .filter(c -> c.name().equals("pgjdbc-ng"))
            .findAny()
            .orElseThrow()
            .usability());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper"})
  void aClientsCertificateIsShown(String provider) throws SQLException {
    String dsn = dsn("localhost", TlsServer.CERTIFIED, " sslmode=verify-ca") + root(RIGHT);
    assertThrows(SQLException.class, () -> connect(provider, dsn).close());
    Certificates certificates = server.certificates();
    assertEquals(
        Outcome.TLS,
        outcome(
            provider,
            dsn + " sslcert=" + certificates.client() + " sslkey=" + certificates.clientKey()));
  }

  /** A database with a name that has to be encoded is the one that was meant. */
  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper"})
  void theDatabaseIsTheOneThatTheProviderTold(String provider) throws SQLException {
    String dsn = dsn("localhost", "'" + TlsServer.ODD + "'", "");
    ConnectionProviders.Choice choice =
        ConnectionProviders.discover().choose(Dsn.parse(dsn, Map.of()), provider);
    try (Connection connection = connect(provider, dsn);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_database()")) {
      assertTrue(row.next());
      assertEquals(TlsServer.ODD, row.getString(1));
      assertEquals(TlsServer.ODD, choice.database().orElseThrow());
    }
  }

  /** The words of the drivers' own URLs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://HOST/either?sslmode=verify-ca&sslrootcert=ROOT&user=app&password=WORD",
        "jdbc:pgsql://HOST/either?ssl.mode=verify-ca&ssl.ca.certificate.file=ROOT&user=app"
            + "&password=WORD",
        "jdbc:yugabytedb://HOST/either?sslmode=verify-ca&sslrootcert=ROOT&user=app&password=WORD",
        "jdbc:aws-wrapper:postgresql://HOST/either?sslmode=verify-ca&sslrootcert=ROOT&user=app"
            + "&password=WORD",
        "datasource:org.postgresql.ds.PGSimpleDataSource?portNumber=PORT&serverName=localhost"
            + "&databaseName=either&user=app&password=WORD&sslMode=verify-ca&sslRootCert=ROOT",
      })
  void aDriversOwnWordsAreKept(String url) throws SQLException {
    assertEquals(Outcome.TLS, outcomeOf(url, server.certificates().root()));
    assertThrows(SQLException.class, () -> outcomeOf(url, server.certificates().otherRoot()));
  }

  private static Outcome outcomeOf(String url, Path root) throws SQLException {
    Dsn dsn =
        Dsn.parse(
            url.replace("HOST", "localhost:PORT")
                .replace("PORT", Integer.toString(server.port()))
                .replace("WORD", TlsServer.PASSWORD)
                .replace("ROOT", URLEncoder.encode(root.toString(), StandardCharsets.UTF_8)));
    try (Connection connection =
        ConnectionProviders.discover().choose(dsn).dataSource().getConnection()) {
      return outcome(connection);
    }
  }

  private static String dsn(String host, String database, String more) {
    return "host=%s port=%d dbname=%s user=%s password=%s%s"
        .formatted(host, server.port(), database, TlsServer.ROLE, TlsServer.PASSWORD, more);
  }

  private static String root(String which) {
    return switch (which) {
      case RIGHT -> " sslrootcert=" + server.certificates().root();
      case WRONG -> " sslrootcert=" + server.certificates().otherRoot();
      case ABSENT -> " sslrootcert=" + server.certificates().directory().resolve("absent.crt");
      default -> "";
    };
  }

  private static Connection connect(String provider, String dsn) throws SQLException {
    ConnectionProviders.Choice choice =
        assertInstanceOf(
            ConnectionProviders.Choice.class,
            ConnectionProviders.discover().choose(Dsn.parse(dsn, Map.of()), provider));
    return choice.dataSource().getConnection();
  }

  private static Outcome outcome(String provider, String dsn) throws SQLException {
    try (Connection connection = connect(provider, dsn)) {
      return outcome(connection);
    }
  }

  private static Outcome outcome(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      assertTrue(row.next());
      return row.getBoolean(1) ? Outcome.TLS : Outcome.PLAIN;
    }
  }
}
