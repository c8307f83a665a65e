package io.netkingdom.userengine.store.conformance.check;

import java.util.Objects;

/**
 * The fixture itself threw. Its cause is shown in full to whoever runs the rules: it is that
 * person's own code. The message, which is part of the ledger, repeats nothing of it.
 */
public final class FixtureFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FixtureFailedException(String call, Throwable cause) {
    super("the fixture threw " + Messages.describe(cause) + " in " + call, cause);
  }

  /** What the fixture threw. */
  public Throwable thrown() {
    return Objects.requireNonNull(getCause(), "it has a cause");
  }
}
