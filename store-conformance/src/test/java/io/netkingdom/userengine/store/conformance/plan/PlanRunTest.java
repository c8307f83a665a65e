package io.netkingdom.userengine.store.conformance.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netkingdom.userengine.store.conformance.BareFixture;
import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.rules.SampleChecks;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PlanRunTest {

  /** SMP-01 holds, SMP-02 fails, SMP-03 observes nothing. */
  private static final Manifest THREE =
      Manifest.parse(
          """
          SMP-01 | core | 0.1.0 | Holds.
          SMP-02 | core | 0.1.0 | Fails.
          SMP-03 | core | 0.1.0 | Observes nothing.
          """);

  private static final Instant NOW = Instant.parse("2026-03-01T23:59:59Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static Ledger run(List<Exemption> exemptions, String... rules) {
    BareFixture fixture =
        new BareFixture() {
          @Override
          public List<Exemption> exemptions() {
            return exemptions;
          }
        };
    PlanOptions options =
        new PlanOptions(
            THREE,
            Checks.in(List.of(SampleChecks.FirstThree.class)),
            7,
            Duration.ofMinutes(1),
            Clock.fixed(NOW, ZoneOffset.UTC));
    try (PlanRun run = PlanRun.begin(fixture, options)) {
      List.of(rules).forEach(run::run);
      return run.ledger();
    }
  }

  private static Exemption exemption(String rule, LocalDate expires) {
    return new Exemption(rule, "known", URI.create("https://example.org/1"), expires);
  }

  @Test
  void theLedgerTellsWhatItWasMadeWith() {
    Ledger ledger = run(List.of());
    assertTrue(
        ledger.provenance().kit().matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?"),
        ledger.provenance().kit());
    assertEquals(THREE.hash(), ledger.provenance().manifest());
    assertEquals(NOW, ledger.provenance().started());
    assertEquals(7, ledger.provenance().seed());
    assertEquals(Runtime.version().toString(), ledger.provenance().jdk());
  }

  @Test
  void rulesAreRunInAnyOrderAndThoseThatAreNotAreNotRun() {
    Ledger ledger = run(List.of(), "SMP-02", "SMP-01");
    assertEquals(
        List.of(Verdict.PASS, Verdict.FAIL, Verdict.NOT_RUN),
        ledger.rules().stream().map(rule -> rule.verdict()).toList());
    assertEquals("the run did not reach it", ledger.rules().get(2).message());
  }

  @Test
  void anExemptedFailureIsAFailureThatDoesNotBreakTheRun() {
    for (LocalDate expires : List.of(TODAY, TODAY.plusDays(Exemption.LONGEST_DAYS))) {
      Exemption exemption = exemption("SMP-02", expires);
      Ledger ledger = run(List.of(exemption), "SMP-01", "SMP-02");
      assertEquals(List.of(), ledger.problems());
      assertEquals(Verdict.FAIL, ledger.rules().get(1).verdict());
      assertEquals(exemption, ledger.rules().get(1).exempted());
      assertEquals(List.of("SMP-03"), ledger.broken().stream().map(rule -> rule.id()).toList());
    }
  }

  @Test
  void anExemptionThatDoesNotHoldIsAProblemAndCoversNothing() {
    Map<Exemption, String> problems =
        Map.of(
            exemption("SMP-09", TODAY),
            "there is an exemption of SMP-09, which is not in the manifest",
            exemption("SMP-02", TODAY.minusDays(1)),
            "the exemption of SMP-02 expired on 2026-02-28",
            exemption("SMP-02", LocalDate.of(2027, 3, 3)),
            "the exemption of SMP-02 holds until 2027-03-03, more than 366 days ahead");
    problems.forEach(
        (exemption, problem) -> {
          Ledger ledger = run(List.of(exemption), "SMP-01", "SMP-02");
          assertEquals(List.of(problem), ledger.problems());
          assertTrue(ledger.rules().get(1).isBroken(), problem);
        });
  }

  @Test
  void aRuleIsExemptedOnce() {
    assertEquals(
        List.of("there are two exemptions of SMP-02"),
        run(List.of(exemption("SMP-02", TODAY), exemption("SMP-02", TODAY)), "SMP-02").problems());
  }

  @Test
  void anExemptionOfARuleThatHoldsIsAProblem() {
    Ledger ledger = run(List.of(exemption("SMP-01", TODAY)), "SMP-01");
    assertEquals(
        List.of("SMP-01 is exempted, but it holds: remove the exemption"), ledger.problems());
    assertFalse(ledger.conformant());
  }

  @Test
  void aRuleThatWasNotRunIsNotExempted() {
    Ledger ledger = run(List.of(exemption("SMP-03", TODAY)), "SMP-01", "SMP-02", "SMP-03");
    assertEquals(Verdict.NOT_RUN, ledger.rules().get(2).verdict());
    assertTrue(ledger.rules().get(2).isBroken());
    assertEquals(List.of(), ledger.problems());
  }

  @Test
  @SuppressWarnings("NullAway") // As an author may do whose compiler does not tell.
  void aFixtureThatIsForgottenIsMissedInASentence() {
    assertEquals(
        "there is no fixture to run the rules with: it is null",
        assertThrows(ConformanceRefusal.class, () -> PlanRun.begin(null, PlanOptions.defaults()))
            .getMessage());
  }

  /** The hostile extension and listener lie beside these tests, as they may beside an adopter's. */
  @Test
  void nothingOfTheBuildAroundItReachesTheRun() {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(SampleChecks.Unlisted.class))
                .build());
    assertTrue(
        Hostile.disabled.contains(SampleChecks.Unlisted.class.getName()),
        "the extension works on an ordinary run");
    assertTrue(
        Hostile.listened.stream().anyMatch(id -> id.contains("SampleChecks$Unlisted")),
        "the listener works on an ordinary run");

    Ledger ledger = run(List.of(), "SMP-01");
    assertEquals(Verdict.PASS, ledger.rules().get(0).verdict());
    assertFalse(Hostile.disabled.contains(SampleChecks.FirstThree.class.getName()));
    assertTrue(Hostile.listened.stream().noneMatch(id -> id.contains("SampleChecks$FirstThree")));
  }

  @Test
  void jarsOfOneReleaseGoTogetherAlsoWhereThePlatformCountsFromOne() {
    JUnitAlignment.check();
    JUnitAlignment.check(
        Map.of("junit-platform-launcher", "1.14.4", "junit-jupiter-engine", "5.14.4"));
    JUnitAlignment.check(
        Map.of("junit-platform-launcher", "6.1.3", "junit-jupiter-engine", "6.1.3"));
  }

  @Test
  void jarsOfTwoReleasesAreNamed() {
    String message =
        String.valueOf(
            assertThrows(
                    ConformanceRefusal.class,
                    () ->
                        JUnitAlignment.check(
                            new TreeMap<>(
                                Map.of(
                                    "junit-platform-launcher", "6.1.3",
                                    "junit-jupiter-engine", "5.14.4"))))
                .getMessage());
    assertEquals(
        "the versions of JUnit on the class path do not go together: junit-jupiter-engine 5.14.4,"
            + " junit-platform-launcher 6.1.3; import org.junit:junit-bom in one version",
        message);
  }
}
