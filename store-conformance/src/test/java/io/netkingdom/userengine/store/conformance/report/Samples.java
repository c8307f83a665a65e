package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Small ledgers that hold everything that a ledger can hold. */
final class Samples {

  static final Manifest MANIFEST =
      Manifest.parse(
          """
          SMP-01 | core | 0.1.0 | The first MUST hold.
          SMP-02 | core | 0.1.0 | The second MUST hold.
          SMP-03 | durable | 0.1.0 | The third MUST hold.
          OTH-01 | core | 0.1.0 | The fourth MUST hold.
          OTH-02 | core | 0.1.0 | The fifth MUST hold.
          """);

  static final Exemption EXEMPTION =
      new Exemption(
          "OTH-02",
          "known since March",
          URI.create("https://example.org/issues/1"),
          LocalDate.of(2026, 4, 1));

  static final RuleResult HELD = rule("SMP-01", Verdict.PASS, "");
  static final RuleResult BROKEN = rule("SMP-02", Verdict.FAIL, "one: expected 1, was 2");
  static final RuleResult ABSENT = rule("SMP-03", Verdict.DECLARED_ABSENT, "saw it refused");
  static final RuleResult NOT_RUN = rule("OTH-01", Verdict.NOT_RUN, "the run did not reach it");
  static final RuleResult EXEMPTED =
      new RuleResult(
          "OTH-02",
          "The fifth MUST hold.",
          Verdict.FAIL,
          1234,
          "two: expected 2, was 3",
          EXEMPTION);

  private Samples() {}

  /** With every verdict, an exemption, anomalies and a problem. */
  static Ledger broken() {
    return ledger(
        "bare",
        List.of(HELD, BROKEN, ABSENT, NOT_RUN, EXEMPTED),
        List.of(
            new AnomalyResult(IsolationLevel.READ_COMMITTED, Anomaly.G0, false, false),
            new AnomalyResult(IsolationLevel.READ_COMMITTED, Anomaly.P4, true, true),
            new AnomalyResult(IsolationLevel.SERIALIZABLE, Anomaly.P4, false, true)),
        List.of("there are two checks for SMP-01"));
  }

  /** Conformant without an exemption. */
  static Ledger conformant() {
    return ledger(
        "fine",
        MANIFEST.rules().stream().map(rule -> rule(rule.id(), Verdict.PASS, "")).toList(),
        List.of(),
        List.of());
  }

  static RuleResult rule(String id, Verdict verdict, String message) {
    return new RuleResult(id, MANIFEST.find(id).orElseThrow().title(), verdict, 12, message);
  }

  static Ledger ledger(
      String adapter,
      List<RuleResult> rules,
      List<AnomalyResult> anomalies,
      List<String> problems) {
    return new Ledger(
        adapter,
        new Environment("PostgreSQL 18.6", "pgjdbc 42.7.14"),
        new Provenance(
            "0.1.0",
            MANIFEST.hash(),
            "17.0.1+12",
            7,
            Instant.parse("2026-03-01T10:20:30.400Z"),
            61_002),
        rules,
        anomalies,
        problems);
  }
}
