package io.netkingdom.userengine.store.conformance;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a ledger.
 *
 * @param id the rule's id, such as {@code TXN-04}
 * @param title the rule in one sentence
 * @param verdict what was found
 * @param millis how long the check took, in milliseconds
 * @param message what was expected and what was seen, the refusal that was observed, or why the
 *     rule was not run; empty for a rule that held
 * @param exempted the exemption that covers a failure, or null; null with every other verdict
 */
public record RuleResult(
    String id,
    String title,
    Verdict verdict,
    long millis,
    String message,
    @Nullable Exemption exempted) {

  /**
   * Refuses null, and an exemption of anything but a failure of this rule.
   *
   * @throws IllegalArgumentException naming the rule
   */
  public RuleResult {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(message, "message");
    if (exempted != null && (verdict != Verdict.FAIL || !exempted.rule().equals(id))) {
      throw new IllegalArgumentException("the exemption does not cover this result of " + id);
    }
  }

  /** A result that no exemption covers. */
  public RuleResult(String id, String title, Verdict verdict, long millis, String message) {
    this(id, title, verdict, millis, message, null);
  }

  /** The exemption that covers a failure, if there is one. */
  public Optional<Exemption> exemption() {
    return Optional.ofNullable(exempted);
  }

  /** Whether the rule keeps the adapter from being conformant. */
  public boolean isBroken() {
    return verdict == Verdict.NOT_RUN || (verdict == Verdict.FAIL && exempted == null);
  }

  /** Id, verdict, rule, message and exemption, as a text of one or more lines. */
  @Override
  public String toString() {
    return id
        + " "
        + verdict.label()
        + ": "
        + title
        + (message.isEmpty() ? "" : "\n    " + message.replace("\n", "\n    "))
        + exemption().map(exemption -> "\n    " + exemption).orElse("");
  }
}
