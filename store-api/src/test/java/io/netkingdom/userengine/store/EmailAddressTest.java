package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.WIDE;
import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @Test
  void anAddressIsKeptAsTypedAndFoundWithoutRegardToAsciiCase() {
    EmailAddress address = EmailAddress.of("Ada@EXAMPLE.org");

    assertEquals("Ada@EXAMPLE.org", address.value());
    assertEquals("Ada@EXAMPLE.org", address.toString());
    assertEquals("ada@example.org", address.key());
  }

  @Test
  void nothingButAsciiIsFolded() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertEquals("iıİéÉß\u212a@x", EmailAddress.of("IıİéÉß\u212a@X").key());
    } finally {
      Locale.setDefault(before);
    }
    assertEquals("@[`{z@z", EmailAddress.of("@[`{Z@Z").key());
  }

  @Test
  void theShortestAndTheLongestFitAndALongerOneDoesNot() {
    assertEquals("a@b", EmailAddress.of("a@b").value());
    String longest = WIDE.repeat(Limits.EMAIL - 2) + "@b";
    assertEquals(longest, EmailAddress.of(longest).value());
    refuses("emails", "is longer than 254 code points", () -> EmailAddress.of("a" + longest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "@", "a@", "@b", "ab@", "a@b@"})
  void whatHasNoLocalPartOrNoDomainIsRefused(String value) {
    refuses("emails", "is not a local part, an @ and a domain", () -> EmailAddress.of(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t", "\r", "\n", "\u0001", "\u007f", "\u0085", "\u00a0", "\u1680", "\u2007", "\u2028",
        "\u2029", "\u202f", "\u205f", "\u3000"
      })
  void whiteSpaceAndControlsAreRefused(String bad) {
    String reason = "contains white space or a control character";
    refuses("emails", reason, () -> EmailAddress.of("a" + bad + "@b"));
    refuses("emails", reason, () -> EmailAddress.of("a@b" + bad));
  }

  @Test
  void whatIsNotTextIsRefused() {
    refuses("emails", "is empty", () -> EmailAddress.of(""));
    refuses("emails", "contains U+0000 at index 1", () -> EmailAddress.of("a\0@b"));
    refuses("emails", "has a lone surrogate at index 2", () -> EmailAddress.of("a@\ud800b"));
  }

  @Test
  void anAddressIsUnverifiedAndNotPrimaryUnlessSaidSo() {
    Email email = Email.of("a@b");
    assertFalse(email.verified());
    assertFalse(email.primary());
    assertTrue(email.asVerified().asPrimary().verified());
    assertTrue(email.asPrimary().asVerified().primary());
  }
}
