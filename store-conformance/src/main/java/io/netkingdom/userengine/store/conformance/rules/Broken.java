package io.netkingdom.userengine.store.conformance.rules;

import org.jspecify.annotations.Nullable;

/** A rule does not hold; the message says what was expected and what was seen. */
final class Broken extends AssertionError {

  private static final long serialVersionUID = 1L;

  Broken(String message) {
    super(message);
  }

  Broken(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
