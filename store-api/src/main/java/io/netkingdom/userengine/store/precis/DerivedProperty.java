package io.netkingdom.userengine.store.precis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UTF16;
import org.jspecify.annotations.Nullable;

/** What PRECIS says of a code point (RFC 8264, section 8). */
enum DerivedProperty {
  /** Allowed in every string class. */
  PVALID,
  /** Allowed in the FreeformClass and not in the IdentifierClass ("ID_DIS or FREE_PVAL"). */
  FREE_PVAL,
  /** A joiner, allowed where its contextual rule is met. */
  CONTEXTJ,
  /** Another code point that is allowed where its contextual rule is met. */
  CONTEXTO,
  /** Allowed in no string class. */
  DISALLOWED,
  /** Not assigned in the pinned version of Unicode. */
  UNASSIGNED;

  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  /** The algorithm of section 8; the letters are those of section 9's categories. */
  static DerivedProperty of(int codePoint) {
    DerivedProperty exception = exception(codePoint); // F; G, BackwardCompatible, is empty
    if (exception != null) {
      return exception;
    }
    if (!PinnedUnicode.isAssigned(codePoint)) { // J, Unassigned
      return UNASSIGNED;
    }
    if (codePoint >= 0x21 && codePoint <= 0x7E) { // K, ASCII7
      return PVALID;
    }
    if (has(codePoint, UProperty.JOIN_CONTROL)) { // H, JoinControl
      return CONTEXTJ;
    }
    if (isOldHangulJamo(codePoint) // I, OldHangulJamo
        || has(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT) // M, PrecisIgnorableProperties
        || has(codePoint, UProperty.NONCHARACTER_CODE_POINT)) {
      return DISALLOWED;
    }
    int category = UCharacter.getType(codePoint);
    if (category == ECharacterCategory.CONTROL) { // L, Controls
      return DISALLOWED;
    }
    if (!NFKC.isNormalized(UTF16.valueOf(codePoint))) { // Q, HasCompat
      return FREE_PVAL;
    }
    return switch (category) {
      case ECharacterCategory.UPPERCASE_LETTER, // A, LetterDigits
          ECharacterCategory.LOWERCASE_LETTER,
          ECharacterCategory.OTHER_LETTER,
          ECharacterCategory.DECIMAL_DIGIT_NUMBER,
          ECharacterCategory.MODIFIER_LETTER,
          ECharacterCategory.NON_SPACING_MARK,
          ECharacterCategory.COMBINING_SPACING_MARK ->
          PVALID;
      case ECharacterCategory.TITLECASE_LETTER, // R, OtherLetterDigits
          ECharacterCategory.LETTER_NUMBER,
          ECharacterCategory.OTHER_NUMBER,
          ECharacterCategory.ENCLOSING_MARK,
          ECharacterCategory.SPACE_SEPARATOR, // N, Spaces
          ECharacterCategory.MATH_SYMBOL, // O, Symbols
          ECharacterCategory.CURRENCY_SYMBOL,
          ECharacterCategory.MODIFIER_SYMBOL,
          ECharacterCategory.OTHER_SYMBOL,
          ECharacterCategory.CONNECTOR_PUNCTUATION, // P, Punctuation
          ECharacterCategory.DASH_PUNCTUATION,
          ECharacterCategory.START_PUNCTUATION,
          ECharacterCategory.END_PUNCTUATION,
          ECharacterCategory.INITIAL_PUNCTUATION,
          ECharacterCategory.FINAL_PUNCTUATION,
          ECharacterCategory.OTHER_PUNCTUATION ->
          FREE_PVAL;
      default -> DISALLOWED;
    };
  }

  /** F, Exceptions: the RFC's own list. */
  private static @Nullable DerivedProperty exception(int codePoint) {
    if (isArabicIndicDigit(codePoint) || isExtendedArabicIndicDigit(codePoint)) {
      return CONTEXTO;
    }
    return switch (codePoint) {
      case 0x00DF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007 -> PVALID;
      case 0x00B7, 0x0375, 0x05F3, 0x05F4, 0x30FB -> CONTEXTO;
      case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B ->
          DISALLOWED;
      default -> null;
    };
  }

  static boolean isArabicIndicDigit(int codePoint) {
    return codePoint >= 0x0660 && codePoint <= 0x0669;
  }

  static boolean isExtendedArabicIndicDigit(int codePoint) {
    return codePoint >= 0x06F0 && codePoint <= 0x06F9;
  }

  private static boolean isOldHangulJamo(int codePoint) {
    return switch (UCharacter.getIntPropertyValue(codePoint, UProperty.HANGUL_SYLLABLE_TYPE)) {
      case UCharacter.HangulSyllableType.LEADING_JAMO,
          UCharacter.HangulSyllableType.VOWEL_JAMO,
          UCharacter.HangulSyllableType.TRAILING_JAMO ->
          true;
      default -> false;
    };
  }

  private static boolean has(int codePoint, int property) {
    return UCharacter.hasBinaryProperty(codePoint, property);
  }
}
