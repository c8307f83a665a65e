package io.netkingdom.userengine.store.postgres.bench;

import java.util.List;

/**
 * How long an operation takes through the store, where the same by hand takes 1.
 *
 * @param operation its name
 * @param rounds one ratio for each round, in which the two were measured one after the other
 */
record Ratio(String operation, List<Double> rounds) {

  /** Copies the list, which holds one at least. */
  Ratio {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("there is no round");
    }
    rounds = List.copyOf(rounds);
  }

  double lowest() {
    return sorted().get(0);
  }

  double highest() {
    return sorted().get(rounds.size() - 1);
  }

  /** The one in the middle; of two in the middle their mean. */
  double median() {
    List<Double> sorted = sorted();
    int middle = rounds.size() / 2;
    return rounds.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }
}
