package io.netkingdom.userengine.store.precis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.Locale;

/** How a name becomes its canonical key (RFC 8264, section 5). */
public enum PrecisProfile {
  /** UsernameCaseMapped (RFC 8265, section 3.3): the IdentifierClass, in lower case. */
  USERNAME_CASE_MAPPED(StringClass.IDENTIFIER, Directionality.BIDI_RULE) {
    @Override
    String mapWidth(String string) {
      return widthVariantsDecomposed(string);
    }

    @Override
    String normalize(String string) {
      return NFC.normalize(string);
    }
  },

  /**
   * Nickname (RFC 8266, section 2) as it is compared (section 2.4): the FreeformClass, each run of
   * spaces as one, in lower case, compatibility forms as what they stand for.
   */
  NICKNAME(StringClass.FREEFORM, Directionality.ANY) {
    @Override
    String mapSpaces(String string, End end) {
      return spacesCollapsed(string, end.goesOn());
    }

    @Override
    String normalize(String string) {
      return NFKC.normalize(string);
    }
  };

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  /** How often section 7 of RFC 8264 applies the rules again before it gives up. */
  private static final int REPETITIONS = 3;

  /** Any cased letter that has one lower-case form. */
  private static final String LETTER = "a";

  private final StringClass stringClass;
  private final Directionality directionality;

  PrecisProfile(StringClass stringClass, Directionality directionality) {
    this.stringClass = stringClass;
    this.directionality = directionality;
  }

  /** RFC 8264, section 4. */
  private enum StringClass {
    IDENTIFIER,
    FREEFORM
  }

  /** RFC 8264, section 5.2.5. */
  private enum Directionality {
    BIDI_RULE,
    ANY
  }

  /** What the end of a string is. */
  enum End {
    /** The end of a name. */
    OF_NAME,
    /** The end of a beginning, of which no letter follows at once. */
    OF_BEGINNING,
    /** The end of a beginning, of which a letter follows. */
    INSIDE_WORD;

    boolean goesOn() {
      return this != OF_NAME;
    }
  }

  /**
   * Applies the profile until its result is stable (RFC 8264, section 7). The work grows with the
   * square of the length at the worst: callers bound the length first.
   *
   * @return the canonical key; enforcing it again returns the same
   * @throws PrecisException if the profile does not allow the string
   * @throws IllegalStateException if the ICU4J on the class path is older than the pinned Unicode
   */
  public String enforce(String string) throws PrecisException {
    return stable(string, End.OF_NAME);
  }

  /**
   * Applies the profile to the beginning of a name: what must follow, by a contextual rule or by
   * the Bidi Rule, may still come, and one space at the end stays.
   *
   * <p>Where a capital sigma would be final or not, depending on what follows, the result ends
   * before it: all else keeps its key whatever follows, unless that is a mark which combines with
   * the end.
   *
   * @param prefix may be empty
   * @return what the keys of names that begin so begin with; enforcing it again returns the same
   * @throws PrecisException if no string that begins so is allowed by the profile
   * @throws IllegalStateException if the ICU4J on the class path is older than the pinned Unicode
   */
  public String enforcePrefix(String prefix) throws PrecisException {
    return commonBeginning(stable(prefix, End.OF_BEGINNING), stable(prefix, End.INSIDE_WORD));
  }

  private String stable(String string, End end) throws PrecisException {
    PinnedUnicode.require(UCharacter.getUnicodeVersion());
    String result = apply(string, end);
    for (int i = 0; i < REPETITIONS; i++) {
      String again = apply(result, end);
      if (again.equals(result)) {
        return result;
      }
      result = again;
    }
    throw new PrecisException("has no stable canonical form");
  }

  /** The rules in the order of RFC 8264, section 7. */
  private String apply(String string, End end) throws PrecisException {
    String prepared = mapWidth(string);
    checkCodePoints(prepared.codePoints().toArray());
    String mapped = normalize(toLowerCase(mapSpaces(prepared, end), end));
    if (mapped.isEmpty() && !end.goesOn()) {
      throw new PrecisException("is empty");
    }
    int[] key = mapped.codePoints().toArray();
    checkCodePoints(key);
    checkContexts(key, end);
    if (directionality == Directionality.BIDI_RULE && !BidiRule.isMet(key, end.goesOn())) {
      throw new PrecisException("breaks the Bidi Rule of RFC 5893 for right-to-left text");
    }
    return mapped;
  }

