package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.cli.Killer;
import io.netkingdom.userengine.store.memory.broken.FaultyStore;
import io.netkingdom.userengine.store.memory.broken.FaultyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/** A kit that passes everything proves nothing: each rule must catch a store that breaks it. */
class BrokenStoresTest {

  /** Else a broken store could fail for what is wrong with all of them. */
  @Test
  void theStorageOfTheBrokenStoresIsConformantByItself() {
    Ledger ledger = StoreConformance.run(FaultyStores.none());
    assertEquals(List.of(), ledger.broken());
    assertEquals(List.of(), ledger.problems());
    assertTrue(
        ledger.rules().stream().allMatch(rule -> rule.verdict() == Verdict.PASS),
        "no rule is declared absent, so that each can be broken");
  }

  @TestFactory
  Stream<DynamicTest> aBrokenStoreFailsTheRulesItWasMadeFor(TestReporter progress) {
    List<FaultyStore> stores = FaultyStores.all();
    progress.publishEntry("tests", String.valueOf(stores.size()));
    return stores.stream()
        .map(store -> dynamicTest(store.name(), () -> failsWhatItWasMadeFor(store)));
  }

  private static void failsWhatItWasMadeFor(FaultyStore store) {
    Ledger ledger = StoreConformance.run(store, store.failures().keySet());
    Map<String, RuleResult> results =
        ledger.rules().stream().collect(Collectors.toMap(RuleResult::id, Function.identity()));
    assertFalse(ledger.conformant());
    assertEquals(List.of(), ledger.problems());
    store
        .failures()
        .forEach(
            (id, words) -> {
              RuleResult result = results.get(id);
              assertEquals(Verdict.FAIL, result.verdict(), id);
              assertTrue(
                  result.message().contains(words),
                  () -> id + " fails, but not with \"" + words + "\": " + result.message());
            });
  }

  @Test
  void everyRuleFailsSomeBrokenStore() {
    Set<String> unproven =
        Manifest.current().rules().stream()
            .map(Manifest.Entry::id)
            .collect(Collectors.toCollection(HashSet::new));
    FaultyStores.all().forEach(store -> unproven.removeAll(store.failures().keySet()));
    assertEquals(Set.of(), unproven, "rules that no broken store is made to fail");
  }

  /** What the command line tells of a rule is what the stores here were seen to fail. */
  @Test
  void theKitListsWhatItIsProvenToCatch() throws IOException {
    List<Killer> proven =
        FaultyStores.all().stream()
            .flatMap(
                store ->
                    store.failures().entrySet().stream()
                        .map(
                            failure ->
                                new Killer(
                                    failure.getKey(), "memory", store.name(), failure.getValue())))
            .sorted(Killer.ORDER)
            .toList();
    List<Killer> listed =
        Killer.all().stream().filter(killer -> killer.adapter().equals("memory")).toList();
    Files.write(
        Path.of("target", "killers-memory.txt"), proven.stream().map(Killer::toString).toList());
    assertEquals(proven, listed, "the list to take over is in target/killers-memory.txt");
  }

  @Test
  void everyBrokenStoreHasANameOfItsOwnAndARuleToFail() {
    List<FaultyStore> stores = FaultyStores.all();
    assertEquals(stores.size(), stores.stream().map(FaultyStore::name).distinct().count());
    assertTrue(stores.stream().noneMatch(store -> store.failures().isEmpty()));
  }
}
