package io.netkingdom.userengine.store.conformance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta debugging: leaves out of a list whatever it fails without, first in large pieces, then in
 * smaller ones, down to single elements. Bounded by a number of tries.
 */
final class Shrinker {

  private int triesLeft;

  Shrinker(int tries) {
    this.triesLeft = tries;
  }

  /**
   * A shorter list that fails, too.
   *
   * @param failing fails
   * @param fails whether a list fails; the more of its elements are left out, the quicker to tell
   */
  <T> List<T> shrink(List<T> failing, Predicate<? super List<T>> fails) {
    List<T> shortest = List.copyOf(failing);
    int piece = Math.max(1, shortest.size() / 2);
    while (triesLeft > 0) {
      boolean shorter = false;
      // From the end: what comes later is more likely to depend on what came before.
      for (int end = shortest.size(); end > 0 && triesLeft > 0; end -= piece) {
        List<T> without = without(shortest, Math.max(0, end - piece), end);
        triesLeft--;
        if (fails.test(without)) {
          shortest = without;
          shorter = true;
        }
      }
      if (!shorter && piece == 1) {
        break;
      }
      piece = Math.max(1, shorter ? Math.min(piece, shortest.size() / 2) : piece / 2);
    }
    return shortest;
  }

  private static <T> List<T> without(List<T> all, int from, int to) {
    List<T> rest = new ArrayList<>(all.subList(0, from));
    rest.addAll(all.subList(to, all.size()));
    return List.copyOf(rest);
  }
}
