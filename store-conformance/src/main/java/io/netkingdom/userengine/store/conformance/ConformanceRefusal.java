package io.netkingdom.userengine.store.conformance;

import java.util.Objects;

/**
 * A run cannot begin: there is nothing to run on, it must not be touched, or the kit cannot work
 * here. The message is one sentence that says why and what to do; it is shown to whoever started
 * the run, and so holds no secret. Fixtures throw it, or a type of their own that extends it.
 */
public class ConformanceRefusal extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** With a message that can be shown to anybody. */
  public ConformanceRefusal(String message) {
    super(Objects.requireNonNull(message, "message"));
  }

  /** With a message that can be shown to anybody, and a cause that is not shown. */
  public ConformanceRefusal(String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), Objects.requireNonNull(cause, "cause"));
  }
}
