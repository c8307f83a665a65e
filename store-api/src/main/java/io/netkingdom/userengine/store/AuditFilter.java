package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;

/** Which audit records to read. */
public sealed interface AuditFilter {

  /**
   * Those of one target.
   *
   * @param target the target; its label does not count
   */
  record ByTarget(AuditSubject target) implements AuditFilter {
    /** Refuses null. */
    public ByTarget {
      Objects.requireNonNull(target, "target");
    }
  }

  /**
   * Those of one actor.
   *
   * @param actor the actor; its label does not count
   */
  record ByActor(AuditSubject actor) implements AuditFilter {
    /** Refuses null. */
    public ByActor {
      Objects.requireNonNull(actor, "actor");
    }
  }

  /**
   * Those of a time.
   *
   * @param from the first instant that counts
   * @param until the first instant after it that does not
   */
  record ByTime(Instant from, Instant until) implements AuditFilter {
    /**
     * @throws StoreException.InvalidInput naming {@code from} or {@code until}, if it is outside
     *     the years 1 to 9999
     */
    public ByTime {
      from = Timestamps.of("from", from);
      until = Timestamps.of("until", until);
    }
  }
}
