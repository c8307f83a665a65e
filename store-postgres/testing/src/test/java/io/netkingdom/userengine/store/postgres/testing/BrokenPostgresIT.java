package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlFault;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlFaults;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules must catch what only SQL can get wrong, on a real server. */
@ExtendWith(LivePostgres.class)
class BrokenPostgresIT {

  private final LiveDatabase database;

  BrokenPostgresIT(LiveDatabase database) {
    this.database = database;
  }

  @AfterAll
  static void leaveNothing(LiveDatabase database) {
    database.reset();
  }

  /** Else a fault could fail for what is wrong with all of them. */
  @Test
  void theSameStoreWithoutASinPassesTheSameRules() {
    Set<String> rules =
        SqlFaults.all().stream()
            .flatMap(fault -> fault.failures().keySet().stream())
            .collect(Collectors.toSet());
    Ledger ledger = StoreConformance.run(new BrokenPostgres(database, SqlFaults.none()), rules);
    assertEquals(List.of(), ledger.problems());
    assertEquals(
        rules,
        ledger.rules().stream()
            .filter(rule -> rule.verdict() == Verdict.PASS)
            .map(RuleResult::id)
            .collect(Collectors.toSet()),
        () -> String.valueOf(ledger.broken()));
  }

  @TestFactory
  Stream<DynamicTest> aFaultFailsTheRulesItWasMadeFor(TestReporter progress) {
    List<SqlFault> faults = SqlFaults.all();
    progress.publishEntry("tests", String.valueOf(faults.size()));
    return faults.stream().map(fault -> dynamicTest(fault.name(), () -> fails(fault)));
  }

  private void fails(SqlFault fault) {
    Ledger ledger =
        StoreConformance.run(new BrokenPostgres(database, fault), fault.failures().keySet());
    assertEquals(List.of(), fault.undone(), "what the adapter no longer gives an occasion to do");
    Map<String, RuleResult> results =
        ledger.rules().stream().collect(Collectors.toMap(RuleResult::id, Function.identity()));
    assertFalse(ledger.conformant());
    assertEquals(List.of(), ledger.problems());
    fault
        .failures()
        .forEach(
            (id, words) -> {
              RuleResult result = Objects.requireNonNull(results.get(id), id);
              assertEquals(Verdict.FAIL, result.verdict(), id);
              assertTrue(
                  result.message().contains(words),
                  () -> id + " fails, but not with \"" + words + "\": " + result.message());
            });
  }

  @Test
  void everySinHasANameOfItsOwnAndARuleToFail() {
    List<SqlFault> faults = SqlFaults.all();
    assertEquals(faults.size(), faults.stream().map(SqlFault::name).distinct().count());
    assertTrue(faults.stream().noneMatch(fault -> fault.failures().isEmpty()));
    assertTrue(faults.stream().noneMatch(fault -> fault.failures().containsValue("")));
  }
}