  /** The width mapping rule; none unless a profile has one. */
  String mapWidth(String string) {
    return string;
  }

  /** The additional mapping rule; none unless a profile has one. */
  String mapSpaces(String string, End end) {
    return string;
  }

  /** The normalization rule. */
  abstract String normalize(String string);

  private static String toLowerCase(String string, End end) {
    if (end != End.INSIDE_WORD) {
      return UCharacter.toLowerCase(ULocale.ROOT, string);
    }
    String longer = UCharacter.toLowerCase(ULocale.ROOT, string + LETTER);
    return longer.substring(0, longer.length() - LETTER.length());
  }

  /** They differ in sigmas alone, so that no surrogate pair is cut. */
  private static String commonBeginning(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }

  /**
   * Every space is U+0020; none is first, and none last unless the string goes on; one follows
   * another nowhere.
   */
  private static String spacesCollapsed(String string, boolean goesOn) {
    StringBuilder mapped = new StringBuilder(string.length());
    boolean space = false;
    for (int codePoint : string.codePoints().toArray()) {
      if (UCharacter.getType(codePoint) == ECharacterCategory.SPACE_SEPARATOR) {
        space = !mapped.isEmpty();
      } else {
        mapped.append(space ? " " : "").appendCodePoint(codePoint);
        space = false;
      }
    }
    return mapped.append(space && goesOn ? " " : "").toString();
  }

  /** Full width and half width become what they decompose to; nothing else does. */
  private static String widthVariantsDecomposed(String string) {
    StringBuilder mapped = new StringBuilder(string.length());
    for (int codePoint : string.codePoints().toArray()) {
      String decomposition = isWidthVariant(codePoint) ? NFKC.getRawDecomposition(codePoint) : null;
      if (decomposition == null) {
        mapped.appendCodePoint(codePoint);
      } else {
        mapped.append(decomposition);
      }
    }
    return mapped.toString();
  }

  private static boolean isWidthVariant(int codePoint) {
    int type = UCharacter.getIntPropertyValue(codePoint, UProperty.DECOMPOSITION_TYPE);
    return (type == UCharacter.DecompositionType.WIDE
            || type == UCharacter.DecompositionType.NARROW)
        && PinnedUnicode.isAssigned(codePoint);
  }

  private void checkCodePoints(int[] string) throws PrecisException {
    for (int i = 0; i < string.length; i++) {
      switch (DerivedProperty.of(string[i])) {
        case PVALID, CONTEXTJ, CONTEXTO -> {}
        case FREE_PVAL -> {
          if (stringClass != StringClass.FREEFORM && !isMadeOfLetters(string[i])) {
            throw refused(string[i], "the profile forbids", i);
          }
        }
        case DISALLOWED -> throw refused(string[i], "the profile forbids", i);
        case UNASSIGNED ->
            throw refused(string[i], "Unicode " + PinnedUnicode.name() + " does not assign", i);
      }
    }
  }

  /**
   * Whether this is one code point for two or more that are all allowed, and that NFC makes of it:
   * letters of Bengali, Devanagari, Gurmukhi, Oriya, Tibetan and Hebrew that Unicode excludes from
   * composition. Keyboards and programs mix both spellings, which Unicode calls equivalent.
   */
  private static boolean isMadeOfLetters(int codePoint) {
    String parts = NFC.normalize(Character.toString(codePoint));
    return parts.codePointCount(0, parts.length()) > 1
        && parts.codePoints().allMatch(c -> DerivedProperty.of(c) == DerivedProperty.PVALID);
  }

  /**
   * Contextual rules are asked of the mapped string alone: before that, the middle dot would be
   * forbidden between capitals only, and a joiner by the order in which marks were typed.
   */
  private static void checkContexts(int[] string, End end) throws PrecisException {
    for (int i = 0; i < string.length; i++) {
      switch (DerivedProperty.of(string[i])) {
        case CONTEXTJ, CONTEXTO -> {
          if (!ContextRules.isMet(string, i, end.goesOn())) {
            throw refused(string[i], "the profile forbids in that place", i);
          }
        }
        default -> {}
      }
    }
  }

  private static PrecisException refused(int codePoint, String why, int index) {
    return new PrecisException(
        String.format(
            Locale.ROOT, "contains U+%04X, which %s, at index %d", codePoint, why, index));
  }
}
