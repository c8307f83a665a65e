package io.netkingdom.userengine.store.precis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5893, section 2, through the profile. */
class BidiRuleTest {

  private static final PrecisProfile PROFILE = PrecisProfile.USERNAME_CASE_MAPPED;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u05d0\u05d1", // Hebrew
        "\u0627\u0628", // Arabic
        "\u05d0-\u05d1", // a separator inside
        "\u05d01", // European digits at the end
        "\u0627\u0661", // Arabic digits at the end
        "\u05d0\u05b0", // a mark at the end
        "\u05d01\u05b0",
        "\u05d0!\u05d1", // neutrals inside
        "1a", // nothing that is right-to-left: the rule is not asked
        "1",
        "-"
      })
  void whatMeetsTheRuleIsKept(String name) throws PrecisException {
    assertEquals(name, PROFILE.enforce(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u05d0", // conditions 1 and 5
        "\u05d0a", // condition 2
        "\u05d0a\u05d1",
        "1\u05d0", // condition 1
        "-\u05d0",
        "\u05b0\u05d0",
        "\u0661\u0627",
        "\u0661",
        "\u05d0-", // condition 3
        "\u05d0!\u05b0",
        "\u06271\u0661", // condition 4
        "\u0627\u06611\u0628"
      })
  void whatBreaksTheRuleIsRefused(String name) {
    assertEquals(
        "breaks the Bidi Rule of RFC 5893 for right-to-left text",
        assertThrows(PrecisException.class, () -> PROFILE.enforce(name)).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u05d0-", "\u05d0!\u05b0", "-", "1"})
  void theEndOfABeginningDoesNotMatter(String beginning) throws PrecisException {
    assertEquals(beginning, PROFILE.enforcePrefix(beginning));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u05d0", "\u05d0a", "1\u05d0", "-\u05d0", "\u0661", "\u06271\u0661"})
  void aBeginningThatNothingCanMendIsRefused(String beginning) {
    assertEquals(
        "breaks the Bidi Rule of RFC 5893 for right-to-left text",
        assertThrows(PrecisException.class, () -> PROFILE.enforcePrefix(beginning)).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u05d0", "\u05d0 a", "1\u05d0", "\u05d0-", "\u06271\u0661"})
  void freeTextKnowsNoBidiRule(String name) throws PrecisException {
    assertEquals(name, PrecisProfile.NICKNAME.enforce(name));
  }
}
