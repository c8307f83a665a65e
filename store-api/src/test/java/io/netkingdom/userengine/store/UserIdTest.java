package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

  private static final String TEXT = "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b";

  @Test
  void anIdIsReadInEitherCaseAndWrittenInLowerCase() {
    assertEquals(TEXT, UserId.of(TEXT).toString());
    assertEquals(UserId.of(TEXT), UserId.of("0190A1B2-C3D4-7E5F-8A6B-0C1D2E3F4A5B"));
    assertEquals(UserId.of(UUID.fromString(TEXT)), UserId.of(TEXT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "0190a1b2c3d47e5f8a6b0c1d2e3f4a5b",
        "{0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b}",
        "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5",
        "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5bb",
        "0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5g",
        " 0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b",
        "０190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b",
        "+190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b"
      })
  void otherFormsAreRefused(String text) {
    refuses("userId", "is not a UUID", () -> UserId.of(text));
  }

  @Test
  void aGeneratedIdIsOfVersion7AndHoldsItsTime() {
    for (String time :
        new String[] {"1970-01-01T00:00:00Z", "2026-11-24T01:02:03.456Z", "9999-12-31T23:59:59Z"}) {
      Instant now = Instant.parse(time);
      UUID id = UserId.generate(now).value();
      assertEquals(7, id.version());
      assertEquals(2, id.variant());
      assertEquals(now.toEpochMilli(), id.getMostSignificantBits() >>> 16);
    }
  }

  @Test
  void idsOfOneMillisecondDiffer() {
    Instant now = Instant.parse("2026-11-24T01:02:03.456Z");
    assertNotEquals(UserId.generate(now), UserId.generate(now));
  }
}
