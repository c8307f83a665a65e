package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.plan.PlanOptions;
import io.netkingdom.userengine.store.conformance.plan.PlanRun;
import io.netkingdom.userengine.store.conformance.report.Reports;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The way in from Surefire, Failsafe or an IDE: a subclass names the fixture, and each rule is a
 * test of its own, under its id and title.
 *
 * <pre>{@code
 * class MyStoreConformanceTest extends StoreConformanceTests {
 *   @Override
 *   protected StoreFixture fixture() {
 *     return new MyStoreFixture();
 *   }
 * }
 * }</pre>
 *
 * <p>Where the whole class is run, the ledger and its reports are left in their directory, and the
 * last test fails if the ledger is not closed. A single rule, such as {@code
 * -Dtest=MyStoreConformanceTest#TXN_04}, is run without leaving a ledger. A rule that is broken
 * under an {@link Exemption} shows as an aborted test, with the exemption. Where one cause breaks
 * many rules, the first of their tests tells it in full and the others refer to it.
 *
 * <p>The settings of the build around it (parallel execution, default timeouts, orders, lifecycles
 * and display names) do not reach the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(StoreConformanceTests.ManifestOrder.class)
@DisplayNameGeneration(StoreConformanceTests.RuleNames.class)
@Execution(ExecutionMode.SAME_THREAD)
// Two of these classes may well work on one database.
@ResourceLock("io.netkingdom.userengine.store.conformance")
@Timeout(StoreConformanceTests.SECONDS)
public abstract non-sealed class StoreConformanceTests extends RuleTests {

  /** Beyond every limit that the kit has by itself; only keeps others' limits away. */
  static final int SECONDS = 600;

  private final RuleFailure failures = new RuleFailure();
  private @Nullable PlanRun run;
  private boolean whole;

  /** For subclasses. */
  protected StoreConformanceTests() {}

  /** A new fixture, which the kit closes. */
  protected abstract StoreFixture fixture();

  /** Begins the run with an empty storage. */
  @BeforeAll
  @Timeout(SECONDS)
  protected final void begin() {
    run = PlanRun.begin(fixture(), PlanOptions.defaults());
  }

  @Override
  final void show(String rule) {
    RuleResult result = running().run(rule);
    if (result.exemption().isPresent()) {
      Assumptions.abort(result.toString());
    }
    if (result.isBroken()) {
      throw failures.of(result, running().failure(rule));
    }
  }

  /** Fails if a rule was not run, or anything went wrong beside the rules. */
  @Test
  protected final void theLedgerIsClosed() {
    whole = true;
    Ledger ledger = running().ledger();
    List<String> open = new ArrayList<>(ledger.problems());
    ledger.rules().stream()
        .filter(rule -> rule.verdict() == Verdict.NOT_RUN)
        .forEach(rule -> open.add(rule.id() + " was not run: " + rule.message()));
    if (!open.isEmpty()) {
      Assertions.fail("the ledger is not closed:\n  " + String.join("\n  ", open));
    }
  }

  /** Leaves the reports, if the whole class was run. */
  @AfterAll
  @Timeout(SECONDS)
  protected final void end() {
    try (PlanRun ending = run) {
      if (ending != null && whole) {
        Reports.leave(ending.ledger());
      }
    }
  }

  private PlanRun running() {
    return Objects.requireNonNull(run, "the run has not begun");
  }

  /** The id of the rule that a method tests, or an empty text. */
  private static String ruleOf(Method method) {
    return method.getDeclaringClass() == RuleTests.class ? method.getName().replace('_', '-') : "";
  }

  /** As the manifest has them; what is no rule comes last. */
  static final class ManifestOrder implements MethodOrderer {
    @Override
    public void orderMethods(MethodOrdererContext context) {
      List<String> order =
          Stream.concat(Manifest.current().rules().stream().map(Manifest.Entry::id), Stream.of(""))
              .toList();
      context
          .getMethodDescriptors()
          .sort(
              Comparator.comparing(
                  (MethodDescriptor method) -> order.indexOf(ruleOf(method.getMethod()))));
    }
  }

  /** A rule goes by its id and title. */
  static final class RuleNames extends DisplayNameGenerator.Simple {
    @Override
    public String generateDisplayNameForMethod(
        List<Class<?>> enclosing, Class<?> type, Method method) {
      return Manifest.current()
          .find(ruleOf(method))
          .map(rule -> rule.id() + " " + rule.title())
          .orElse("the ledger is closed");
    }
  }
}
