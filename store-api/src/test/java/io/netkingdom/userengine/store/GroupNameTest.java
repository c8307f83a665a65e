package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNameTest {

  // What an erased user's row holds: the error comes here, not from a name that the application
  // uses.
  @Test
  @SuppressWarnings("NullAway") // what an adapter that reads a column may do
  void nothingIsRestoredWithoutAValueOrAKey() {
    assertEquals(
        "value",
        assertThrows(NullPointerException.class, () -> GroupName.restored(null, "ada"))
            .getMessage());
    assertEquals(
        "key",
        assertThrows(NullPointerException.class, () -> GroupName.restored("Ada", null))
            .getMessage());
  }

  @Test
  void aNameIsKeptAsTypedBesideItsKey() {
    GroupName name = GroupName.of(" Engineering  TEAM ");

    assertEquals(" Engineering  TEAM ", name.value());
    assertEquals(" Engineering  TEAM ", name.toString());
    assertEquals("engineering team", name.key());
  }

  @Test
  void equalityIsThatOfTheNameAsTyped() {
    assertEquals(GroupName.of("Team"), GroupName.of("Team"));
    assertEquals(GroupName.of("Team").hashCode(), GroupName.of("Team").hashCode());
    assertNotEquals(GroupName.of("Team"), GroupName.of("team"));
    assertEquals(GroupName.of("Team").key(), GroupName.of("team").key());
  }

  @Test
  void aStoredNameKeepsTheKeyThatItWasGiven() {
    GroupName name = GroupName.restored("Team", "another key");

    assertEquals("Team", name.value());
    assertEquals("another key", name.key());
  }

  @Test
  void theLongestNameFitsAndALongerOneDoesNot() {
    for (String letter : new String[] {"a", "é", "中", Inputs.WIDE}) {
      String longest = letter.repeat(Limits.GROUP_NAME);
      assertEquals(longest, GroupName.of(longest).key());
      refuses("displayName", "is longer than 255 code points", () -> GroupName.of(longest + "a"));
      refuses("displayName", "is longer than 255 code points", () -> GroupName.of(longest + " "));
    }
  }

  @Test
  void aKeyIsBoundedEvenWhereItIsLongerThanTheName() {
    String eighteen = "\ufdfa"; // an Arabic ligature of four words
    assertEquals(18, GroupName.of(eighteen).key().length());
    assertEquals(252, GroupName.of(eighteen.repeat(14)).key().length());
    refuses(
        "displayName", "is longer than 255 code points", () -> GroupName.of(eighteen.repeat(15)));
  }

  @Test
  void aGiantIsRefusedByItsLengthBeforeItIsLookedAt() {
    refuses(
        "displayName", "is longer than 255 code points", () -> GroupName.of("\t".repeat(10_000)));
  }

  @Test
  void whatIsNotANameIsRefused() {
    refuses("displayName", "is empty", () -> GroupName.of(""));
    refuses("displayName", "is empty", () -> GroupName.of(" \u3000 "));
    refuses("displayName", "contains U+0000 at index 1", () -> GroupName.of("a\0"));
    refuses("displayName", "has a lone surrogate at index 1", () -> GroupName.of("a\ud800"));
    refuses(
        "displayName",
        "contains U+0009, which the profile forbids, at index 3",
        () -> GroupName.of("a  \tb"));
  }

  @Test
  void aSpaceThatEndsABeginningStandsBetweenWords() {
    assertTrue(finds("engineering", "Engineering"));
    assertTrue(finds("Engineering\u3000", "engineering team"));
    assertTrue(finds("engineering \u00a0", "Engineering   Team"));
    assertTrue(finds("  ENGINEERING t", "Engineering Team"));
    assertFalse(finds("engineering ", "Engineering"));
    assertFalse(finds("engineering ", "Engineering "));
    assertFalse(finds("engineering ", "Engineering-Ops"));
    assertFalse(finds("engineering  t", "Engineering Ops"));
  }

  @Test
  void nothingAndSpacesAloneFindEveryName() {
    assertEquals("", GroupName.prefixKey(""));
    assertEquals("", GroupName.prefixKey("  \u3000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "*", "?", "a%b_c\\"})
  void nothingInABeginningIsAWildcard(String typed) {
    assertEquals(typed, GroupName.prefixKey(typed));
  }

  @Test
  void whatNoNameCanBeginWithIsRefused() {
    refuses("prefix", "contains U+0000 at index 1", () -> GroupName.prefixKey("a\0"));
    refuses("prefix", "has a lone surrogate at index 0", () -> GroupName.prefixKey("\ud800"));
    refuses(
        "prefix",
        "contains U+0009, which the profile forbids, at index 1",
        () -> GroupName.prefixKey("a\t"));
    refuses("prefix", "is longer than 255 code points", () -> GroupName.prefixKey("a".repeat(256)));
    refuses(
        "prefix", "is longer than 255 code points", () -> GroupName.prefixKey("\ufdfa".repeat(15)));
    assertEquals("a".repeat(255), GroupName.prefixKey("a".repeat(255)));
  }

  private static boolean finds(String typed, String name) {
    return GroupName.of(name).key().startsWith(GroupName.prefixKey(typed));
  }
}
