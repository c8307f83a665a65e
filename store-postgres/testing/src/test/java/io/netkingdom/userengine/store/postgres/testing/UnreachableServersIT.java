package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Why there is no answer is told, in bounded time: each test must end at all; how fast is not
 * asserted.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
@Timeout(60)
class UnreachableServersIT {

  static final List<String> PROVIDERS = List.of("pgjdbc", "pgjdbc-ng", "yugabytedb", "aws-wrapper");

  @TempDir private Path directory;

  /** The system property for the directory in which the build puts the binaries of version 13. */
  private static final String TOO_OLD = "userengine.postgres.too-old";

  private static final String SECRET = "canary-pw";
  private static final String SILENT = "the server did not answer in time";
  private static final String REFUSED =
      "the connection was refused: nothing listens at that address and port";
  private static final String WEB = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
  private static final String STRANGER =
      "what answers at that address does not speak PostgreSQL's protocol (SQLSTATE 08P01)";

  private static String dsn(int port) {
    return "postgresql://app:" + SECRET + "@127.0.0.1:" + port + "/accounts";
  }

  /** To a store of a DSN, for a moment: its operations wait for a pool. */
  private static void requireSaidOfADsn(String expected, String dsn, String provider) {
    PostgresOptions options =
        PostgresOptions.defaults()
            .withProvider(provider)
            .withConnectionTimeout(Duration.ofMillis(500));
    requireSaid(
        expected,
        PostgresUserEngineStore.open(dsn, options),
        PostgresSchema.open(Dsn.parse(dsn), options));
  }

  private static void requireSaid(String expected, String dsn, String provider) {
    DataSource source =
        ConnectionProviders.discover().choose(Dsn.parse(dsn), provider).dataSource();
    requireSaid(
        expected,
        PostgresUserEngineStore.open(source, PostgresOptions.defaults()),
        PostgresSchema.open(source, PostgresOptions.defaults()));
  }

