package io.netkingdom.userengine.store.conformance.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule does not hold; the message says what was expected and what was seen. */
public final class ExpectationFailedError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient List<String> steps;
  private final transient @Nullable Values values;

  /** With a sentence that says it all. */
  public ExpectationFailedError(String message) {
    this(message, List.of(), null, null);
  }

  /** With what was done, line by line. */
  public ExpectationFailedError(String message, List<String> steps) {
    this(message, steps, null, null);
  }

  /** With what the store threw. */
  public ExpectationFailedError(String message, Throwable cause) {
    this(message, List.of(), null, cause);
  }

  ExpectationFailedError(
      String message,
      @Nullable Object expected,
      @Nullable Object actual,
      @Nullable Throwable cause) {
    this(message, List.of(), new Values(expected, actual), cause);
  }

  private ExpectationFailedError(
      String message, List<String> steps, @Nullable Values values, @Nullable Throwable cause) {
    super(message, cause);
    this.steps = List.copyOf(steps);
    this.values = values;
  }

  /**
   * Two values that should be one.
   *
   * @param expected what the rule wants
   * @param actual what the store gave
   */
  public record Values(@Nullable Object expected, @Nullable Object actual) {
    /** Of an exception only what reports may show. */
    public Values {
      actual = actual instanceof Throwable thrown ? Messages.describe(thrown) : actual;
    }
  }

  List<String> steps() {
    return steps;
  }

  Optional<Values> values() {
    return Optional.ofNullable(values);
  }
}
