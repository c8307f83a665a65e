package io.netkingdom.userengine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Texts of a length, and the refusal of what does not fit. */
final class Inputs {

  /** Four bytes of UTF-8 and two chars, so that lengths counted in either would show. */
  static final String WIDE = "\ud83d\ude00";

  private Inputs() {}

  static void refuses(String field, String reason, Executable executable) {
    StoreException.InvalidInput refusal =
        assertThrows(StoreException.InvalidInput.class, executable);
    assertEquals(field + ": " + reason, refusal.field() + ": " + refusal.reason());
    assertEquals(field + ": " + reason, refusal.getMessage());
  }
}
