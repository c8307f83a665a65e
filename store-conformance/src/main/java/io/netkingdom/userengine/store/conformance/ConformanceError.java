package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.report.FailureGroups;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An adapter is not conformant; the message lists every broken rule, those of one cause together.
 * The cause is what the fixture threw first, if it threw anything.
 */
public final class ConformanceError extends AssertionError {

  private static final long serialVersionUID = 1L;
  private final transient Ledger ledger;

  ConformanceError(Ledger ledger, @Nullable Throwable fixtures) {
    super(describe(ledger), fixtures);
    this.ledger = ledger;
  }

  /** The whole outcome; null only in an instance that was deserialised. */
  public Ledger ledger() {
    return ledger;
  }

  private static String describe(Ledger ledger) {
    return Stream.concat(ledger.problems().stream(), FailureGroups.describe(ledger).stream())
        .map(line -> "  " + line.replace("\n", "\n  "))
        .collect(
            Collectors.joining(
                "\n",
                ledger.summary() + "\n",
                "\n  The rules are written down in docs/contract.md under their ids."));
  }
}
