package io.netkingdom.userengine.store.precis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterDirection;

/** The Bidi Rule (RFC 5893, section 2) for strings with right-to-left code points. */
final class BidiRule {

  private BidiRule() {}

  /**
   * Whether the string has no right-to-left code point, or meets all six conditions.
   *
   * @param goesOn whether the string is the beginning of a longer one: then condition 3, which is
   *     about the end, is not asked
   */
  static boolean isMet(int[] string, boolean goesOn) {
    boolean rightToLeft = false;
    boolean arabicNumber = false;
    boolean europeanNumber = false;
    boolean onlyAllowed = true;
    int lastBase = ECharacterDirection.DIR_NON_SPACING_MARK;
    for (int codePoint : string) {
      int direction = UCharacter.getDirection(codePoint);
      rightToLeft |= isRightToLeft(direction) || direction == ECharacterDirection.ARABIC_NUMBER;
      arabicNumber |= direction == ECharacterDirection.ARABIC_NUMBER;
      europeanNumber |= direction == ECharacterDirection.EUROPEAN_NUMBER;
      onlyAllowed &= isAllowedAmongRightToLeft(direction);
      if (direction != ECharacterDirection.DIR_NON_SPACING_MARK) {
        lastBase = direction;
      }
    }
    if (!rightToLeft) {
      return true;
    }
    // Condition 1 asks for L, R or AL at the start; L would break condition 5, as something here
    // is right-to-left. That leaves conditions 1 to 4 with R or AL.
    return isRightToLeft(UCharacter.getDirection(string[0]))
        && onlyAllowed
        && (goesOn
            || isRightToLeft(lastBase)
            || lastBase == ECharacterDirection.EUROPEAN_NUMBER
            || lastBase == ECharacterDirection.ARABIC_NUMBER)
        && !(arabicNumber && europeanNumber);
  }

  private static boolean isRightToLeft(int direction) {
    return direction == ECharacterDirection.RIGHT_TO_LEFT
        || direction == ECharacterDirection.RIGHT_TO_LEFT_ARABIC;
  }

  /** Condition 2. */
  private static boolean isAllowedAmongRightToLeft(int direction) {
    return switch (direction) {
      case ECharacterDirection.RIGHT_TO_LEFT,
          ECharacterDirection.RIGHT_TO_LEFT_ARABIC,
          ECharacterDirection.ARABIC_NUMBER,
          ECharacterDirection.EUROPEAN_NUMBER,
          ECharacterDirection.EUROPEAN_NUMBER_SEPARATOR,
          ECharacterDirection.COMMON_NUMBER_SEPARATOR,
          ECharacterDirection.EUROPEAN_NUMBER_TERMINATOR,
          ECharacterDirection.OTHER_NEUTRAL,
          ECharacterDirection.BOUNDARY_NEUTRAL,
          ECharacterDirection.DIR_NON_SPACING_MARK ->
          true;
      default -> false;
    };
  }
}
