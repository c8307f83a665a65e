package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;

/** What {@link LedgerVerifier} says of a text. */
public sealed interface Verification {

  /**
   * The text is whole, and just as a kit with that list of rules writes it.
   *
   * @param ledger what it says; conformant or not
   */
  record Valid(Ledger ledger) implements Verification {}

  /**
   * The text is no ledger, is one of another list of rules, or was damaged or changed.
   *
   * @param reason what is wrong with it, in one sentence; holds no control characters
   */
  record Rejected(String reason) implements Verification {}
}
