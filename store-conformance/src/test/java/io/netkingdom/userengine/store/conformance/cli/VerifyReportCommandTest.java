package io.netkingdom.userengine.store.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyReportCommandTest {

  @TempDir Path directory;

  /** A ledger in which every rule passes but, if given, one. */
  static Ledger ledger(String adapter, String broken) {
    return new Ledger(
        adapter,
        Environment.none(),
        new Provenance("0.1.0", Manifest.current().hash(), "17", 7, Instant.EPOCH, 3),
        Manifest.current().rules().stream()
            .map(
                rule ->
                    rule.id().equals(broken)
                        ? new RuleResult(rule.id(), rule.title(), Verdict.FAIL, 1, "seen")
                        : new RuleResult(rule.id(), rule.title(), Verdict.PASS, 1, ""))
            .toList(),
        List.of(),
        List.of());
  }

  private Commands verify(String... more) {
    return Commands.run(
        Stream.concat(Stream.of("verify-report", directory.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void wholeAndConformantLedgersAreAccepted() {
    Reports.write(ledger("one", ""), directory);
    Reports.write(ledger("two", ""), directory);
    Commands run = verify("--adapter", "one", "-a", "two");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of(ledger("one", "").summary(), ledger("two", "").summary()),
        run.out().lines().toList());
  }

  @Test
  void oneThatIsNotConformantIsEnoughToFail() {
    Reports.write(ledger("one", ""), directory);
    Reports.write(ledger("two", "TXN-04"), directory);
    Commands run = verify();
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("TXN-04 FAIL: "), run.err());
  }

  @Test
  void oneThatIsDamagedIsEnoughToFailAndIsNamed() throws IOException {
    Path file = Reports.write(ledger("one", ""), directory);
    Files.writeString(file, Files.readString(file).replace("\"seed\" : 7", "\"seed\" : 8"));
    Reports.write(ledger("two", ""), directory);
    Commands run = verify();
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("rejected: " + file + ": its digest is "), run.err());
    assertEquals(List.of(ledger("two", "").summary()), run.out().lines().toList());
  }

  @Test
  void anAdapterThatIsInsistedOnHasToHaveOne() {
    Reports.write(ledger("one", ""), directory);
    Commands run = verify("--adapter", "two");
    assertEquals(1, run.code());
    assertEquals("there is no whole ledger of two", run.err().strip());
  }

  @Test
  void noLedgerAtAllIsNotPassedOver() {
    for (Path path : List.of(directory, directory.resolve("absent"))) {
      Commands run = Commands.run("verify-report", path.toString());
      assertEquals(3, run.code());
      assertTrue(run.err().startsWith("there is no ledger in " + path + ": "), run.err());
    }
  }
}
