package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all text has in common: it is well-formed Unicode without NUL, and not too long. PostgreSQL
 * cannot store NUL, and a lone surrogate would silently become a question mark on its way there, so
 * that two different names would be one. Null is refused by the name of the field.
 */
final class Text {

  private Text() {}

  /** Text of 0 to max code points. */
  static String of(String field, String value, int max) {
    Objects.requireNonNull(value, field);
    int length = 0;
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      int codePoint = value.codePointAt(i);
      if (codePoint == 0) {
        throw new StoreException.InvalidInput(field, "contains U+0000 at index " + length);
      }
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new StoreException.InvalidInput(field, "has a lone surrogate at index " + length);
      }
      if (++length > max) {
        throw new StoreException.InvalidInput(field, "is longer than " + max + " code points");
      }
    }
    return value;
  }

  /** Text of 1 to max code points. */
  static String nonEmpty(String field, String value, int max) {
    if (of(field, value, max).isEmpty()) {
      throw new StoreException.InvalidInput(field, "is empty");
    }
    return value;
  }

  /** Text of 0 to max code points, or null. */
  static @Nullable String optional(String field, @Nullable String value, int max) {
    return value == null ? null : of(field, value, max);
  }
}
