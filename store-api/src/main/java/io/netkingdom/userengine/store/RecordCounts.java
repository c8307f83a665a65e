package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many records there are, or why that cannot be said. */
public sealed interface RecordCounts {

  /**
   * Counted one by one, as of one moment.
   *
   * @param byKind a number, zero or more, for every kind
   */
  record Exact(Map<RecordKind, Long> byKind) implements RecordCounts {

    /**
     * @throws IllegalArgumentException if a kind is missing: a count that is not there is not zero
     */
    public Exact {
      byKind = complete(byKind);
    }

    /** The number of records of a kind. */
    public long of(RecordKind kind) {
      Objects.requireNonNull(kind, "kind");
      return byKind.getOrDefault(kind, 0L);
    }
  }

  /**
   * Estimated from what the engine keeps about its tables, without counting.
   *
   * @param byKind a number, zero or more, for every kind
   */
  record Estimated(Map<RecordKind, Long> byKind) implements RecordCounts {

    /**
     * @throws IllegalArgumentException if a kind is missing
     */
    public Estimated {
      byKind = complete(byKind);
    }

    /** About how many records of a kind there are. */
    public long of(RecordKind kind) {
      Objects.requireNonNull(kind, "kind");
      return byKind.getOrDefault(kind, 0L);
    }
  }

  private static Map<RecordKind, Long> complete(Map<RecordKind, Long> byKind) {
    Arguments.requireNoNull("byKind", byKind);
    for (RecordKind kind : RecordKind.values()) {
      if (!byKind.containsKey(kind)) {
        throw new IllegalArgumentException("no count of " + kind);
      }
    }
    return Map.copyOf(new EnumMap<>(byKind));
  }

  /**
   * There is nothing to count in: the store is not ready.
   *
   * @param readiness what was found instead
   */
  record NotReady(Readiness readiness) implements RecordCounts {
    /** Refuses null. */
    public NotReady {
      Objects.requireNonNull(readiness, "readiness");
    }
  }
}
