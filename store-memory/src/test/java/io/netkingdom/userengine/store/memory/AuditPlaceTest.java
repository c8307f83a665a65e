package io.netkingdom.userengine.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditPlaceTest {

  @Test
  void countsMicrosecondsFromTheFirstYearToTheLast() {
    assertEquals(-62_135_596_800_000_000L, AuditPlace.of(Timestamps.MIN, 0).micros());
    assertEquals(-1, AuditPlace.of(Instant.parse("1969-12-31T23:59:59.999999Z"), 0).micros());
    assertEquals(0, AuditPlace.of(Instant.EPOCH, 0).micros());
    assertEquals(253_402_300_799_999_999L, AuditPlace.of(Timestamps.MAX, 0).micros());
  }

  @Test
  void comesAfterWhatIsEarlierAndWhatWasAppendedBefore() {
    List<AuditPlace> places =
        List.of(
            new AuditPlace(-1, 10),
            new AuditPlace(0, 2),
            new AuditPlace(0, 9),
            new AuditPlace(0, 10),
            new AuditPlace(1, 0));

    assertEquals(places, Stream.of(3, 0, 4, 2, 1).map(places::get).sorted().toList());
  }

  @Test
  void isReadBackFromItsTexts() {
    AuditPlace place = AuditPlace.of(Timestamps.MIN, 7);

    assertEquals(place, AuditPlace.of(place.texts()));
  }
}
