package io.netkingdom.userengine.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The instants that a store can hold: UTC, whole microseconds, years 1 to 9999 (the range in which
 * every database and ISO 8601 agree).
 */
public final class Timestamps {

  /** The first instant that a store can hold. */
  public static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

  /** The last instant that a store can hold. */
  public static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Timestamps() {}

  /**
   * Cuts an instant to whole microseconds, towards the past.
   *
   * @param field the field to name in an error
   * @throws StoreException.InvalidInput if the instant is outside the years 1 to 9999
   * @throws NullPointerException naming the field, if the instant is null
   */
  public static Instant of(String field, Instant value) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, field);
    if (value.isBefore(MIN)) {
      throw new StoreException.InvalidInput(field, "is before the year 1");
    }
    Instant cut = value.truncatedTo(ChronoUnit.MICROS);
    if (cut.isAfter(MAX)) {
      throw new StoreException.InvalidInput(field, "is after the year 9999");
    }
    return cut;
  }

  /**
   * The lastModified of an effective change: now, or one microsecond after the previous value where
   * the clock did not move on or went back.
   */
  public static Instant next(Instant now, Instant previous) {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(previous, "previous");
    Instant successor = previous.plus(1, ChronoUnit.MICROS);
    return now.isAfter(successor) ? now : successor;
  }
}
