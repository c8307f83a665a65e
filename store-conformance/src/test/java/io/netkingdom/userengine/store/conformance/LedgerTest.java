package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netkingdom.userengine.store.IsolationLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static Ledger ledger(Environment environment, String jdk, RuleResult... rules) {
    return new Ledger("bare", "0.1.0", environment, jdk, 7, List.of(rules), List.of(), List.of());
  }

  private static final RuleResult HELD =
      new RuleResult("TXN-04", "The fourth.", Verdict.PASS, 3, "");

  @Test
  void aLedgerIsValidJsonWhateverAMessageHolds() throws IOException {
    String hostile = "\" \\ \u0000 \r\n \u2028 </script> \uD83D\uDE00 {\"a\":[";
    Ledger ledger =
        new Ledger(
            "bare",
            "0.1.0",
            new Environment(hostile, hostile),
            hostile,
            7,
            List.of(new RuleResult("TXN-04", hostile, Verdict.FAIL, 3, hostile)),
            List.of(),
            List.of(hostile));
    List<String> texts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(LedgerFile.toJson(ledger))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.add(json.getText());
        }
      }
    }
    assertEquals(6, texts.stream().filter(hostile::equals).count());
  }

  @Test
  void aFileIsNamedAfterTheAdapterAndWhatItRanOn(@TempDir Path directory) throws IOException {
    List<Ledger> runs =
        List.of(
            ledger(Environment.none(), "17.0.1+12", HELD),
            ledger(Environment.none(), "25+36", HELD),
            ledger(new Environment("PostgreSQL 18.6", "pgjdbc 42.7.14"), "17.0.1", HELD),
            ledger(new Environment("PostgreSQL 16.15", "pgjdbc 42.7.14"), "17.0.1", HELD),
            ledger(new Environment("PostgreSQL 18.6", "pgjdbc-ng 0.8.9"), "17.0.1", HELD));
    List<String> names = new ArrayList<>();
    for (Ledger run : runs) {
      Path file = LedgerFile.write(run, directory.resolve("made"));
      assertTrue(Files.readString(file).contains("\"id\" : \"TXN-04\""));
      names.add(String.valueOf(file.getFileName()));
    }
    assertEquals(
        List.of(
            "bare-jdk17.json",
            "bare-jdk25.json",
            "bare-pgjdbc-42.7.14-postgresql-18.6-jdk17.json",
            "bare-pgjdbc-42.7.14-postgresql-16.15-jdk17.json",
            "bare-pgjdbc-ng-0.8.9-postgresql-18.6-jdk17.json"),
        names);
  }

  @Test
  void onlyALedgerWithoutBrokenRulesAndProblemsIsConformant() {
    RuleResult absent =
        new RuleResult("LIF-03", "Shared.", Verdict.DECLARED_ABSENT, 3, "saw nothing");
    assertTrue(ledger(Environment.none(), "17", HELD, absent).conformant());
    assertFalse(ledger(Environment.none(), "17").conformant());
    for (Verdict verdict : List.of(Verdict.FAIL, Verdict.NOT_RUN)) {
      RuleResult broken = new RuleResult("TXN-05", "The fifth.", verdict, 3, "seen");
      assertFalse(ledger(Environment.none(), "17", HELD, broken).conformant());
    }
    assertFalse(
        new Ledger(
                "bare",
                "1",
                Environment.none(),
                "17",
                7,
                List.of(HELD),
                List.of(),
                List.of("a problem"))
            .conformant());
  }

  @Test
  void theErrorListsEveryBrokenRuleWithWhatWasExpectedAndSeen() {
    Ledger ledger =
        new Ledger(
            "bare",
            "1",
            Environment.none(),
            "17",
            7,
            List.of(
                HELD,
                new RuleResult("TXN-05", "The fifth.", Verdict.FAIL, 3, "one: expected 1, was 2"),
                new RuleResult("TXN-06", "The sixth.", Verdict.NOT_RUN, 0, "skipped: why")),
            List.of(),
            List.of("there are two checks for TXN-04"));
    String message = String.valueOf(new ConformanceError(ledger).getMessage());
    assertEquals(
        """
        bare-jdk17: 3 rules, 1 PASS, 1 FAIL, 0 DECLARED-ABSENT, 1 NOT-RUN, \
        1 problems, seed 7: NOT conformant
          there are two checks for TXN-04
          TXN-05 FAIL: The fifth.
              one: expected 1, was 2
          TXN-06 NOT-RUN: The sixth.
              skipped: why
          The rules are written down in docs/contract.md under their ids.""",
        message);
  }

  @Test
  void theTableOfAnomaliesHasARowForEachAndAColumnForEachLevel() {
    List<AnomalyResult> results = new ArrayList<>();
    results.add(new AnomalyResult(IsolationLevel.SERIALIZABLE, Anomaly.G0, false, true));
    results.add(new AnomalyResult(IsolationLevel.READ_COMMITTED, Anomaly.P4, true, true));
    results.add(new AnomalyResult(IsolationLevel.READ_COMMITTED, Anomaly.G2, true, false));
    results.add(new AnomalyResult(IsolationLevel.READ_COMMITTED, Anomaly.G0, false, false));
    List<String> rows =
        new Ledger("bare", "1", Environment.none(), "17", 7, List.of(HELD), results, List.of())
            .anomalyTable()
            .lines()
            .toList();
    assertEquals(2 + Anomaly.values().length, rows.size());
    assertEquals("| anomaly | READ_COMMITTED | SERIALIZABLE |", rows.get(0));
    assertEquals("|---|---|---|", rows.get(1));
    assertEquals(
        "| G0, dirty write | prevented | happens, though declared as prevented |", rows.get(2));
    assertTrue(rows.contains("| P4, lost update | happens | not run |"));
    assertTrue(rows.contains("| G2, write skew by phantoms | may happen, not seen | not run |"));
  }
}
