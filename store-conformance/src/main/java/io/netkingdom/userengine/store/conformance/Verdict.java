package io.netkingdom.userengine.store.conformance;

/** What a run says of one rule. There is no fifth answer. */
public enum Verdict {
  /** The rule was checked and held. */
  PASS,
  /** The rule was checked and broken. */
  FAIL,
  /** The adapter lacks the rule's capability, and refused it as the contract says. */
  DECLARED_ABSENT,
  /** The rule was not checked, or the check observed nothing. Never conformant. */
  NOT_RUN;

  /** The name in a ledger: upper case, with hyphens. */
  public String label() {
    return name().replace('_', '-');
  }
}
