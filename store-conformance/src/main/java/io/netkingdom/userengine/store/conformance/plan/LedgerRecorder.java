package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.check.CheckFailure;
import io.netkingdom.userengine.store.conformance.check.Findings;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Turns what the Launcher reports and what the checks found into one verdict per rule. It starts
 * from the manifest: a rule of which nothing was heard was not run.
 */
final class LedgerRecorder implements TestExecutionListener, Findings {

  private final Manifest manifest;
  private final Exemptions exemptions;
  private final Map<String, RuleResult> results = new HashMap<>();
  private final Map<String, CheckFailure> failures = new HashMap<>();
  private final Map<String, Long> startedNanos = new HashMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final Set<String> unobserved = ConcurrentHashMap.newKeySet();
  private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();
  private final List<AnomalyResult> anomalies = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  LedgerRecorder(Manifest manifest, Exemptions exemptions) {
    this.manifest = manifest;
    this.exemptions = exemptions;
    this.problems.addAll(exemptions.problems());
  }

  @Override
  public void refused(String id, String observation) {
    refusals.put(id, observation);
  }

  @Override
  public void observedNothing(String id) {
    unobserved.add(id);
  }

  @Override
  public void leftBehind(String id) {
    leftBehind.add(id);
  }

  @Override
  public void found(AnomalyResult result) {
    anomalies.add(result);
  }

  @Override
  public void problem(String description) {
    problems.add(description);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    startedNanos.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    Optional<String> id = ruleOf(test);
    if (id.isPresent()) {
      record(id.get(), Verdict.NOT_RUN, 0, "skipped: " + reason);
    } else {
      problems.add(test.getDisplayName() + " was skipped: " + reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Optional<String> id = ruleOf(test);
    if (id.isEmpty()) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        problems.add(
            test.getDisplayName()
                + " did not complete: "
                + result.getThrowable().map(Messages::of).orElse(""));
      }
      return;
    }
    result
        .getThrowable()
        .ifPresent(thrown -> failures.put(id.get(), failureOf(test, id.get(), thrown)));
    String message = Optional.ofNullable(failures.get(id.get())).map(CheckFailure::text).orElse("");
    long nanos = System.nanoTime() - startedNanos.getOrDefault(test.getUniqueId(), 0L);
    long millis = nanos / 1_000_000;
    switch (result.getStatus()) {
      case SUCCESSFUL -> recordSuccess(id.get(), millis);
      case FAILED -> record(id.get(), Verdict.FAIL, millis, message);
      case ABORTED -> record(id.get(), Verdict.NOT_RUN, millis, "aborted: " + message);
    }
  }

  private void recordSuccess(String id, long millis) {
    String refusal = refusals.get(id);
    if (refusal != null) {
      record(id, Verdict.DECLARED_ABSENT, millis, refusal);
    } else if (unobserved.contains(id)) {
      record(id, Verdict.NOT_RUN, millis, "the check observed nothing");
    } else {
      record(id, Verdict.PASS, millis, "");
    }
  }

  /** A check of an unknown rule, and a second one of a rule, were reported before. */
  private void record(String id, Verdict verdict, long millis, String message) {
    manifest
        .find(id)
        .map(rule -> new RuleResult(id, rule.title(), verdict, millis, message))
        .map(exemptions::applyTo)
        .ifPresent(
            result -> {
              results.put(id, result);
              exemptions.unneeded(result).ifPresent(problems::add);
            });
  }

  private CheckFailure failureOf(TestIdentifier test, String id, Throwable thrown) {
    Class<?> check = checkOf(test).orElseThrow().getDeclaringClass();
    return leftBehind.contains(id)
        ? CheckFailure.leftBehind(thrown, check)
        : CheckFailure.of(thrown, check);
  }

  /** Why a rule's check did not end well, if it did not. */
  Optional<CheckFailure> failure(String id) {
    return Optional.ofNullable(failures.get(id));
  }

  /** What is known of a rule by now. */
  RuleResult result(String id) {
    RuleResult result = results.get(id);
    if (result != null) {
      return result;
    }
    return new RuleResult(
        id,
        manifest
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException(id + " is not in the manifest"))
            .title(),
        Verdict.NOT_RUN,
        0,
        "the run did not reach it");
  }

  Ledger ledger(String adapter, Environment environment, long seed, Instant started, long millis) {
    return new Ledger(
        adapter,
        environment,
        new Provenance(
            Kit.version(), manifest.hash(), Runtime.version().toString(), seed, started, millis),
        manifest.rules().stream().map(rule -> result(rule.id())).toList(),
        anomalies,
        problems);
  }

  private static Optional<String> ruleOf(TestIdentifier test) {
    return checkOf(test)
        .flatMap(check -> AnnotationSupport.findAnnotation(check, Rule.class))
        .map(Rule::id);
  }

  private static Optional<Method> checkOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(MethodSource::getJavaMethod);
  }
}
