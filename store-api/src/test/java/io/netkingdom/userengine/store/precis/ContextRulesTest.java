package io.netkingdom.userengine.store.precis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5892, appendix A, through the profile. */
class ContextRulesTest {

  private static final PrecisProfile PROFILE = PrecisProfile.USERNAME_CASE_MAPPED;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0915\u094d\u200c\u0937", // A.1: a virama before
        "\u0628\u200c\u0628", // A.1: between two that join
        "\u0628\u064e\u200c\u064e\u0627", // A.1: with transparent marks between
        "\ud802\udecd\u200c\ud802\udec0", // A.1: a left-joining letter before
        "\u0915\u094d\u200d\u0937", // A.2
        "l\u00b7l", // A.3
        "col\u00b7lecci\u00f3",
        "\u0375\u03b1", // A.4
        "\u05d0\u05f3", // A.5
        "\u05d0\u05f4\u05d1", // A.6
        "\u30fb\u30ab", // A.7: katakana, hiragana or han, anywhere
        "\u3042\u30fb",
        "a\u30fb\u4e00",
        "\u0627\u0660\u0669", // A.8
        "\u0627\u06f0\u06f9" // A.9
      })
  void whatMeetsItsRuleIsKept(String name) throws PrecisException {
    assertEquals(name, PROFILE.enforce(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200cb",
        "\u200c",
        "\u0628\u200c",
        "\u200c\u0628",
        "\u0627\u200c\u0628",
        "\u0628\u200c\u0621",
        "\u0628\u064e\u200c\u064e",
        "\u200d",
        "a\u200d",
        "\u0628\u200d\u0628",
        "\u00b7",
        "l\u00b7",
        "\u00b7l",
        "a\u00b7l",
        "l\u00b7a",
        "l\u00b7\u0142",
        "\u0375",
        "\u03b1\u0375",
        "\u0375a",
        "\u05f3",
        "a\u05f3",
        "\u05f4\u05d0",
        "\u30fb",
        "a\u30fb",
        "\u0627\u0660\u06f0",
        "\u0627\u06f0\u0660"
      })
  void whatBreaksItsRuleIsRefused(String name) {
    String reason = assertThrows(PrecisException.class, () -> PROFILE.enforce(name)).reason();
    assertEquals("which the profile forbids in that place", reason.split(", ", -1)[1], reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0628\u200c", // A.1: a letter that joins may come
        "\u0628\u064e\u200c\u064e",
        "l\u00b7", // A.3: an l may come
        "\u0375", // A.4: Greek may come
        "\u03b1\u0375",
        "\u30fb", // A.7: Japanese may come
        "a\u30fb"
      })
  void aBeginningMayLackWhatCanStillFollow(String beginning) throws PrecisException {
    assertEquals(beginning, PROFILE.enforcePrefix(beginning));
    assertThrows(PrecisException.class, () -> PROFILE.enforce(beginning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200c",
        "a\u200c",
        "\u0628\u200c\u0621",
        "\u0627\u200c",
        "\u200d",
        "a\u200d",
        "\u00b7",
        "a\u00b7",
        "l\u00b7a",
        "\u0375a",
        "\u05f3",
        "a\u05f4",
        "\u0627\u0660\u06f0",
        "\u0627\u06f0\u0660"
      })
  void aBeginningThatNothingCanMendIsRefused(String beginning) {
    String reason =
        assertThrows(PrecisException.class, () -> PROFILE.enforcePrefix(beginning)).reason();
    assertEquals("which the profile forbids in that place", reason.split(", ", -1)[1], reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \u00b7", "a\u200db", "l \u00b7l", "\u0660 \u06f0"})
  void freeTextFollowsTheRulesToo(String name) {
    String reason =
        assertThrows(PrecisException.class, () -> PrecisProfile.NICKNAME.enforce(name)).reason();
    assertEquals("which the profile forbids in that place", reason.split(", ", -1)[1], reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COL\u00b7LECCI\u00d3", "Col\u00b7Lecci\u00f3", "COL\u00b7LECCIO\u0301"})
  void contextIsThatOfTheMappedName(String name) throws PrecisException {
    assertEquals("col\u00b7lecci\u00f3", PROFILE.enforce(name));
  }
}
