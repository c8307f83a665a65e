package io.netkingdom.userengine.store.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  @TempDir Path directory;

  @Test
  void theRulesThatDifferAreToldColumnByColumn() {
    Reports.write(VerifyReportCommandTest.ledger("one", ""), directory);
    Reports.write(VerifyReportCommandTest.ledger("two", "TXN-04"), directory);
    Commands run = Commands.run("compare", directory.toString());
    assertEquals(1, run.code(), run.err());
    int rules = Manifest.current().rules().size();
    assertEquals(
        List.of(
            "(1) " + VerifyReportCommandTest.ledger("one", "").summary(),
            "(2) " + VerifyReportCommandTest.ledger("two", "TXN-04").summary(),
            "TXN-04  (1) PASS             (2) FAIL",
            rules - 1 + " of " + rules + " rules have one verdict in all of them"),
        run.out().lines().toList());
  }

  @Test
  void thePageHasEachOfThem() throws IOException {
    Path page = directory.resolve("made").resolve("page.html");
    Path one = Reports.write(VerifyReportCommandTest.ledger("acme-one", ""), directory);
    Path two = Reports.write(VerifyReportCommandTest.ledger("acme-two", ""), directory);
    Commands run =
        Commands.run("compare", two.toString(), one.toString(), "--page", page.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().endsWith(page + System.lineSeparator()), run.out());
    String html = Files.readString(page);
    assertTrue(html.startsWith("<!DOCTYPE html>"), html.substring(0, 40));
    assertTrue(
        html.indexOf("acme-two") < html.indexOf("acme-one"), "in the order of the arguments");
  }

  @Test
  void oneThatIsRejectedIsNamedAndNotCompared() throws IOException {
    Path one = Reports.write(VerifyReportCommandTest.ledger("one", ""), directory);
    Reports.write(VerifyReportCommandTest.ledger("two", ""), directory);
    Files.writeString(one, Files.readString(one).replace("PASS", "FAIL"));
    Commands run = Commands.run("compare", directory.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("rejected: " + one + ": "), run.err());
    assertEquals(2, run.out().lines().count());
  }
}
