package io.netkingdom.userengine.store.precis;

import static com.ibm.icu.lang.UCharacter.getIntPropertyValue;

import com.ibm.icu.lang.UCharacter.JoiningType;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import java.util.Arrays;

/**
 * Where the code points of {@link DerivedProperty#CONTEXTJ} and {@link DerivedProperty#CONTEXTO}
 * may stand (RFC 5892, appendix A, which RFC 8264 takes over). Strings are arrays of code points.
 */
final class ContextRules {

  private static final int VIRAMA = 9;

  private ContextRules() {}

  /**
   * Whether the code point at that index meets its rule; one without a rule does not.
   *
   * @param goesOn whether the string is the beginning of a longer one: then what must follow may
   *     still come
   */
  static boolean isMet(int[] string, int index, boolean goesOn) {
    int codePoint = string[index];
    if (DerivedProperty.isArabicIndicDigit(codePoint)) { // A.8
      return Arrays.stream(string).noneMatch(DerivedProperty::isExtendedArabicIndicDigit);
    }
    if (DerivedProperty.isExtendedArabicIndicDigit(codePoint)) { // A.9
      return Arrays.stream(string).noneMatch(DerivedProperty::isArabicIndicDigit);
    }
    return switch (codePoint) {
      case 0x200C ->
          followsVirama(string, index) || breaksCursiveJoin(string, index, goesOn); // A.1
      case 0x200D -> followsVirama(string, index); // A.2
      case 0x00B7 -> // A.3, middle dot
          index > 0
              && string[index - 1] == 'l'
              && (index + 1 < string.length ? string[index + 1] == 'l' : goesOn);
      case 0x0375 -> // A.4, Greek keraia
          index + 1 < string.length
              ? UScript.getScript(string[index + 1]) == UScript.GREEK
              : goesOn;
      case 0x05F3, 0x05F4 -> // A.5 and A.6, geresh and gershayim
          index > 0 && UScript.getScript(string[index - 1]) == UScript.HEBREW;
      case 0x30FB -> // A.7, katakana middle dot
          goesOn || Arrays.stream(string).anyMatch(ContextRules::isJapanese);
      default -> false;
    };
  }

  private static boolean followsVirama(int[] string, int index) {
    return index > 0
        && getIntPropertyValue(string[index - 1], UProperty.CANONICAL_COMBINING_CLASS) == VIRAMA;
  }

  /** {@code (L|D) T* ZWNJ T* (R|D)}, in joining types. */
  private static boolean breaksCursiveJoin(int[] string, int index, boolean goesOn) {
    int before = index - 1;
    while (before >= 0 && joiningType(string[before]) == JoiningType.TRANSPARENT) {
      before--;
    }
    int after = index + 1;
    while (after < string.length && joiningType(string[after]) == JoiningType.TRANSPARENT) {
      after++;
    }
    int left = before < 0 ? JoiningType.NON_JOINING : joiningType(string[before]);
    if (left != JoiningType.LEFT_JOINING && left != JoiningType.DUAL_JOINING) {
      return false;
    }
    if (after == string.length) {
      return goesOn;
    }
    int right = joiningType(string[after]);
    return right == JoiningType.RIGHT_JOINING || right == JoiningType.DUAL_JOINING;
  }

  private static int joiningType(int codePoint) {
    return getIntPropertyValue(codePoint, UProperty.JOINING_TYPE);
  }

  private static boolean isJapanese(int codePoint) {
    int script = UScript.getScript(codePoint);
    return script == UScript.HIRAGANA || script == UScript.KATAKANA || script == UScript.HAN;
  }
}
