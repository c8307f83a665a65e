package io.netkingdom.userengine.store.conformance.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.BareFixture;
import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.rules.SampleChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LedgerRecorderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T23:59:59Z");

  private static final Manifest ONE = Manifest.parse("SMP-01 | core | 0.1.0 | The first.");
  private static final Manifest ALL =
      Manifest.parse(
          """
          SMP-01 | core | 0.1.0 | Holds.
          SMP-02 | core | 0.1.0 | Fails.
          SMP-03 | core | 0.1.0 | Observes nothing.
          SMP-04 | core | 0.1.0 | Is disabled.
          SMP-05 | core | 0.1.0 | Aborts.
          SMP-06 | core | 0.1.0 | Throws what may hold a secret.
          SMP-07 | core | 0.1.0 | Throws an AssertionError of its own.
          SMP-08 | core | 0.1.0 | Expects another exception.
          SMP-09 | core | 0.1.0 | Throws a StoreException.
          SMP-10 | shared-between-stores | 0.1.0 | Needs a capability.
          SMP-11 | core | 0.1.0 | Expects inside an expectation.
          SMP-12 | core | 0.1.0 | Has no check.
          SMP-13 | core | 0.1.0 | Fails in another thread.
          SMP-14 | core | 0.1.0 | Begins a transaction in another thread.
          """);

  private static Ledger run(Manifest manifest, Class<?>... checks) {
    return run(new BareFixture(), manifest, Duration.ofMinutes(1), checks);
  }

  private static Ledger run(
      StoreFixture fixture, Manifest manifest, Duration limit, Class<?>... checks) {
    PlanOptions options =
        new PlanOptions(
            manifest, Checks.in(List.of(checks)), 1, limit, Clock.fixed(NOW, ZoneOffset.UTC));
    try (PlanRun run = PlanRun.begin(fixture, options)) {
      run.rules().forEach(run::run);
      return run.ledger();
    }
  }

  private static RuleResult rule(Ledger ledger, String id) {
    return ledger.find(id).orElseThrow();
  }

  private static void assertRule(String id, Verdict verdict, String message) {
    RuleResult rule = rule(run(ALL, SampleChecks.Ends.class), id);
    assertEquals(verdict, rule.verdict());
    assertEquals(message, rule.message().lines().findFirst().orElse(""));
  }

  @Test
  void aRuleThatHoldsPasses() {
    assertRule("SMP-01", Verdict.PASS, "");
    assertTrue(run(ONE, SampleChecks.Twice.class).conformant());
  }

  @Test
  void aFailedExpectationFailsWithWhatWasExpectedAndSeen() {
    assertRule("SMP-02", Verdict.FAIL, "the answer: expected 42, but was 41");
    assertRule("SMP-11", Verdict.FAIL, "the inner one: expected 1, but was 2");
  }

  @Test
  void aCheckThatObservedNothingWasNotRun() {
    assertRule("SMP-03", Verdict.NOT_RUN, "the check observed nothing");
  }

  @Test
  void aDisabledCheckWasNotRun() {
    assertRule("SMP-04", Verdict.NOT_RUN, "skipped: not today");
  }

  @Test
  void anAbortedCheckWasNotRun() {
    assertRule(
        "SMP-05", Verdict.NOT_RUN, "aborted: unexpected org.opentest4j.TestAbortedException");
  }

  @Test
  void anExceptionFailsAndIsNamedWithoutItsMessage() {
    assertRule("SMP-06", Verdict.FAIL, "unexpected java.lang.IllegalStateException");
    assertRule("SMP-07", Verdict.FAIL, "unexpected java.lang.AssertionError");
    assertRule(
        "SMP-08",
        Verdict.FAIL,
        "connecting: expected NotFound, but it threw java.lang.IllegalStateException");
    String message = rule(run(ALL, SampleChecks.Ends.class), "SMP-06").message();
    assertTrue(message.contains("caused by java.sql.SQLException (SQLState 08006)"), message);
    assertTrue(message.contains("SampleChecks$Ends.throwsWhatMayHoldASecret"), message);
  }

  @Test
  void aStoreExceptionIsReportedOnOneLine() {
    assertRule(
        "SMP-09",
        Verdict.FAIL,
        "unexpected Conflict (userName\\u000d\\u000aforged is held by another record)");
  }

  @Test
  void whatIsNotDeclaredIsObservedToBeRefused() {
    RuleResult rule = rule(run(ALL, SampleChecks.Ends.class), "SMP-10");
    assertEquals(Verdict.FAIL, rule.verdict());
    assertTrue(
        rule.message().contains("java.lang.IllegalStateException"),
        "the bare store has no records, so that its refusal cannot be observed");
  }

  @Test
  void aRuleWithoutACheckWasNotRun() {
    assertRule("SMP-12", Verdict.NOT_RUN, "the run did not reach it");
  }

  @Test
  void anyOfThemIsNotConformant() {
    Ledger ledger = run(ALL, SampleChecks.Ends.class);
    assertFalse(ledger.conformant());
    assertEquals(13, ledger.broken().size());
    assertEquals(14, ledger.rules().size());
    assertFalse(run(ALL, SampleChecks.Twice.class).conformant());
  }

  @Test
  void aRunOfNoRulesIsNotConformant() {
    assertFalse(run(Manifest.parse("")).conformant());
  }

  @Test
  void aCheckForAnUnknownRuleIsAProblem() {
    Ledger ledger = run(ONE, SampleChecks.Twice.class, SampleChecks.Unlisted.class);
    assertEquals(
        List.of("there is a check for SMP-99, which is not in the manifest"), ledger.problems());
    assertFalse(ledger.conformant());
  }

  @Test
  void twoChecksForOneRuleAreAProblem() {
    Ledger ledger = run(ALL, SampleChecks.Ends.class, SampleChecks.Twice.class);
    assertEquals(List.of("there are two checks for SMP-01"), ledger.problems());
  }

  @Test
  void anAbortedContainerIsAProblemAndItsRulesWereNotRun() {
    Ledger ledger = run(ONE, SampleChecks.AbortedContainer.class);
    assertEquals(Verdict.NOT_RUN, rule(ledger, "SMP-01").verdict());
    assertEquals(1, ledger.problems().size());
    assertTrue(ledger.problems().get(0).contains("did not complete"), ledger.problems().get(0));
  }

  @Test
  void aCheckThatHangsIsLeftBehindTogetherWithItsStore() {
    BareFixture fixture = new BareFixture();
    Manifest two =
        Manifest.parse("SMP-01 | core | 0.1.0 | Hangs.\nSMP-02 | core | 0.1.0 | Follows.");
    try {
      Ledger ledger = run(fixture, two, Duration.ofSeconds(2), SampleChecks.Hangs.class);
      assertEquals(Verdict.FAIL, rule(ledger, "SMP-01").verdict());
      String message = rule(ledger, "SMP-01").message();
      assertTrue(
          message.startsWith("the check did not end in time and was left behind\n"), message);
      assertTrue(message.contains("SampleChecks$Hangs.aHangs(SampleChecks.java:"), message);
      assertEquals(Verdict.PASS, rule(ledger, "SMP-02").verdict());
      assertEquals(2, fixture.opened.get(), "the second check got a store of its own");
    } finally {
      SampleChecks.Hangs.RELEASE.countDown();
    }
  }

  @Test
  void theFixtureIsClosedOnce() {
    BareFixture fixture = new BareFixture();
    run(fixture, ONE, Duration.ofMinutes(1), SampleChecks.Twice.class);
    assertEquals(1, fixture.fixtureClosed.get());
  }

  @Test
  void aFixtureThatAbortsDoesNotPassForASkip() {
    BareFixture fixture =
        new BareFixture() {
          @Override
          public void reset() {
            Assumptions.abort("no database");
          }
        };
    Optional<Throwable> cause =
        Optional.ofNullable(
                assertThrows(
                        ConformanceRefusal.class,
                        () -> run(fixture, ONE, Duration.ofMinutes(1), SampleChecks.Twice.class))
                    .getCause())
            .map(Throwable::getCause);
    assertEquals("no database", cause.map(Throwable::getMessage).orElse(""));
    assertEquals(1, fixture.fixtureClosed.get());
  }

  @Test
  void anAdapterHasANameThatIsFitForAFile() {
    BareFixture fixture =
        new BareFixture() {
          @Override
          public String adapter() {
            return "../elsewhere";
          }
        };
    assertThrows(
        ConformanceRefusal.class,
        () -> run(fixture, ONE, Duration.ofMinutes(1), SampleChecks.Twice.class));
    assertEquals(1, fixture.fixtureClosed.get());
  }
}
