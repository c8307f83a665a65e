package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.plan.PlanOptions;
import io.netkingdom.userengine.store.conformance.plan.PlanRun;
import io.netkingdom.userengine.store.conformance.report.Reports;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Runs the contract's rules against an adapter.
 *
 * <p>The rules are run one after the other by a JUnit Platform Launcher of the kit's own, which
 * takes neither listeners nor settings from the build around it. System properties:
 *
 * <ul>
 *   <li>{@code userengine.conformance.seed}: repeats the random choices of an earlier run
 *   <li>{@code userengine.conformance.directory}: where reports go; {@code target/conformance}
 *       below the working directory by default
 * </ul>
 */
public final class StoreConformance {

  private StoreConformance() {}

  /**
   * Runs every rule, leaves the ledger and its reports in their directory, and prints a summary.
   *
   * @param fixture opened by the caller, closed here
   * @return the ledger, which is conformant
   * @throws ConformanceError listing every broken rule, if there is one
   * @throws ConformanceRefusal if the run cannot begin: the fixture cannot provide an empty
   *     storage, for instance, or the versions of JUnit on the class path do not go together
   */
  public static Ledger verify(StoreFixture fixture) {
    Objects.requireNonNull(fixture, "fixture");
    Ledger ledger;
    Throwable fixtures;
    try (PlanRun run = PlanRun.begin(fixture, PlanOptions.defaults())) {
      run.rules().forEach(run::run);
      ledger = run.ledger();
      fixtures = run.thrownByTheFixture().orElse(null);
    }
    Reports.leave(ledger);
    if (!ledger.conformant()) {
      throw new ConformanceError(ledger, fixtures);
    }
    return ledger;
  }

  /**
   * Runs every rule, and writes nothing.
   *
   * @param fixture opened by the caller, closed here
   */
  public static Ledger run(StoreFixture fixture) {
    Objects.requireNonNull(fixture, "fixture");
    PlanOptions options = PlanOptions.defaults();
    try (PlanRun run = PlanRun.begin(fixture, options)) {
      run.rules().forEach(run::run);
      return run.ledger();
    }
  }

  /**
   * Runs some rules, and writes nothing. Of the others the ledger says that they were not run, so
   * that it is never conformant.
   *
   * @param fixture opened by the caller, closed here
   * @param rules the ids of the rules to run
   * @throws IllegalArgumentException naming an id that no rule has
   */
  public static Ledger run(StoreFixture fixture, Set<String> rules) {
    Objects.requireNonNull(fixture, "fixture");
    Objects.requireNonNull(rules, "rules");
    rules.forEach(rule -> Objects.requireNonNull(rule, "rules contains null"));
    PlanOptions options = PlanOptions.defaults();
    try (PlanRun run = PlanRun.begin(fixture, options)) {
      List<String> unknown = rules.stream().filter(rule -> !run.rules().contains(rule)).toList();
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("no rule has the id " + String.join(", ", unknown));
      }
      run.rules().stream().filter(rules::contains).forEach(run::run);
      return run.ledger();
    }
  }
}
