package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.report.LedgerVerifier;
import io.netkingdom.userengine.store.conformance.report.Page;
import io.netkingdom.userengine.store.conformance.report.Reports;
import io.netkingdom.userengine.store.conformance.report.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Run last: asks for the ledger of each cell that there has to be, and for no other one, whatever
 * the tests have reported; and makes one page of all of them.
 */
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "there is a matrix with the profile 'embedded' only")
class MatrixClosedIT {

  @Test
  void everyCellHasLeftALedgerThatIsConformant() throws IOException {
    Path directory = Reports.directory();
    List<String> problems = new ArrayList<>();
    List<Ledger> left = ledgers(directory, problems);
    List<Ledger> ordered = new ArrayList<>();
    for (MatrixCell cell : MatrixCell.all()) {
      List<Ledger> found = left.stream().filter(cell::isOf).toList();
      if (found.size() != 1) {
        problems.add(cell + " has left " + found.size() + " ledgers");
      }
      found.stream()
          .filter(ledger -> !ledger.conformant())
          .forEach(ledger -> problems.add(cell + ": " + ledger.summary()));
      ordered.addAll(found);
    }
    left.stream()
        .filter(ledger -> !ordered.contains(ledger))
        .forEach(ledger -> problems.add(ledger.name() + " is of no cell"));
    List<String> notRun = MatrixCell.notRun();
    Path page = directory.resolveSibling("matrix.html");
    Files.writeString(page, Page.of(ordered, notRun));
    System.out.println("[matrix] " + ordered.size() + " ledgers, one page: " + page.normalize());
    notRun.forEach(reason -> System.out.println("[matrix] not run: " + reason));
    assertEquals(List.of(), problems);
  }

  private static List<Ledger> ledgers(Path directory, List<String> problems) throws IOException {
    if (!Files.isDirectory(directory)) {
      return fail("no cell was run: there is no " + directory);
    }
    List<Ledger> ledgers = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        Verification verification = LedgerVerifier.verify(file, Manifest.current());
        if (verification instanceof Verification.Valid valid) {
          ledgers.add(valid.ledger());
        } else {
          problems.add(file + ": " + ((Verification.Rejected) verification).reason());
        }
      }
    }
    return ledgers;
  }
}
