package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs are run only from where nobody else can have put them. */
class PrivateDirectoryTest {

  private static final String NAME = "binaries";

  @TempDir private Path parent;

  @BeforeAll
  static void needModes() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  private static String mode(Path directory) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
  }

  private void requireRefused() {
    assertThrows(IOException.class, () -> PrivateDirectory.in(parent, NAME));
  }

  @Test
  void itIsMadeForItsOwnerAloneAndTakenAgain() throws IOException {
    Path made = PrivateDirectory.in(parent, NAME);
    assertEquals("rwx------", mode(made));
    assertEquals(made, PrivateDirectory.in(parent, NAME));
    try (Stream<Path> left = Files.list(parent)) {
      assertEquals(List.of(made), left.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwx--x---", "rwx-----x", "rwxr-x---"})
  void oneThatOthersMayUseIsRefused(String mode) throws IOException {
    Path open = Files.createDirectory(parent.resolve(NAME));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
    requireRefused();
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws IOException {
    Path target = PrivateDirectory.in(parent, "target");
    Files.createSymbolicLink(parent.resolve(NAME), target);
    requireRefused();
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.createFile(
        parent.resolve(NAME),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    requireRefused();
  }

  @Test
  void somebodyElsesIsRefused() throws IOException {
    Path directory = PrivateDirectory.in(parent, NAME);
    assumeTrue(Files.getOwner(directory).getName().equals("root"), "only root can give it away");
    Files.setOwner(
        directory,
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    requireRefused();
  }

  /** Whoever starts a server in another way runs what may be anybody's. */
  @Test
  void everyServerIsStartedFromThere() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      List<String> starting =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> contains(file, "EmbeddedPostgres" + ".builder()"))
              .map(file -> String.valueOf(file.getFileName()))
              .toList();
      assertEquals(List.of("EmbeddedBinaries.java"), starting);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
