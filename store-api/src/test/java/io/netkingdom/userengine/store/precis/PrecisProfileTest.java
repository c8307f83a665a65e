package io.netkingdom.userengine.store.precis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisProfileTest {

  private static final PrecisProfile PROFILE = PrecisProfile.USERNAME_CASE_MAPPED;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ada | ada",
        "ＡＤＡ | ada",
        "ΟΔΥΣΣΕΥΣ | οδυσσευς",
        "Straße | straße",
      })
  void caseAndWidthAreMapped(String typed, String key) throws PrecisException {
    assertEquals(key, PROFILE.enforce(typed));
    assertEquals(key, PROFILE.enforce(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ada lovelace | contains U+0020, which the profile forbids, at index 3",
        "\u212a | contains U+212A, which the profile forbids, at index 0",
        "a\u0378 | contains U+0378, which Unicode 18.0 does not assign, at index 1",
        "a\u0000b | contains U+0000, which the profile forbids, at index 1",
        "a\ud800 | contains U+D800, which the profile forbids, at index 1",
        "a\u200db | contains U+200D, which the profile forbids in that place, at index 1",
        "a\u05d0 | breaks the Bidi Rule of RFC 5893 for right-to-left text",
      })
  void aRefusalNamesTheCodePointAndItsPlaceAndNeverTheString(String typed, String reason) {
    assertEquals(
        reason, assertThrows(PrecisException.class, () -> PROFILE.enforce(typed)).reason());
  }
}
