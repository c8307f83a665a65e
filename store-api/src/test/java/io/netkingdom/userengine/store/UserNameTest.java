package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class UserNameTest {

  @Test
  void aNameIsKeptAsTypedBesideItsKey() {
    UserName name = UserName.of("Ada.LOVELACE");

    assertEquals("Ada.LOVELACE", name.value());
    assertEquals("Ada.LOVELACE", name.toString());
    assertEquals("ada.lovelace", name.key());
  }

  @Test
  void equalityIsThatOfTheNameAsTyped() {
    assertEquals(UserName.of("Ada"), UserName.of("Ada"));
    assertEquals(UserName.of("Ada").hashCode(), UserName.of("Ada").hashCode());
    assertNotEquals(UserName.of("Ada"), UserName.of("ada"));
    assertEquals(UserName.of("Ada").key(), UserName.of("ada").key());
  }

  @Test
  void theLongestNameFitsAndALongerOneDoesNot() {
    String deseret = "\ud801\udc28"; // four bytes, two chars, one code point
    for (String letter : new String[] {"a", "é", "中", deseret}) {
      String longest = letter.repeat(Limits.USER_NAME);
      assertEquals(longest, UserName.of(longest).key());
      refuses("userName", "is longer than 255 code points", () -> UserName.of(longest + "a"));
    }
  }

  @Test
  void aKeyIsBoundedEvenWhereItIsLongerThanTheName() {
    assertEquals(254, UserName.of("İ".repeat(127)).key().codePointCount(0, 254));
    refuses("userName", "is longer than 255 code points", () -> UserName.of("İ".repeat(128)));
  }

  @Test
  void aNameThatComposesToFewerCodePointsIsMeasuredAsTyped() {
    String decomposed = "e\u0301";
    assertEquals("é".repeat(127), UserName.of(decomposed.repeat(127)).key());
    refuses(
        "userName", "is longer than 255 code points", () -> UserName.of(decomposed.repeat(128)));
  }

  @Test
  void aGiantIsRefusedByItsLengthBeforeItIsLookedAt() {
    refuses(
        "userName", "is longer than 255 code points", () -> UserName.of("ﬁ".repeat(10_000_000)));
  }

  @Test
  void whatIsNotANameIsRefused() {
    refuses("userName", "is empty", () -> UserName.of(""));
    refuses("userName", "contains U+0000 at index 1", () -> UserName.of("a\0"));
    refuses("userName", "has a lone surrogate at index 1", () -> UserName.of("a\ud800"));
    refuses("userName", "has a lone surrogate at index 0", () -> UserName.of("\udc00a"));
    refuses(
        "userName",
        "contains U+0020, which the profile forbids, at index 0",
        () -> UserName.of("  "));
  }
}
