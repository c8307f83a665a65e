package io.netkingdom.userengine.store.conformance.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule does not hold; the message says what was expected and what was seen. */
final class Broken extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient List<String> steps;

  Broken(String message) {
    this(message, List.of());
  }

  /** With what was done, line by line. */
  Broken(String message, List<String> steps) {
    super(message);
    this.steps = List.copyOf(steps);
  }

  Broken(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.steps = List.of();
  }

  List<String> steps() {
    return steps;
  }
}
