package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run leaves behind. */
public final class Reports {

  /** Sets the directory that reports go to. */
  public static final String DIRECTORY = "userengine.conformance.directory";

  private Reports() {}

  /** Writes all reports where the system property says, and prints a summary. */
  public static void leave(Ledger ledger) {
    write(ledger, directory());
    System.out.println("[conformance] " + ledger.summary());
  }

  /** Where reports go, unless they are told otherwise. */
  public static Path directory() {
    return Path.of(System.getProperty(DIRECTORY, "target/conformance"));
  }

  /**
   * Writes all reports into a directory, which is made if need be.
   *
   * @return the ledger's file
   * @throws UncheckedIOException if one of them could not be written
   */
  public static Path write(Ledger ledger, Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.writeString(
          directory.resolve(ledger.name() + ".json"), LedgerJson.write(ledger));
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger could not be written", e);
    }
  }
}
