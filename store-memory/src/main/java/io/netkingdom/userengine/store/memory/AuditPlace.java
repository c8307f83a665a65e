package io.netkingdom.userengine.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

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
    return new AuditPlace(ChronoUnit.MICROS.between(Instant.EPOCH, occurredAt), number);
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
