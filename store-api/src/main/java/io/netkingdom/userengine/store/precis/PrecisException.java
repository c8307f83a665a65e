package io.netkingdom.userengine.store.precis;

/** A string that a profile does not allow. */
public final class PrecisException extends Exception {

  private static final long serialVersionUID = 1L;
  private final String reason;

  PrecisException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What the string does wrong, as a predicate: it names code points, never the string. */
  public String reason() {
    return reason;
  }
}
