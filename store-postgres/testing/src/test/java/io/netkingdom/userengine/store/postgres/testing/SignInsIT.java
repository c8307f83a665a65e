package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How often a server refuses a wrong password: it may lock the account. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts servers of its own")
@Timeout(120)
class SignInsIT {

  private static final String REASON = "the server refused the role or its password";

  @TempDir private static Path directory;
  private static EmbeddedServer server;
  private static Host administrator;

  @BeforeAll
  static void start() throws IOException {
    Path rules = directory.resolve("rules.conf");
    Files.writeString(
        rules,
        """
        host all postgres 127.0.0.1/32 trust
        host all all 127.0.0.1/32 scram-sha-256
        """);
    server =
        EmbeddedServer.start(
            Map.of(
                "hba_file", rules.toString(),
                "logging_collector", "on",
                "log_destination", "stderr",
                "log_directory", directory.toString(),
                "log_filename", "refusals.log",
                "log_line_prefix", "%e/"));
    administrator = new Host(server.port(), EmbeddedServer.DATABASE, "postgres");
    administrator.execute("CREATE ROLE app LOGIN PASSWORD 'right'");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Up to now: what the server logs after that is our own mark. */
  private static long refusals() throws IOException {
    String mark = UUID.randomUUID().toString();
    administrator.execute("DO $$ BEGIN RAISE LOG '" + mark + "'; END $$");
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    List<String> lines;
    do {
      assertTrue(Instant.now().isBefore(end), "the log does not grow");
      lines = Files.readAllLines(directory.resolve("refusals.log"), StandardCharsets.UTF_8);
    } while (lines.stream().noneMatch(line -> line.contains(mark)));
    return lines.stream().filter(line -> line.startsWith("28P01/FATAL")).count();
  }

  /**
   * Where TLS is only preferred, pgjdbc-ng signs in again without it, whatever it was refused for.
   */
  private static String dsn() {
    return "postgresql://app:wrong@127.0.0.1:"
        + server.port()
        + "/"
        + EmbeddedServer.DATABASE
        + "?sslmode=disable";
  }

  private static PostgresOptions options(String provider) {
    // Long, so that a call that waits for its end is noticed by the test's own limit.
    return PostgresOptions.defaults()
        .withProvider(provider)
        .withConnectionTimeout(Duration.ofMinutes(5));
  }

  static List<String> providers() {
    return UnreachableServersIT.PROVIDERS;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachCallOfAStoreSignsInOnce(String provider) throws IOException {
    try (UserEngineStore store = PostgresUserEngineStore.open(dsn(), options(provider))) {
      long before = refusals();
      Readiness.Unreachable found =
          assertInstanceOf(Readiness.Unreachable.class, store.readiness());
      assertEquals(REASON + " (SQLSTATE 28P01)", found.reason());
      assertEquals(before + 1, refusals());

      assertThrows(StoreException.Unavailable.class, store::migrate);
      assertEquals(before + 2, refusals());

      assertInstanceOf(RecordCounts.NotReady.class, store.counts());
      assertInstanceOf(RecordCounts.NotReady.class, store.estimatedCounts());
      assertEquals(before + 4, refusals());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachCallOfASchemaSignsInOnce(String provider) throws IOException {
    try (PostgresSchema schema = PostgresSchema.open(Dsn.parse(dsn()), options(provider))) {
      long before = refusals();
      assertInstanceOf(Readiness.Unreachable.class, schema.status().readiness());
      assertEquals(before + 1, refusals());

      assertThrows(StoreException.Unavailable.class, schema::plan);
      assertThrows(StoreException.Unavailable.class, schema::migrate);
      assertEquals(before + 3, refusals());
    }
  }

  @Test
  void nobodySignsInWhenNobodyAsks() throws Exception {
    PostgresOptions options = options("pgjdbc").withConnectionTimeout(Duration.ofMillis(250));
    try (UserEngineStore store = PostgresUserEngineStore.open(dsn(), options)) {
      assertThrows(
          StoreException.Unavailable.class,
          () -> store.tenant(TenantId.of("t")).users().create(UserDraft.named("ada")));
      // An attempt that was under way may still end meanwhile.
      boolean atOnce = isQuiet();
      assertTrue(atOnce || isQuiet(), "somebody signs in again and again");
    }
  }

  /** Whether nobody signs in for longer than a pool pauses between two attempts, 5 s at most. */
  private static boolean isQuiet() throws Exception {
    long before = refusals();
    Thread.sleep(7_000);
    return refusals() == before;
  }
}
