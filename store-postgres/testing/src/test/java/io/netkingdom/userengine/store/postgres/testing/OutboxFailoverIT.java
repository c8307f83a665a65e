package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standby takes over that had not got all, and gives the ids of lost transactions out again; and
 * commits that a crash could take away.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "starts servers of its own from the embedded server's binaries")
@Timeout(180)
class OutboxFailoverIT {

  private static final TenantId TENANT = TenantId.of("failover");

  @TempDir private Path directory;

  private static UserEngineStore open(EmbeddedPostgres server) {
    return PostgresUserEngineStore.open(server.getPostgresDatabase(), PostgresOptions.defaults());
  }

  private static void append(UserEngineStore store, String name, int count) {
    for (int i = 0; i < count; i++) {
      store.tenant(TENANT).outbox().append(OutboxDraft.of("thing", "1", name + i, Json.object()));
    }
  }

  private static List<String> names(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i).toList();
  }

  private static String ask(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
  }

  /** What a reader has seen so far, and where it is. */
  private static final class Reader {
    private OutboxCursor place = OutboxCursor.BEGINNING;

    List<String> readOn(UserEngineStore store) {
      OutboxRepository outbox = store.tenant(TENANT).outbox();
      List<String> names = new ArrayList<>();
      OutboxPage page;
      do {
        page = outbox.readAfter(place, 7);
        page.records().forEach(record -> names.add(record.message().eventType()));
        place = page.next();
      } while (!page.records().isEmpty());
      return names;
    }
  }

  private static void promote(EmbeddedPostgres standby) throws SQLException {
    assertEquals("t", ask(standby.getPostgresDatabase(), "SELECT pg_promote()"));
  }

  @Test
  void aReaderGoesOnWhereALaggingStandbyTookOver() throws Exception {
    DataDirectory primary = new DataDirectory(directory.resolve("primary"));
    DataDirectory standby = new DataDirectory(directory.resolve("standby"));
    DataDirectory another = new DataDirectory(directory.resolve("another"));
    Reader reader = new Reader();
    try (EmbeddedPostgres server = primary.start();
        UserEngineStore store = open(server)) {
      store.migrate();
      append(store, "first", 3);
      assertEquals(names("first", 3), reader.readOn(store));
    }
    copy(primary.path(), standby.path());
    copy(primary.path(), another.path());
    try (EmbeddedPostgres server = primary.start();
        UserEngineStore store = open(server)) {
      append(store, "lost", 60);
      assertEquals(names("lost", 60), reader.readOn(store));
    }

    standby.makeStandby();
    OutboxCursor seen;
    try (EmbeddedPostgres server = standby.start();
        UserEngineStore store = open(server)) {
      assertEquals(List.of(), reader.readOn(store), "a standby is read as its primary is");
      promote(server);
      append(store, "new", 58);
      assertEquals(names("new", 58), reader.readOn(store));
      append(store, "newer", 2);
      assertEquals(names("newer", 2), reader.readOn(store));
      seen = reader.place;
      assertEquals(
          Stream.of(names("first", 3), names("new", 58), names("newer", 2))
              .flatMap(List::stream)
              .toList(),
          new Reader().readOn(store));
    }

    // That one is lost as well, and another takes over that had never heard of it.
    another.makeStandby();
    try (EmbeddedPostgres server = another.start();
        UserEngineStore store = open(server)) {
      promote(server);
      append(store, "again", 5);
      StoreException.InvalidInput refused =
          assertThrows(
              StoreException.InvalidInput.class,
              () -> store.tenant(TENANT).outbox().readAfter(seen, 10));
      assertEquals("cursor", refused.field());
      assertEquals(
          Stream.of(names("first", 3), names("again", 5)).flatMap(List::stream).toList(),
          new Reader().readOn(store));
    }
  }

  /** A transaction that was prepared on the old timeline commits on the new one. */
  @Test
  void aPreparedTransactionIsWaitedForAcrossAFailover() throws Exception {
    DataDirectory data = new DataDirectory(directory.resolve("data"));
    CallerTransactions transactions = CallerTransactions.on(PostgresOptions.defaults());
    Reader reader = new Reader();
    try (EmbeddedPostgres server = data.start(Map.of("max_prepared_transactions", "2"));
        UserEngineStore store = open(server);
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      store.migrate();
      connection.setAutoCommit(false);
      transactions.join(
          connection,
          TENANT,
          tx -> tx.outbox().append(OutboxDraft.of("thing", "1", "prepared", Json.object())));
      statement.execute("PREPARE TRANSACTION 'left'");
      connection.rollback();
    }
    data.makeStandby();
    try (EmbeddedPostgres server = data.start(Map.of("max_prepared_transactions", "2"));
        UserEngineStore store = open(server)) {
      promote(server);
      append(store, "new", 1);
      assertEquals(List.of(), reader.readOn(store), "the new one waits for the prepared one");
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("COMMIT PREPARED 'left'");
      }
      assertEquals(List.of("prepared", "new0"), reader.readOn(store));
    }
  }

  /** The server is killed before its log writer has written, and forgets what it did not write. */
  @Test
  void whatWasReadOutlivesACrash() throws Exception {
    DataDirectory data = new DataDirectory(directory.resolve("data"));
    Reader reader = new Reader();
    EmbeddedPostgres server =
        data.start(Map.of("synchronous_commit", "off", "wal_writer_delay", "10s"));
    try (UserEngineStore store = open(server)) {
      store.migrate();
      append(store, "kept", 5);
      store.inTransaction(
          TENANT, tx -> tx.outbox().append(OutboxDraft.of("thing", "1", "kept5", Json.object())));
      assertEquals(names("kept", 6), reader.readOn(store));
      new ProcessBuilder("kill", "-KILL", String.valueOf(data.processId())).start().waitFor();
    }
    server.close();
    Files.deleteIfExists(data.path().resolve("postmaster.pid"));
    try (EmbeddedPostgres again = data.start();
        UserEngineStore store = open(again)) {
      append(store, "new", 3);
      assertEquals(names("new", 3), reader.readOn(store));
      assertEquals(
          Stream.of(names("kept", 6), names("new", 3)).flatMap(List::stream).toList(),
          new Reader().readOn(store));
    }
  }
}
