package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05.123456Z,    2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05.123456001Z, 2026-01-02T03:04:05.123456Z",
    "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999999Z",
    "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z,           0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00.000000999Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void instantsAreCutToMicrosecondsTowardsThePast(Instant given, Instant kept) {
    assertEquals(kept, Timestamps.of("created", given));
  }

  @Test
  void whatIsOutsideTheYears1To9999IsRefused() {
    String early = "is before the year 1";
    refuses("created", early, () -> Timestamps.of("created", Timestamps.MIN.minusNanos(1)));
    refuses("created", early, () -> Timestamps.of("created", Instant.MIN));
    String late = "is after the year 9999";
    refuses(
        "lastSeen", late, () -> Timestamps.of("lastSeen", Instant.parse("+10000-01-01T00:00:00Z")));
    refuses("lastSeen", late, () -> Timestamps.of("lastSeen", Instant.MAX));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:01Z,           2026-01-01T00:00:00Z, 2026-01-01T00:00:01Z",
    "2026-01-01T00:00:00Z,           2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000001Z",
    "2026-01-01T00:00:00.000000999Z, 2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000001Z",
    "1999-01-01T00:00:00Z,           2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000001Z"
  })
  void theNextChangeIsNowOrOneMicrosecondOn(Instant now, Instant previous, Instant next) {
    assertEquals(next, Timestamps.next(now, previous));
  }
}
