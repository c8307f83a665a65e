package io.netkingdom.userengine.store.precis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import org.junit.jupiter.api.Test;

class PinnedUnicodeTest {

  @Test
  void anOlderIcuIsRefusedNamingBothVersions() {
    IllegalStateException refusal =
        assertThrows(
            IllegalStateException.class,
            () -> PinnedUnicode.require(VersionInfo.getInstance(17, 0)));

    assertEquals(
        "the ICU4J on the class path holds Unicode 17.0, but canonical keys are made by Unicode"
            + " 18.0: use a newer icu4j",
        refusal.getMessage());
  }

  @Test
  void theSameAndANewerIcuAreAccepted() {
    PinnedUnicode.require(UCharacter.getUnicodeVersion());
    PinnedUnicode.require(PinnedUnicode.VERSION);
    PinnedUnicode.require(VersionInfo.getInstance(18, 1));
    PinnedUnicode.require(VersionInfo.getInstance(19, 0));
  }

  @Test
  void whatCameAfterThePinnedVersionCountsAsUnassigned() {
    int addedIn13 = 0x0B55; // Oriya sign overline

    assertFalse(PinnedUnicode.isAssigned(addedIn13, VersionInfo.getInstance(12, 1)));
    assertTrue(PinnedUnicode.isAssigned(addedIn13, VersionInfo.getInstance(13, 0)));
    assertTrue(PinnedUnicode.isAssigned(addedIn13));
    assertFalse(PinnedUnicode.isAssigned(0x0378));
    assertTrue(PinnedUnicode.isAssigned(0xFFFE), "noncharacters are not unassigned");
  }
}
