package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each project outside that was built was judged by a script of its own. A script that the plugin
 * does not look for is left out without a word, and the build alone would be taken for the proof.
 * Runs after the projects were built.
 */
class OutsideScriptsCheck {

  @ParameterizedTest
  @MethodSource("projects")
  void itsScriptsHaveRun(Path project) throws IOException {
    String log = Files.readString(project.resolve("build.log"));
    List<Path> scripts = in(project).filter(OutsideScriptsCheck::isScript).toList();

    assertFalse(scripts.isEmpty(), "there is no script");
    scripts.forEach(
        script ->
            assertTrue(
                log.contains("Running post-build script: " + script.toAbsolutePath().normalize()),
                () -> script + " has run"));
  }

  /** Those that were built; there may be some of them only, where somebody asked for that. */
  private static List<Path> projects() throws IOException {
    return in(Path.of(System.getProperty("userengine.outside", "")))
        .filter(project -> Files.exists(project.resolve("build.log")))
        .toList();
  }

  private static boolean isScript(Path file) {
    return file.toString().endsWith(".groovy");
  }

  private static Stream<Path> in(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList().stream();
    }
  }
}
