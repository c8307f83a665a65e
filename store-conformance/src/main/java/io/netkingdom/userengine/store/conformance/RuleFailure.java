package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.check.CheckFailure;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.report.FailureGroups;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AssertionFailureBuilder;

/**
 * Makes the failure of a test of a rule's: its stack begins with the lines of the check, also where
 * that ran in another thread, and its values are those that were compared.
 */
final class RuleFailure {

  /** The rule that was told of with each cause. */
  private final Map<String, String> told = new HashMap<>();

  /** What the test of a broken rule throws; called by that test. */
  AssertionError of(RuleResult result, Optional<CheckFailure> failure) {
    List<StackTraceElement> where = failure.map(CheckFailure::where).orElse(List.of());
    String first = told.putIfAbsent(FailureGroups.causeOf(result), result.id());
    String sentence = failure.map(CheckFailure::sentence).orElse(result.message());
    AssertionFailureBuilder builder =
        AssertionFailureBuilder.assertionFailure()
            .message(
                result.id()
                    + " "
                    + result.verdict().label()
                    + ": "
                    + result.title()
                    + "\n    "
                    + (first == null ? sentence : "as " + first + ": " + sentence)
                        .replace("\n", "\n    ")
                    + where.stream()
                        .findFirst()
                        .map(line -> "\n    at " + Messages.frame(line))
                        .orElse(""))
            .includeValuesInMessage(false);
    failure
        .flatMap(CheckFailure::values)
        .ifPresent(values -> builder.expected(values.expected()).actual(values.actual()));
    if (first == null) {
      failure.map(CheckFailure::cause).ifPresent(builder::cause);
    }
    AssertionError error = build(builder);
    error.setStackTrace(
        Stream.concat(
                where.stream(),
                Arrays.stream(error.getStackTrace())
                    .filter(frame -> frame.getClassName().equals(RuleTests.class.getName())))
            .toArray(StackTraceElement[]::new));
    return error;
  }

  private static AssertionError build(AssertionFailureBuilder builder) {
    try {
      builder.buildAndThrow();
    } catch (AssertionError error) {
      return error;
    }
    throw new IllegalStateException("JUnit made no failure");
  }
}
