package io.netkingdom.userengine.store.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where an audit record stands in the listings: by its time, then by the order of appending.
 *
 * @param micros its time in microseconds since 1970
 * @param number how many records of the tenant were appended before it
 */
record AuditPlace(long micros, long number) implements Comparable<AuditPlace> {

  private static final Comparator<AuditPlace> ORDER =
      Comparator.comparingLong(AuditPlace::micros).thenComparingLong(AuditPlace::number);

  static AuditPlace of(Instant occurredAt, long number) {
    // By hand, since on Java 17 ChronoUnit counts in nanoseconds, and overflows in the year 2262.
    long micros =
        TimeUnit.SECONDS.toMicros(occurredAt.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(occurredAt.getNano());
    return new AuditPlace(micros, number);
  }

  /** The place of which a page token holds the two numbers. */
  static AuditPlace of(List<String> texts) {
    return new AuditPlace(Long.parseLong(texts.get(0)), Long.parseLong(texts.get(1)));
  }

  List<String> texts() {
    return List.of(Long.toString(micros), Long.toString(number));
  }

  @Override
  public int compareTo(AuditPlace other) {
    return ORDER.compare(this, other);
  }
}
