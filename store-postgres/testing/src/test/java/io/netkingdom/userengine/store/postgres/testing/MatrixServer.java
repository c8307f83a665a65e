package io.netkingdom.userengine.store.postgres.testing;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of the matrix. The build copies the jar with each one's binaries into a directory: they
 * all hold the same resource, and so cannot be on one class path.
 *
 * @param jar the binaries
 * @param version as the server tells it: {@code 18.6}
 */
record MatrixServer(Path jar, String version) implements PgBinaryResolver {

  /** The newest first. */
  static final List<Integer> MAJORS = List.of(18, 17, 16, 15, 14);

  /** The system property with the directory. */
  private static final String DIRECTORY = "userengine.matrix.servers";

  private static final Pattern JAR = Pattern.compile(".*-(\\d+\\.\\d+)\\.\\d+\\.jar");

  /**
   * The server of that major version.
   *
   * @throws IllegalStateException if there is not exactly one
   */
  static MatrixServer of(int major) {
    Path directory = Path.of(System.getProperty(DIRECTORY, "target/servers"));
    try (Stream<Path> files = Files.list(directory)) {
      List<MatrixServer> found =
          files
              .map(file -> new MatrixServer(file, versionOf(file)))
              .filter(server -> server.version.startsWith(major + "."))
              .toList();
      if (found.size() != 1) {
        throw new IllegalStateException(
            found.size() + " jars of PostgreSQL " + major + " in " + directory);
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versionOf(Path jar) {
    Matcher name = JAR.matcher(String.valueOf(jar.getFileName()));
    return name.matches() ? name.group(1) : "";
  }

  EmbeddedServer start() {
    return EmbeddedServer.start(this);
  }

  /** The one archive of the jar, which is of the platform that the build has chosen. */
  @Override
  public InputStream getPgBinary(String system, String machineHardware) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().endsWith(".txz")) {
          return new ByteArrayInputStream(file.getInputStream(entry).readAllBytes());
        }
      }
    }
    throw new FileNotFoundException("no binaries in " + jar);
  }

  @Override
  public String toString() {
    return "PostgreSQL " + version;
  }
}
