package io.netkingdom.userengine.store.precis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KEY-1 to KEY-5: what the profiles forbid, and that its answer is stable and always the same. */
class PrecisProfileTest {

  private static final PrecisProfile PROFILE = PrecisProfile.USERNAME_CASE_MAPPED;

  /**
   * Over the outcomes for every code point. A change of Unicode data, of the JDK or of the profile
   * shows here first: a new literal means that names which were keys may be so no longer.
   */
  private static final Map<PrecisProfile, String> DIGESTS =
      Map.of(
          PrecisProfile.USERNAME_CASE_MAPPED,
          "52bc3f912addc96bbacf0f2fc2dd29ac09471b504ed99d9c888a7a0efad86891",
          PrecisProfile.NICKNAME,
          "a2c5dcd93257ad197c516c59f894630fbc3ffb8fa2ccc04a3a8301c036edb2fc");

  /** How many code points that may be a name are two or more in NFC. */
  private static final int SPLIT_LETTERS = 71;

  /** Found when first asked for: only the tests that take long do. */
  private static final class Allowed {

    /** By profile, every code point that may be part of a name, before mapping. */
    private static final Map<PrecisProfile, int[]> CODE_POINTS =
        Map.of(
            PrecisProfile.USERNAME_CASE_MAPPED,
            findAllowed(PrecisProfile.USERNAME_CASE_MAPPED),
            PrecisProfile.NICKNAME,
            findAllowed(PrecisProfile.NICKNAME));
  }

  /** What maps to something that is mapped again, combines, or depends on its neighbours. */
  private static final int[] EAGER = {
    'I', 'i', 0x0130, 0x0131, 0x03A3, 0x03C2, 0x00DF, 0x1E9E, 0x0300, 0x0307, 0x0323, 0x0327,
    0x0345, 0x093C, 0x094D, 0x3099, 0xFF76, 0xFF9E, 0xAC00, 0x05B0, 0x05D0, 0x0660, 0x200C, 0x200D
  };

