package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A user's home and environment variables, made up for a test; there is nothing at first. */
final class Surroundings {

  static final String USER = "os-user";

  private final Path home;
  private final Map<String, String> variables = new HashMap<>();

  Surroundings(Path home) {
    this.home = home;
  }

  /** Without a home, for texts that need nothing from around them. */
  static LibpqEnvironment none() {
    return new LibpqEnvironment(Map.of(), USER, "", false);
  }

  Surroundings with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** All of the space-separated {@code NAME=value}. */
  Surroundings with(@Nullable String settings) {
    for (String setting : settings == null ? new String[0] : settings.split(" ", -1)) {
      int equals = setting.indexOf('=');
      with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return this;
  }

  /** Writes a file that only its owner can read and write. */
  Path file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  Path file(String name, byte[] content, String permissions) {
    Path file = home.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  Path home() {
    return home;
  }

  LibpqEnvironment onUnix() {
    return new LibpqEnvironment(variables, USER, home.toString(), false);
  }

  LibpqEnvironment onWindows() {
    return new LibpqEnvironment(variables, USER, home.toString(), true);
  }

  Dsn.Postgres parse(String text) {
    return assertInstanceOf(Dsn.Postgres.class, DsnParser.parse(text, onUnix()));
  }

  /** The reason why a text is refused; it is one line, and nothing is behind it. */
  String refusal(String text) {
    return refusal(text, onUnix());
  }

  static String refusal(String text, LibpqEnvironment environment) {
    StoreException.InvalidInput refused =
        assertThrows(
            StoreException.InvalidInput.class, () -> DsnParser.parse(text, environment), () -> "");
    assertEquals("dsn", refused.field());
    assertEquals(null, refused.getCause());
    assertEquals(0, refused.getSuppressed().length);
    return refused.reason();
  }

  /** One line for all of it, so that a row of a table is easy to read. */
  static String spelled(Dsn.Postgres dsn) {
    return dsn.hosts()
        + " "
        + dsn.database()
        + " "
        + dsn.user()
        + " "
        + dsn.password()
        + " "
        + new TreeMap<>(dsn.parameters());
  }
}
