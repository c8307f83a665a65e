package io.netkingdom.userengine.store.postgres.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of a server, which outlive it: the next one that is started on them has its data. */
record DataDirectory(Path path) {

  EmbeddedPostgres start() throws IOException {
    return builder().start();
  }

  /** Starts with settings of the server's. */
  EmbeddedPostgres start(Map<String, String> settings) throws IOException {
    EmbeddedPostgres.Builder builder = builder();
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedBinaries.builder().setDataDirectory(path).setCleanDataDirectory(false);
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