  /** Asks in every way that there is; all of them must say it. */
  private static void requireSaid(String expected, UserEngineStore opened, PostgresSchema looked) {
    List<String> said = new ArrayList<>();
    try (UserEngineStore store = opened;
        PostgresSchema schema = looked) {
      said.add(assertInstanceOf(Readiness.Unreachable.class, store.readiness()).reason());
      SchemaStatus status = schema.status();
      said.add(assertInstanceOf(Readiness.Unreachable.class, status.readiness()).reason());
      assertEquals(Optional.empty(), status.server());
      said.add(
          assertInstanceOf(RecordCounts.NotReady.class, store.counts()).readiness().describe());
      said.add(assertThrows(StoreException.Unavailable.class, store::migrate).getMessage());
      said.add(assertThrows(StoreException.Unavailable.class, schema::plan).getMessage());
      said.add(
          assertThrows(
                  StoreException.Unavailable.class,
                  () -> store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada")))
              .getMessage());
    }
    for (String text : said) {
      assertTrue(text.contains(expected), () -> "not \"" + expected + "\" but: " + text);
      assertFalse(text.contains(SECRET) || text.contains("127.0.0.1"), text);
    }
  }

  static Stream<String> providers() {
    return PROVIDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void nothingListens(String provider) throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    requireSaid(REFUSED, dsn(port), provider);
    requireSaidOfADsn(REFUSED, dsn(port), provider);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void somethingAcceptsAndNeverAnswers(String provider) throws IOException {
    try (Impostor silent = Impostor.that(client -> {})) {
      requireSaidOfADsn(SILENT, dsn(silent.port()), provider);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theHostHasNoSuchName(String provider) {
    requireSaid(
        provider.equals("pgjdbc-ng") ? "08001" : "the host name could not be resolved",
        "postgresql://app:" + SECRET + "@no-host.invalid/accounts",
        provider);
  }

  /** pgjdbc-ng gives 08001 for all of them, and no cause: there is no more to tell. */
  static Stream<Arguments> strangers() {
    return Stream.of(
        Arguments.of("web", Impostor.answering(WEB), "disable"),
        Arguments.of("web", Impostor.answering(WEB), "prefer"),
        Arguments.of("mail", Impostor.greeting("220 mail.example ESMTP\r\n"), "disable"),
        Arguments.of("mail", Impostor.greeting("220 mail.example ESMTP\r\n"), "prefer"),
        Arguments.of("MySQL", Impostor.greeting("J\0\0\0\n8.0.36\0\13\0\0\0"), "prefer"),
        Arguments.of("SSH", Impostor.greeting("SSH-2.0-OpenSSH_9.2\r\n"), "disable"));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("strangers")
  void somethingElseSpeaks(String kind, Impostor.Behaviour behaviour, String sslmode)
      throws IOException {
    try (Impostor stranger = Impostor.that(behaviour)) {
      String dsn = dsn(stranger.port()) + "?sslmode=" + sslmode;
      requireSaid(STRANGER, dsn, "pgjdbc");
      requireSaidOfADsn("SQLSTATE", dsn, "pgjdbc-ng");
    }
  }

  @Test
  void somethingSpeaksTlsAlone() throws IOException, GeneralSecurityException {
    ServerSocket tls =
        SSLContext.getDefault()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (Impostor stranger =
        Impostor.on(tls, client -> client.getInputStream().read(new byte[1]))) {
      requireSaid(STRANGER, dsn(stranger.port()), "pgjdbc");
      requireSaidOfADsn("SQLSTATE", dsn(stranger.port()), "pgjdbc-ng");
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theDatabaseDoesNotExist(String provider) {
    String dsn = "postgresql://postgres@127.0.0.1:" + EmbeddedServer.shared().port() + "/nowhere";
    requireSaid("the database does not exist (SQLSTATE 3D000)", dsn, provider);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theRoleDoesNotExist(String provider) {
    String dsn = "postgresql://nobody@127.0.0.1:" + EmbeddedServer.shared().port() + "/postgres";
    requireSaid("the server refused the role", dsn, provider);
  }

  @Test
  void theRoleMayNotConnect() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.make()) {
      scratch
          .sqls()
          .execute(
              "CREATE ROLE " + scratch.name() + " LOGIN",
              "REVOKE CONNECT ON DATABASE " + scratch.name() + " FROM public");
      try {
        requireSaid(
            "the role may not connect to the database, or not look at it (SQLSTATE 42501)",
            scratch.dsn().replace("postgres@", scratch.name() + "@"),
            "pgjdbc");
      } finally {
        scratch.sqls().execute("DROP ROLE " + scratch.name());
      }
    }
  }

  /** The backend of a connection out of a pool does not run any more, as on a stuck machine. */
  @ParameterizedTest
  @MethodSource("providers")
  void theServerAnswersNoLonger(String provider) throws Exception {
    try (ScratchDatabase scratch = ScratchDatabase.make();
        HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(
          ConnectionProviders.discover().choose(Dsn.parse(scratch.dsn()), provider).dataSource());
      pool.setMaximumPoolSize(1);
      UserEngineStore store =
          PostgresUserEngineStore.open(
              pool, PostgresOptions.defaults().withReadinessTimeout(Duration.ofSeconds(1)));
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
      String backend =
          new Sqls(EmbeddedServer.shared().database())
              .ask("SELECT pid FROM pg_stat_activity WHERE datname = '" + scratch.name() + "'");
      signal("STOP", backend);
      try {
        String reason = assertInstanceOf(Readiness.Unreachable.class, store.readiness()).reason();
        assertTrue(reason.contains(SILENT), reason);
      } finally {
        signal("CONT", backend);
      }
    }
  }

  /** To a process of the embedded server's. */
  static void signal(String signal, String pid) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor());
  }

  /** The last minor version of the last major version that is refused. */
  @Test
  void aServerThatIsTooOldIsNamed() throws Exception {
    try (EmbeddedPostgres old =
        EmbeddedBinaries.builder()
            .setPgBinaryResolver((system, architecture) -> oldBinaries())
            .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
            .start()) {
      DataSource source = old.getPostgresDatabase();
      try (UserEngineStore store =
              PostgresUserEngineStore.open(source, PostgresOptions.defaults());
          PostgresSchema schema = PostgresSchema.open(source, PostgresOptions.defaults())) {
        String reason = assertInstanceOf(Readiness.Unreachable.class, store.readiness()).reason();
        assertTrue(
            reason.startsWith(
                "the server is PostgreSQL, which is PostgreSQL 13: PostgreSQL 14 or newer is needed;"
                    + " it calls itself \"PostgreSQL 13."),
            reason);
        assertEquals(Optional.empty(), schema.status().server());
        assertEquals(
            reason, assertThrows(StoreException.Unavailable.class, store::migrate).getMessage());
        assertEquals(
            reason, assertThrows(StoreException.Unavailable.class, schema::plan).getMessage());
      }
    }
  }

  private static InputStream oldBinaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty(TOO_OLD)))) {
      return Files.newInputStream(
          files.filter(file -> file.toString().endsWith(".txz")).findFirst().orElseThrow());
    }
  }

  @Test
  void aReadOnlyDatabaseTakesNoMigration() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.make()) {
      scratch
          .sqls()
          .execute("ALTER DATABASE " + scratch.name() + " SET default_transaction_read_only = on");
      try (PostgresSchema schema =
          PostgresSchema.open(new DriverSource(scratch.database()), PostgresOptions.defaults())) {
        StoreException.ReadOnly refusal =
            assertThrows(StoreException.ReadOnly.class, schema::migrate);

        assertEquals(
            "transactions are read-only here (transaction_read_only), and nothing can be migrated",
            refusal.getMessage());
        assertInstanceOf(Readiness.Uninitialised.class, schema.status().readiness());
        SchemaStatus.Server server = schema.status().server().orElseThrow();
        assertTrue(server.readOnly() && !server.inRecovery(), server.toString());
      }
    }
  }
}
