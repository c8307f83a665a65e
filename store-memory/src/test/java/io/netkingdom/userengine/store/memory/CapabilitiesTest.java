package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.memory.broken.FaultyStores;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the capabilities that the memory adapter lacks, on memory that has them. They reach
 * the code of {@code store.adapter} that only other adapters use.
 */
class CapabilitiesTest {

  static Stream<String> rules() {
    return Manifest.current().rules().stream()
        .filter(rule -> isLacking(rule.capability()))
        .map(Manifest.Entry::id);
  }

  private static boolean isLacking(@Nullable Capability capability) {
    return capability != null && !capability.isDeclaredBy(new MemoryStoreFixture());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(String rule) {
    Ledger ledger = StoreConformance.run(FaultyStores.none(), Set.of(rule));
    RuleResult result =
        ledger.rules().stream().filter(each -> each.id().equals(rule)).findAny().orElseThrow();
    assertEquals(Verdict.PASS, result.verdict(), result::toString);
  }
}