  /** The same among what only the FreeformClass allows. */
  private static final int[] EAGER_FREEFORM = {
    ' ', 0x00A0, 0x3000, 0x00A8, 0x2122, 0x013F, 0x1D400, 0x1D6BA, 0xFB01, 0xFC5E, 0xFDFA, 0x24B6
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ada lovelace | contains U+0020, which the profile forbids, at index 3",
        "\ud83d\ude00 | contains U+1F600, which the profile forbids, at index 0",
        "a\u0378 | contains U+0378, which Unicode 18.0 does not assign, at index 1",
        "a\u0000b | contains U+0000, which the profile forbids, at index 1",
        "a\ud800 | contains U+D800, which the profile forbids, at index 1",
        "a\u0007b | contains U+0007, which the profile forbids, at index 1",
        "a\ufffe | contains U+FFFE, which the profile forbids, at index 1",
        "a\ue000 | contains U+E000, which the profile forbids, at index 1",
        "a\u00ad | contains U+00AD, which the profile forbids, at index 1",
        "\ud835\udd38a b | contains U+1D538, which the profile forbids, at index 0",
        "\ud801\udc00 b | contains U+0020, which the profile forbids, at index 1",
        "a\u200db | contains U+200D, which the profile forbids in that place, at index 1",
        "a\u05d0 | breaks the Bidi Rule of RFC 5893 for right-to-left text",
      })
  void aRefusalNamesTheCodePointAndItsPlaceAndNeverTheName(String name, String reason) {
    PrecisException refusal = assertThrows(PrecisException.class, () -> PROFILE.enforce(name));
    assertEquals(reason, refusal.reason());
    assertEquals(reason, refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000", "\u00a0 \u2003", "\t", "\u200b", "\u2028"})
  void blankNamesAreRefused(String name) {
    for (PrecisProfile profile : PrecisProfile.values()) {
      assertThrows(PrecisException.class, () -> profile.enforce(name));
    }
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void theOutcomeForEveryCodePointIsTheSameOnEveryJvm(PrecisProfile profile)
      throws NoSuchAlgorithmException {
    assertEquals(DIGESTS.get(profile), digest(profile));
  }

  /** All of Unicode: what NFC splits is one name with its parts, and other HasCompat is refused. */
  @Tag("proof")
  @Test
  void whatNfcSplitsIsOneNameWithItsParts() {
    Normalizer2 nfc = Normalizer2.getNFCInstance();
    int split = 0;
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String whole = Character.toString(codePoint);
      String parts = nfc.normalize(whole);
      if (!PinnedUnicode.isAssigned(codePoint) || parts.equals(whole)) {
        continue;
      }
      String key = enforceOrNull(PROFILE, "a" + whole);
      if (parts.codePointCount(0, parts.length()) > 1) {
        assertEquals(enforceOrNull(PROFILE, "a" + parts), key, whole);
        assertEquals(enforceOrNull(PROFILE, parts), enforceOrNull(PROFILE, whole), whole);
        split += enforceOrNull(PROFILE, parts) == null ? 0 : 1;
      } else {
        assertNull(key, () -> hex(whole) + " is another spelling of one code point");
      }
    }
    assertEquals(SPLIT_LETTERS, split);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "lt-LT", "az-AZ", "el-GR"})
  void theLocaleOfTheJvmDoesNotMatter(String tag) throws PrecisException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      assertEquals("title", PROFILE.enforce("TITLE"));
      assertEquals("i\u0307", PROFILE.enforce("\u0130"));
      assertEquals("\u0131", PROFILE.enforce("\u0131"));
      assertEquals("j\u0301", PROFILE.enforce("J\u0301"));
      assertEquals("ας", PROFILE.enforce("ΑΣ"));
      String reason =
          assertThrows(PrecisException.class, () -> PROFILE.enforce("TITLE TITLE")).reason();
      assertEquals("contains U+0020, which the profile forbids, at index 5", reason);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void enforcingTwiceEqualsOnceForEveryCodePointAloneAndInCompany(PrecisProfile profile) {
    for (int codePoint : allowed(profile)) {
      String one = Character.toString(codePoint);
      for (String name : List.of(one, "ΑΣ" + one + "\u0301Σ")) {
        assertStable(profile, name);
      }
    }
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void enforcingTwiceEqualsOnceForRandomSequences(PrecisProfile profile) {
    Random random = new Random(8264);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      accepted += assertStable(profile, randomName(profile, random)) ? 1 : 0;
    }
    assertTrue(accepted > 1_500, "only " + accepted + " sequences were accepted");
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void composedAndDecomposedSpellingsNeverMakeTwoKeys(PrecisProfile profile) {
    Normalizer2 nfd = Normalizer2.getNFDInstance();
    int equal = 0;
    for (int codePoint : allowed(profile)) {
      String composed = Character.toString(codePoint);
      String decomposed = nfd.normalize(composed);
      String key = decomposed.equals(composed) ? null : enforceOrNull(profile, decomposed);
      if (key != null) {
        assertEquals(enforceOrNull(profile, composed), key);
        equal++;
      }
    }
    assertTrue(equal > 800, "only " + equal + " were compared");
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void whateverFollowsTheKeyBeginsWithThatOfTheBeginning(PrecisProfile profile)
      throws PrecisException {
    Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    Random random = new Random(8266);
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = randomName(profile, random);
      String key = enforceOrNull(profile, name);
      if (key == null) {
        continue;
      }
      for (int end = 0; end <= name.length(); end = name.offsetByCodePoints(end, 1)) {
        String rest = name.substring(end);
        String beginning = name.substring(0, end);
        boolean betweenCharacters = rest.isEmpty() || nfkc.hasBoundaryBefore(rest.codePointAt(0));
        boolean betweenWords = endsWithSpace(beginning) && enforceOrNull(profile, rest) == null;
        if (betweenCharacters && !betweenWords) {
          String prefix = profile.enforcePrefix(beginning);
          assertTrue(key.startsWith(prefix), () -> hex(name) + " after " + hex(beginning));
          assertEquals(prefix, profile.enforcePrefix(prefix), () -> hex(beginning));
          compared++;
        }
        if (end == name.length()) {
          break;
        }
      }
    }
    assertTrue(compared > 2_000, "only " + compared + " beginnings were compared");
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource
  void theKeyOfANameIsThatOfItAsABeginningWhereNothingCanChangeIt(PrecisProfile profile)
      throws PrecisException {
    Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    Random random = new Random(8265);
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = randomName(profile, random);
      String key = enforceOrNull(profile, name);
      boolean sigma = nfkc.normalize(name).indexOf('Σ') >= 0; // lunate and mathematical ones, too
      if (key != null && !sigma && !endsWithSpace(name)) {
        assertEquals(key, profile.enforcePrefix(name), () -> hex(name));
        compared++;
      }
    }
    assertTrue(compared > 500, "only " + compared + " names were compared");
  }

  private static String randomName(PrecisProfile profile, Random random) {
    StringBuilder name = new StringBuilder();
    for (int length = 2 + random.nextInt(5); length > 0; length--) {
      int[] from =
          switch (random.nextInt(6)) {
            case 0, 1 -> allowed(profile);
            case 2 -> profile == PrecisProfile.NICKNAME ? EAGER_FREEFORM : EAGER;
            default -> EAGER;
          };
      name.appendCodePoint(from[random.nextInt(from.length)]);
    }
    return name.toString();
  }

  private static boolean endsWithSpace(String name) {
    return !name.isEmpty()
        && UCharacter.getType(name.codePointBefore(name.length()))
            == ECharacterCategory.SPACE_SEPARATOR;
  }

  /** Whether the name is accepted; its key then is its own key. */
  private static boolean assertStable(PrecisProfile profile, String name) {
    String key = enforceOrNull(profile, name);
    if (key != null) {
      assertEquals(key, enforceOrNull(profile, key), () -> hex(name));
    }
    return key != null;
  }

  private static String digest(PrecisProfile profile) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String key = enforceOrNull(profile, Character.toString(codePoint));
      digest.update(utf8(DerivedProperty.of(codePoint) + " " + key + "\n"));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int[] allowed(PrecisProfile profile) {
    return Objects.requireNonNull(Allowed.CODE_POINTS.get(profile));
  }

  private static int[] findAllowed(PrecisProfile profile) {
    List<Integer> allowed = new ArrayList<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean valid =
          switch (DerivedProperty.of(codePoint)) {
            case PVALID, CONTEXTJ, CONTEXTO -> true;
            case FREE_PVAL ->
                profile == PrecisProfile.NICKNAME
                    || enforceOrNull(profile, Character.toString(codePoint)) != null; // width
            case DISALLOWED, UNASSIGNED -> false;
          };
      if (valid) {
        allowed.add(codePoint);
      }
    }
    return allowed.stream().mapToInt(Integer::intValue).toArray();
  }

  private static @Nullable String enforceOrNull(PrecisProfile profile, String name) {
    try {
      return profile.enforce(name);
    } catch (PrecisException e) {
      return null; // refusals are what these tests tell apart
    }
  }

  private static String hex(String text) {
    return text.codePoints().mapToObj("U+%04X"::formatted).collect(Collectors.joining(" "));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
