package io.netkingdom.userengine.store.conformance.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

  private static final List<Integer> THOUSAND = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void leavesOutAllThatIsNotNeeded() {
    for (List<Integer> needed :
        List.of(List.of(0), List.of(999), List.of(0, 999), List.of(1, 2, 500, 501, 730))) {
      assertEquals(needed, new Shrinker(500).shrink(THOUSAND, list -> list.containsAll(needed)));
    }
  }

  @Test
  void keepsTheOrder() {
    Predicate<List<Integer>> sevenBeforeAMultipleOfAHundred =
        list ->
            list.contains(7)
                && list.subList(list.indexOf(7), list.size()).stream().anyMatch(n -> n % 100 == 0);
    List<Integer> shortest = new Shrinker(500).shrink(THOUSAND, sevenBeforeAMultipleOfAHundred);
    assertEquals(2, shortest.size());
    assertEquals(7, shortest.get(0));
  }

  @Test
  void leavesNothingOfWhatFailsAnyway() {
    assertEquals(List.of(), new Shrinker(500).shrink(THOUSAND, list -> true));
  }

  @Test
  void leavesEverythingOfWhatFailsOnlyAsAWhole() {
    List<Integer> ten = THOUSAND.subList(0, 10);
    assertEquals(ten, new Shrinker(500).shrink(ten, list -> list.size() == 10));
  }

  @Test
  void neverTriesMoreOftenThanItMay() {
    AtomicInteger tries = new AtomicInteger();
    List<Integer> shortest =
        new Shrinker(20)
            .shrink(
                THOUSAND,
                list -> {
                  tries.incrementAndGet();
                  return list.contains(3) && list.contains(998);
                });
    assertEquals(20, tries.get());
    assertTrue(shortest.containsAll(List.of(3, 998)), "what it returns fails");
  }

  @Test
  void returnsOnlyWhatWasSeenToFail() {
    List<List<Integer>> seenToFail = new ArrayList<>(List.of(THOUSAND));
    List<Integer> shortest =
        new Shrinker(100)
            .shrink(
                THOUSAND,
                list -> {
                  boolean fails = list.stream().mapToInt(n -> n).sum() % 3 == 0;
                  if (fails) {
                    seenToFail.add(list);
                  }
                  return fails;
                });
    assertTrue(seenToFail.contains(shortest));
  }
}
