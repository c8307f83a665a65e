package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables lie in a tablespace on a small file system in memory, which is full at times. Who may
 * not mount one sees this skipped.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes a tablespace, and so needs the embedded server")
class FullDiskIT {

  private static final int SIZE = 8 << 20;
  private static final int PAGE = 4096;

  @TempDir private static Path directory;

  private static boolean mounted;

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      // There is no such program here.
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @BeforeAll
  static void mount() {
    mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString());
    assumeTrue(mounted, "a small file system can be mounted here, which takes root on Linux");
  }

  @AfterAll
  static void unmount() {
    assertTrue(!mounted || succeeds("umount", directory.toString()), "still in use");
  }

  /** Leaves a number of bytes free. */
  private static void fill(long free) throws IOException {
    byte[] page = new byte[PAGE];
    try (OutputStream file = Files.newOutputStream(directory.resolve("filler"))) {
      while (Files.getFileStore(directory).getUsableSpace() > free) {
        file.write(page);
      }
    }
  }

  private static void empty() throws IOException {
    Files.delete(directory.resolve("filler"));
  }

  @Test
  void aFullDiskLeavesNothingHalfWrittenAndIsRecoveredFrom() throws IOException {
    Path space = Files.createDirectory(directory.resolve("space"));
    try (EmbeddedServer server = EmbeddedServer.start()) {
      LiveDatabase database = server.database();
      Host host = new Host(server.port(), database.name(), "postgres");
      host.execute("CREATE TABLESPACE small LOCATION '" + space + "'");
      host.execute("ALTER DATABASE " + database.name() + " SET default_tablespace = small");
      bootstrap(database, host);
      writeUntilItIsFull(database, host);
      database.reset();
      assertEquals(
          List.of(), host.ask("SELECT relname FROM pg_class WHERE relname = 'user_engine_users'"));
    }
  }

  private static void bootstrap(LiveDatabase database, Host host) throws IOException {
    SortedMap<String, String> before = host.everything();
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      fill(12 * PAGE);

      StoreException failure = assertThrows(StoreException.Unavailable.class, store::migrate);

      assertTrue(String.valueOf(failure.getMessage()).contains("53100"), failure.toString());
      assertEquals(before, host.everything());
      assertInstanceOf(Readiness.Uninitialised.class, store.readiness());
      empty();
      store.migrate();
      assertInstanceOf(Readiness.Ready.class, store.readiness());
    }
  }

  private static void writeUntilItIsFull(LiveDatabase database, Host host) throws IOException {
    TenantId tenant = TenantId.of("full");
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      fill(12 * PAGE);
      int written = 0;
      StoreException failure = null;
      while (failure == null) {
        assertTrue(written < 100_000, "the disk is never full");
        try {
          store.tenant(tenant).users().create(UserDraft.named("user" + written));
          written++;
        } catch (StoreException e) {
          failure = e;
        }
      }

      assertInstanceOf(StoreException.Unavailable.class, failure);
      assertEquals(
          List.of(Integer.toString(written)), host.ask("SELECT count(*) FROM user_engine_users"));
      empty();
      store.tenant(tenant).users().create(UserDraft.named("user" + written));
    }
  }
}
