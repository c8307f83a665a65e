package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * What a run leaves behind: the ledger in JSON, and made of it, XML for build servers and a page
 * for people.
 */
public final class Reports {

  /** Sets the directory that reports go to. */
  public static final String DIRECTORY = "userengine.conformance.directory";

  private Reports() {}

  /**
   * Writes all reports where the system property says, and prints a summary and the page's path.
   */
  public static void leave(Ledger ledger) {
    Path directory = directory();
    write(ledger, directory);
    System.out.println("[conformance] " + ledger.summary());
    System.out.println("[conformance] " + shown(directory.resolve(ledger.name() + ".html")));
  }

  /** Where reports go, unless they are told otherwise. */
  public static Path directory() {
    return Path.of(System.getProperty(DIRECTORY, "target/conformance"));
  }

  /**
   * Writes all reports into a directory, which is made if need be. Each file appears whole or not
   * at all, also if the run is killed, and replaces that of an earlier run of the same name.
   *
   * @return the ledger's file
   * @throws UncheckedIOException if one of them could not be written
   */
  public static Path write(Ledger ledger, Path directory) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(ledger.name() + ".json");
      // The ledger comes first: what is made of it can be made again.
      replace(file, LedgerJson.write(ledger));
      replace(directory.resolve(ledger.name() + ".xml"), JUnitXml.write(ledger));
      replace(directory.resolve(ledger.name() + ".html"), Page.of(List.of(ledger)));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the reports could not be written", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    // Not a temporary file of the platform's, which nobody else may read.
    Path written = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      Files.writeString(written, text);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** From the working directory, if the file is below it. */
  private static Path shown(Path file) {
    Path from = Path.of("").toAbsolutePath();
    Path to = file.toAbsolutePath().normalize();
    return to.startsWith(from) ? from.relativize(to) : to;
  }
}
