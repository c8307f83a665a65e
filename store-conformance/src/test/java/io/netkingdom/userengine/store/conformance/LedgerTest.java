package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.IsolationLevel;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static Ledger ledger(Environment environment, String jdk, RuleResult... rules) {
    return new Ledger("bare", environment, made(jdk), List.of(rules), List.of(), List.of());
  }

  private static Provenance made(String jdk) {
    return new Provenance("0.1.0", "sha256:0", jdk, 7, Instant.EPOCH, 3);
  }

  private static final RuleResult HELD =
      new RuleResult("TXN-04", "The fourth.", Verdict.PASS, 3, "");

  @Test
  void aLedgerIsNamedAfterTheAdapterAndWhatItRanOn() {
    assertEquals(
        List.of(
            "bare-jdk17",
            "bare-jdk25",
            "bare-pgjdbc-42.7.14-postgresql-18.6-jdk17",
            "bare-pgjdbc-42.7.14-postgresql-16.15-jdk17",
            "bare-pgjdbc-ng-0.8.9-postgresql-18.6-jdk17"),
        List.of(
                ledger(Environment.none(), "17.0.1+12", HELD),
                ledger(Environment.none(), "25+36", HELD),
                ledger(new Environment("PostgreSQL 18.6", "pgjdbc 42.7.14"), "17.0.1", HELD),
                ledger(new Environment("PostgreSQL 16.15", "pgjdbc 42.7.14"), "17.0.1", HELD),
                ledger(new Environment("PostgreSQL 18.6", "pgjdbc-ng 0.8.9"), "17.0.1", HELD))
            .stream()
            .map(Ledger::name)
            .toList());
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
                Environment.none(),
                made("17"),
                List.of(HELD),
                List.of(),
                List.of("a problem"))
            .conformant());
  }

  @Test
  void anExemptedFailureIsTold() {
    Exemption exemption =
        new Exemption(
            "TXN-05", "known", URI.create("https://example.org/1"), LocalDate.of(2026, 3, 1));
    RuleResult exempted =
        new RuleResult("TXN-05", "The fifth.", Verdict.FAIL, 3, "was 2", exemption);
    Ledger ledger = ledger(Environment.none(), "17", HELD, exempted);
    assertTrue(ledger.conformant());
    assertEquals(List.of(exempted), ledger.exempted());
    assertEquals(
        "bare-jdk17: 2 rules, 1 PASS, 1 FAIL, 0 DECLARED-ABSENT, 0 NOT-RUN, seed 7: conformant but"
            + " for 1 exempted rule",
        ledger.summary());
    assertEquals(
        """
        TXN-05 FAIL: The fifth.
            was 2
            exempted until 2026-03-01: known (https://example.org/1)""",
        exempted.toString());
  }

  @Test
  void anExemptionCoversNothingButAFailureOfItsRule() {
    Exemption exemption =
        new Exemption(
            "TXN-05", "known", URI.create("https://example.org/1"), LocalDate.of(2026, 3, 1));
    for (Verdict verdict : List.of(Verdict.PASS, Verdict.NOT_RUN, Verdict.DECLARED_ABSENT)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new RuleResult("TXN-05", "The fifth.", verdict, 3, "", exemption));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new RuleResult("TXN-06", "The sixth.", Verdict.FAIL, 3, "", exemption));
  }

  @Test
  void anExemptionSaysWhatItIsAboutAndWhere() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    URI issue = URI.create("https://example.org/1");
    for (String rule : List.of("", "TXN-5", "txn-05", "TXN-05 ")) {
      assertThrows(
          IllegalArgumentException.class, () -> new Exemption(rule, "known", issue, day), rule);
    }
    for (String reason : List.of("", " ", "two\nlines", "x".repeat(501))) {
      assertThrows(
          IllegalArgumentException.class, () -> new Exemption("TXN-05", reason, issue, day));
    }
    for (String uri :
        List.of("1", "mailto:a@example.org", "file:///1", "https://a:b@example.org/1")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Exemption("TXN-05", "known", URI.create(uri), day),
          uri);
    }
  }

  @Test
  void theErrorListsEveryBrokenRuleWithWhatWasExpectedAndSeen() {
    Ledger ledger =
        new Ledger(
            "bare",
            Environment.none(),
            made("17"),
            List.of(
                HELD,
                new RuleResult("TXN-05", "The fifth.", Verdict.FAIL, 3, "one: expected 1, was 2"),
                new RuleResult("TXN-06", "The sixth.", Verdict.NOT_RUN, 0, "skipped: why")),
            List.of(),
            List.of("there are two checks for TXN-04"));
    String message = String.valueOf(new ConformanceError(ledger, null).getMessage());
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
        new Ledger("bare", Environment.none(), made("17"), List.of(HELD), results, List.of())
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
