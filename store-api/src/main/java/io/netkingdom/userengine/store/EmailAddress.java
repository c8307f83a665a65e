package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.ibm.icu.lang.UCharacter;
import java.util.Objects;

/**
 * An e-mail address. It is kept as typed and found without regard to the case of ASCII letters; no
 * other mapping takes place, since a looser comparison has let one person receive another's mail.
 * An address is never unique and never links anything.
 *
 * @param value 3 to {@value Limits#EMAIL} code points around an {@code @}, without white space
 *     (Unicode's White_Space, no-break spaces included) and control characters
 */
public record EmailAddress(@JsonValue String value) {

  /**
   * @throws StoreException.InvalidInput naming {@code emails}, if it is not an address
   */
  public EmailAddress {
    Objects.requireNonNull(value, "value");
    Text.nonEmpty("emails", value, Limits.EMAIL);
    int at = value.lastIndexOf('@');
    if (at < 1 || at == value.length() - 1) {
      throw new StoreException.InvalidInput("emails", "is not a local part, an @ and a domain");
    }
    if (value
        .codePoints()
        .anyMatch(c -> UCharacter.isISOControl(c) || UCharacter.isUWhiteSpace(c))) {
      throw new StoreException.InvalidInput(
          "emails", "contains white space or a control character");
    }
  }

  /**
   * The address of that text.
   *
   * @throws StoreException.InvalidInput naming {@code emails}, if it is not an address
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EmailAddress of(String value) {
    Objects.requireNonNull(value, "value");
    return new EmailAddress(value);
  }

  /** What addresses are looked up by: the value with ASCII letters in lower case. */
  public String key() {
    StringBuilder key = new StringBuilder(value.length());
    value
        .chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
        .forEach(c -> key.append((char) c));
    return key.toString();
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
