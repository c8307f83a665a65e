package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlSin;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlSins;
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

  /** Else a sin could fail for what is wrong with all of them. */
  @Test
  void theSameStoreWithoutASinPassesTheSameRules() {
    Set<String> rules =
        SqlSins.all().stream()
            .flatMap(sin -> sin.kills().keySet().stream())
            .collect(Collectors.toSet());
    Ledger ledger = StoreConformance.run(new BrokenPostgres(database, SqlSins.none()), rules);
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
  Stream<DynamicTest> aSinFailsTheRulesItWasMadeFor(TestReporter progress) {
    List<SqlSin> sins = SqlSins.all();
    progress.publishEntry("tests", String.valueOf(sins.size()));
    return sins.stream().map(sin -> dynamicTest(sin.name(), () -> fails(sin)));
  }

  private void fails(SqlSin sin) {
    Ledger ledger = StoreConformance.run(new BrokenPostgres(database, sin), sin.kills().keySet());
    assertEquals(List.of(), sin.undone(), "what the adapter no longer gives an occasion to do");
    Map<String, RuleResult> results =
        ledger.rules().stream().collect(Collectors.toMap(RuleResult::id, Function.identity()));
    assertFalse(ledger.conformant());
    assertEquals(List.of(), ledger.problems());
    sin.kills()
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
    List<SqlSin> sins = SqlSins.all();
    assertEquals(sins.size(), sins.stream().map(SqlSin::name).distinct().count());
    assertTrue(sins.stream().noneMatch(sin -> sin.kills().isEmpty()));
    assertTrue(sins.stream().noneMatch(sin -> sin.kills().containsValue("")));
  }
}
