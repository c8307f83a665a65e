package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.report.LedgerVerifier;
import io.netkingdom.userengine.store.conformance.report.Reports;
import io.netkingdom.userengine.store.conformance.report.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ledgers that a command was pointed at.
 *
 * @param whole those that are whole, in the order of the arguments, and by name within a directory
 * @param rejected the others, each with its file and what is wrong with it
 */
record LedgerFiles(List<Ledger> whole, List<String> rejected) {

  private static final String SUFFIX = ".json";

  /**
   * Reads files, and all ledgers of directories.
   *
   * @param paths where to look; in the directory that runs leave their reports in, if empty
   * @throws ConformanceRefusal if there is none to read, or one that cannot be read
   */
  static LedgerFiles read(List<Path> paths) {
    LedgerFiles read = new LedgerFiles(new ArrayList<>(), new ArrayList<>());
    for (Path path : paths.isEmpty() ? List.of(Reports.directory()) : paths) {
      List<Path> files = files(path);
      if (files.isEmpty()) {
        throw new ConformanceRefusal(
            "there is no ledger in "
                + path
                + ": no run of the whole plan has left one. Surefire runs classes that are named"
                + " Test*, *Test, *Tests or *TestCase; one under another name, and one that is"
                + " disabled, leaves no ledger");
      }
      files.forEach(read::add);
    }
    return read;
  }

  private void add(Path file) {
    try {
      Verification verification = LedgerVerifier.verify(file, Manifest.current());
      if (verification instanceof Verification.Valid valid) {
        whole.add(valid.ledger());
      } else {
        rejected.add(file + ": " + ((Verification.Rejected) verification).reason());
      }
    } catch (IOException e) {
      throw new ConformanceRefusal(file + " cannot be read", e);
    }
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      // A path that is not there is told like a directory without ledgers.
      return Files.exists(path) ? List.of(path) : List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new ConformanceRefusal(path + " cannot be read", e);
    }
  }
}
