package io.netkingdom.userengine.store.conformance;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An adapter is not conformant; the message lists every broken rule. */
public final class ConformanceError extends AssertionError {

  private static final long serialVersionUID = 1L;
  private final transient Ledger ledger;

  ConformanceError(Ledger ledger) {
    super(describe(ledger));
    this.ledger = ledger;
  }

  /** The whole outcome; null only in an instance that was deserialised. */
  public Ledger ledger() {
    return ledger;
  }

  private static String describe(Ledger ledger) {
    return Stream.concat(
            ledger.problems().stream(), ledger.broken().stream().map(RuleResult::toString))
        .map(line -> "  " + line.replace("\n", "\n  "))
        .collect(
            Collectors.joining(
                "\n",
                ledger.summary() + "\n",
                "\n  The rules are written down in docs/contract.md under their ids."));
  }
}
