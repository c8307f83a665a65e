package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own terminal, where it is installed. */
record Psql(Path program) {

  private static final long SECONDS = 60;

  /** The program on the PATH; where there is none, the test is aborted and says so. */
  static Psql find() {
    Optional<Path> found =
        Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(directory -> Path.of(directory, "psql"))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.out.println("[live] skipped a test of psql: there is no psql on the PATH");
      return abort("there is no psql on the PATH");
    }
    return new Psql(found.get());
  }

  /**
   * Runs a file as docs/postgres.md says.
   *
   * @throws IllegalStateException with what it said, if it failed
   */
  void run(ScratchDatabase database, Path file) throws IOException, InterruptedException {
    Path said = Files.createTempFile("psql", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--no-psqlrc",
                  "-1",
                  "-v",
                  "ON_ERROR_STOP=1",
                  "-d",
                  database.dsn(),
                  "-f",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("psql did not end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("psql failed: " + Files.readString(said));
      }
    } finally {
      Files.delete(said);
    }
  }
}
