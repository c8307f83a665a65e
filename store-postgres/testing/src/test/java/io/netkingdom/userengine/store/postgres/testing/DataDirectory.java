package io.netkingdom.userengine.store.postgres.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a server, which outlive it: the next one that is started on them has its data. */
record DataDirectory(Path path) {

  EmbeddedPostgres start() throws IOException {
    return EmbeddedBinaries.builder()
        .setDataDirectory(path)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "off")
        .start();
  }

  /** The next server is a hot standby, of a primary that is not there. */
  void makeStandby() throws IOException {
    Files.createFile(path.resolve("standby.signal"));
  }

  /** Of the server's first process. */
  long processId() throws IOException {
    return Long.parseLong(Files.readAllLines(path.resolve("postmaster.pid")).get(0));
  }
}
