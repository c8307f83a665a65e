package io.netkingdom.userengine.store.conformance.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule does not hold; the message says what was expected and what was seen. */
public final class ExpectationFailedError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient List<String> steps;

  public ExpectationFailedError(String message) {
    this(message, List.of());
  }

  /** With what was done, line by line. */
  public ExpectationFailedError(String message, List<String> steps) {
    super(message);
    this.steps = List.copyOf(steps);
  }

  public ExpectationFailedError(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.steps = List.of();
  }

  public List<String> steps() {
    return steps;
  }
}
