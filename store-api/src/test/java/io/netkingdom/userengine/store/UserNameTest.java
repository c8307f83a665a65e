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

class UserNameTest {

  // What an erased user's row holds: the error comes here, not from a name that the application
  // uses.
  @Test
  @SuppressWarnings("NullAway") // what an adapter that reads a column may do
  void nothingIsRestoredWithoutAValueOrAKey() {
    assertEquals(
        "value",
        assertThrows(NullPointerException.class, () -> UserName.restored(null, "ada"))
            .getMessage());
    assertEquals(
        "key",
        assertThrows(NullPointerException.class, () -> UserName.restored("Ada", null))
            .getMessage());
  }

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

  @Test
  void aBeginningFindsEveryNameThatBeginsSoInAnySpelling() {
    assertTrue(finds("AD", "ada"));
    assertTrue(finds("\uff21d", "Ada"));
    assertTrue(finds("E\u0301", "\u00e9mile"));
    assertTrue(finds("COL\u00b7", "col\u00b7lecci\u00f3"));
    assertTrue(finds("\u05d0-", "\u05d0-\u05d1"));
    assertTrue(finds("", "ada"));
    assertFalse(finds("da", "ada"));
    assertFalse(finds("e", "\u00e9mile"));
  }

  @Test
  void aCapitalSigmaAtTheEndOfABeginningFindsBothSmallOnes() {
    assertTrue(finds("ΑΣ", "ΑΣ"));
    assertTrue(finds("ΑΣ", "ΑΣΙΑ"));
    assertTrue(finds("ΑΣ.", "ΑΣ.ΙΑ"));
    assertTrue(finds("ΑΣ.", "ΑΣ.1"));
    assertTrue(finds("ας", "ΑΣ"));
    assertFalse(finds("ας", "ΑΣΙΑ"));
    assertTrue(finds("ασ", "ΑΣΙΑ"));
    assertFalse(finds("ασ", "ΑΣ"));
    assertEquals("σ", UserName.prefixKey("Σ"), "no letter before it: never final");
    assertEquals("ασι", UserName.prefixKey("ΑΣΙ"));
    assertEquals("ας1", UserName.prefixKey("ΑΣ1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "*", "?", "a%b_c\\"})
  void nothingInABeginningIsAWildcard(String typed) {
    assertEquals(typed, UserName.prefixKey(typed));
  }

  @Test
  void whatNoNameCanBeginWithIsRefused() {
    refuses("prefix", "contains U+0000 at index 1", () -> UserName.prefixKey("a\0"));
    refuses("prefix", "has a lone surrogate at index 0", () -> UserName.prefixKey("\ud800"));
    refuses(
        "prefix",
        "contains U+0020, which the profile forbids, at index 3",
        () -> UserName.prefixKey("ada "));
    refuses(
        "prefix",
        "contains U+00B7, which the profile forbids in that place, at index 2",
        () -> UserName.prefixKey("ΑΣ\u00b7"));
    refuses(
        "prefix",
        "breaks the Bidi Rule of RFC 5893 for right-to-left text",
        () -> UserName.prefixKey("1\u05d0"));
    refuses("prefix", "is longer than 255 code points", () -> UserName.prefixKey("a".repeat(256)));
    refuses("prefix", "is longer than 255 code points", () -> UserName.prefixKey("İ".repeat(128)));
    assertEquals("a".repeat(255), UserName.prefixKey("a".repeat(255)));
  }

  private static boolean finds(String typed, String name) {
    return UserName.of(name).key().startsWith(UserName.prefixKey(typed));
  }
}
