package io.netkingdom.userengine.store.precis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.Locale;

/** How a name becomes its canonical key (RFC 8264, section 5). */
public enum PrecisProfile {
  /** UsernameCaseMapped (RFC 8265, section 3.3): the IdentifierClass, in lower case. */
  USERNAME_CASE_MAPPED;

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  /** How often section 7 of RFC 8264 applies the rules again before it gives up. */
  private static final int REPETITIONS = 3;

  /**
   * Applies the profile until its result is stable (RFC 8264, section 7). The work grows with the
   * square of the length at the worst: callers bound the length first.
   *
   * @return the canonical key; enforcing it again returns the same
   * @throws PrecisException if the profile does not allow the string
   * @throws IllegalStateException if the ICU4J on the class path is older than the pinned Unicode
   */
  public String enforce(String string) throws PrecisException {
    PinnedUnicode.require(UCharacter.getUnicodeVersion());
    String result = apply(string);
    for (int i = 0; i < REPETITIONS; i++) {
      String again = apply(result);
      if (again.equals(result)) {
        return result;
      }
      result = again;
    }
    throw new PrecisException("has no stable canonical form");
  }

  /** The rules in the order of RFC 8265, section 3.3.2. */
  private static String apply(String string) throws PrecisException {
    String prepared = mapWidth(string);
    checkCodePoints(prepared.codePoints().toArray());
    String mapped = NFC.normalize(UCharacter.toLowerCase(ULocale.ROOT, prepared));
    if (mapped.isEmpty()) {
      throw new PrecisException("is empty");
    }
    int[] key = mapped.codePoints().toArray();
    checkCodePoints(key);
    checkContexts(key);
    if (!BidiRule.isMet(key)) {
      throw new PrecisException("breaks the Bidi Rule of RFC 5893 for right-to-left text");
    }
    return mapped;
  }

  /** Full width and half width become what they decompose to; nothing else does. */
  private static String mapWidth(String string) {
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

  private static void checkCodePoints(int[] string) throws PrecisException {
    for (int i = 0; i < string.length; i++) {
      switch (DerivedProperty.of(string[i])) {
        case PVALID, CONTEXTJ, CONTEXTO -> {}
        case FREE_PVAL, DISALLOWED -> throw refused(string[i], "the profile forbids", i);
        case UNASSIGNED ->
            throw refused(string[i], "Unicode " + PinnedUnicode.name() + " does not assign", i);
      }
    }
  }

  /**
   * Contextual rules are asked of the mapped string alone: before that, the middle dot would be
   * forbidden between capitals only, and a joiner by the order in which marks were typed.
   */
  private static void checkContexts(int[] string) throws PrecisException {
    for (int i = 0; i < string.length; i++) {
      switch (DerivedProperty.of(string[i])) {
        case CONTEXTJ, CONTEXTO -> {
          if (!ContextRules.isMet(string, i)) {
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
