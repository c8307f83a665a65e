package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The way in from Surefire, Failsafe or an IDE: a subclass names the fixture, and each rule shows
 * as a test of its own, under its id and title.
 *
 * <pre>{@code
 * class MyStoreConformanceTest extends StoreConformanceTests {
 *   @Override
 *   protected StoreFixture fixture() {
 *     return new MyStoreFixture();
 *   }
 * }
 * }</pre>
 */
public abstract class StoreConformanceTests {

  /** For subclasses. */
  protected StoreConformanceTests() {}

  /** A new fixture, which the kit closes. */
  protected abstract StoreFixture fixture();

  /** Runs the plan, leaves the ledger behind, and shows every rule with its verdict. */
  @TestFactory
  final Stream<DynamicNode> conformance() {
    Ledger ledger = StoreConformance.runAndRecord(fixture());
    Map<String, List<DynamicTest>> sections = new LinkedHashMap<>();
    for (RuleResult rule : ledger.rules()) {
      sections
          .computeIfAbsent(rule.id().substring(0, 3), section -> new ArrayList<>())
          .add(dynamicTest(rule.id() + " " + rule.title(), () -> show(rule)));
    }
    Stream<DynamicNode> rules =
        sections.entrySet().stream()
            .map(section -> dynamicContainer(section.getKey(), section.getValue()));
    return Stream.concat(
        rules,
        Stream.of(
            dynamicTest(
                "the ledger is closed",
                () -> Assertions.assertEquals(List.of(), ledger.problems()))));
  }

  private static void show(RuleResult rule) {
    if (rule.isBroken()) {
      Assertions.fail(rule.toString());
    }
  }
}
