package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** Reads what Maven resolved for this module, which its pom has written to {@code target}. */
final class DependenciesTest {

  private static final String DRIVER = "META-INF/services/java.sql.Driver";

  @ParameterizedTest
  @ValueSource(strings = {"compile", "runtime"})
  void noJdbcDriverIsAmongTheDependenciesThatUsersInherit(String scope) throws IOException {
    List<Path> resolved = resolved(scope);
    assertTrue(resolved.stream().anyMatch(p -> p.toString().contains("HikariCP")), "" + resolved);
    assertTrue(resolved.stream().anyMatch(p -> p.toString().contains("store-api")), "" + resolved);
    List<Path> drivers = new ArrayList<>();
    for (Path entry : resolved) {
      if (registersDriver(entry)) {
        drivers.add(entry);
      }
    }
    assertEquals(List.of(), drivers);
  }

  @Test
  void aDriverWouldBeRecognised() throws Exception {
    Path pgjdbc = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertTrue(registersDriver(pgjdbc));
  }

  private static List<Path> resolved(String scope) throws IOException {
    Path list = Path.of("target", "dependencies", scope + ".txt");
    List<Path> paths = new ArrayList<>();
    for (String path : Files.readString(list).strip().split(File.pathSeparator, -1)) {
      paths.add(Path.of(path));
    }
    return paths;
  }

  private static boolean registersDriver(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      return Files.exists(entry.resolve(DRIVER));
    }
    try (ZipFile jar = new ZipFile(entry.toFile())) {
      return jar.getEntry(DRIVER) != null;
    }
  }
}
