package io.netkingdom.userengine.store.precis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.util.VersionInfo;

/**
 * The one version of Unicode by which keys are made. A key that is stored must be made again, years
 * later, from the same name: so a newer ICU that a host brings must not accept more names, and an
 * older one, which knows fewer, cannot be used.
 */
final class PinnedUnicode {

  /** Raising it makes more names acceptable; no key that was made before may change by it. */
  static final VersionInfo VERSION = VersionInfo.getInstance(18, 0);

  private PinnedUnicode() {}

  /**
   * @param present the version of Unicode that the loaded ICU holds
   * @throws IllegalStateException if it is older than the pinned one
   */
  static void require(VersionInfo present) {
    if (present.compareTo(VERSION) < 0) {
      throw new IllegalStateException(
          "the ICU4J on the class path holds Unicode "
              + name(present)
              + ", but canonical keys are made by Unicode "
              + name(VERSION)
              + ": use a newer icu4j");
    }
  }

  /** Whether the pinned version assigns the code point; noncharacters count as assigned. */
  static boolean isAssigned(int codePoint) {
    return isAssigned(codePoint, VERSION);
  }

  static boolean isAssigned(int codePoint, VersionInfo version) {
    if (UCharacter.getAge(codePoint).compareTo(version) > 0) {
      return false;
    }
    return UCharacter.getType(codePoint) != ECharacterCategory.UNASSIGNED
        || UCharacter.hasBinaryProperty(codePoint, UProperty.NONCHARACTER_CODE_POINT);
  }

  /** The pinned version as people write it. */
  static String name() {
    return name(VERSION);
  }

  private static String name(VersionInfo version) {
    return version.getMajor() + "." + version.getMinor();
  }
}
