package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signs in with what only a password file or a service file knows, to a server that checks it. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "needs a server of its own that asks for passwords")
class ConnectionFilesIT {

  private static final String PASSWORD = "Canary:5e6f\\ü";
  private static final String PASSWORD_IN_A_FILE = "Canary\\:5e6f\\\\ü";

  private static EmbeddedPostgres server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server =
        EmbeddedBinaries.builder()
            .setDataDirectoryCustomizer(ConnectionFilesIT::askForPasswords)
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'");
      statement.execute("CREATE DATABASE accounts OWNER app");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static void askForPasswords(File data) {
    try {
      Files.writeString(
          data.toPath().resolve("pg_hba.conf"),
          """
          host all postgres samehost trust
          host all app samehost scram-sha-256
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  private static String target() {
    return "host=127.0.0.1 port=" + server.getPort() + " dbname=accounts user=app";
  }

  /** With nothing from the environment, which may speak of a developer's own database. */
  private static Dsn parse(String text) {
    return Dsn.parse(text, Map.of());
  }

  private static void works(String text) {
    try (UserEngineStore store =
        PostgresUserEngineStore.open(parse(text), PostgresOptions.defaults())) {
      store.migrate();
      assertInstanceOf(Readiness.Ready.class, store.readiness());
      // It is the database that was meant: the one that this role owns.
      User ada = store.tenant(TenantId.of("files")).users().create(UserDraft.named("ada"));
      store.tenant(TenantId.of("files")).users().delete(ada.id());
    }
  }

  /** The provider is asked itself: a store's pool would try again for as long as it may. */
  private static void signInFails(String text) {
    Dsn dsn = parse(text);
    DataSource source = ConnectionProviders.discover().choose(dsn).dataSource();
    SQLException failure = assertThrows(SQLException.class, () -> source.getConnection().close());
    assertTrue(Set.of("28P01", "08004").contains(failure.getSQLState()), failure.toString());
    assertFalse(failure.toString().contains("Canary"), failure.toString());
  }

  @Test
  void thePasswordMayComeFromAPasswordFile() throws IOException {
    Path passwords =
        file("passwords", "127.0.0.1:" + server.getPort() + ":accounts:app:" + PASSWORD_IN_A_FILE);

    works(target() + " passfile='" + passwords + "'");
  }

  @Test
  void everythingMayComeFromAServiceThatNamesAPasswordFile() throws IOException {
    Path passwords = file("passwords", "*:*:accounts:app:" + PASSWORD_IN_A_FILE);
    Path services =
        file(
            "services",
            "[live]\n" + target().replace(' ', '\n') + "\npassfile=" + passwords + "\n");

    works("postgresql:///?service=live&servicefile=" + encoded(services));
  }

  @Test
  void aPasswordMayComeFromAService() throws IOException {
    Path services = file("services", "[live]\npassword=" + PASSWORD + "\n");

    works(target() + " service=live servicefile='" + services + "'");
  }

  @Test
  void withoutAPasswordOrWithAnotherOnesTheServerRefuses() throws IOException {
    Path others =
        file(
            "passwords",
            "*:*:other:app:" + PASSWORD_IN_A_FILE + "\n*:*:*:app:" + PASSWORD_IN_A_FILE + "x\n");

    signInFails(target() + " passfile='" + file("empty", "") + "'");
    signInFails(target() + " passfile='" + others + "'");
  }

  /** The driver would take the password from the file that its own property names. */
  @Test
  void theDriverIsNotToLookForAPasswordByItself() throws IOException {
    Path passwords = file("passwords", "*:*:*:*:" + PASSWORD_IN_A_FILE);
    System.setProperty("org.postgresql.pgpassfile", passwords.toString());
    try {
      signInFails(target() + " passfile='" + file("empty", "") + "'");
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  private static String encoded(Path path) {
    return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
