package io.netkingdom.userengine.store.postgres.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The one place from which embedded servers are started. Their binaries are unpacked once, and stay
 * for the next process of the same user.
 */
final class EmbeddedBinaries {

  private EmbeddedBinaries() {}

  /**
   * Servers with binaries that only this user can have put there.
   *
   * @throws UncheckedIOException if there is no directory that is this user's alone
   */
  static EmbeddedPostgres.Builder builder() {
    try {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
      // The library opens to everybody the directory that it is given; hence one within.
      Path directory =
          PrivateDirectory.in(temporary, "user-engine-embedded-" + user).resolve("binaries");
      return EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(directory.toFile())
          .setServerConfig("fsync", "off")
          // As servers have it: the library switches it off.
          .setServerConfig("synchronous_commit", "on");
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL was not unpacked", e);
    }
  }
}
