package io.netkingdom.userengine.store.conformance;

import java.util.Objects;

/**
 * One line of a ledger.
 *
 * @param id the rule's id, such as {@code TXN-04}
 * @param title the rule in one sentence
 * @param verdict what was found
 * @param millis how long the check took, in milliseconds
 * @param message what was expected and what was seen, the refusal that was observed, or why the
 *     rule was not run; empty for a rule that held
 */
public record RuleResult(String id, String title, Verdict verdict, long millis, String message) {

  /** Refuses null. */
  public RuleResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(message, "message");
  }

  /** Whether the rule keeps the adapter from being conformant. */
  public boolean isBroken() {
    return verdict == Verdict.FAIL || verdict == Verdict.NOT_RUN;
  }

  @Override
  public String toString() {
    return id
        + " "
        + verdict.label()
        + ": "
        + title
        + (message.isEmpty() ? "" : "\n    " + message.replace("\n", "\n    "));
  }
}
