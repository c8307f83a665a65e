package io.netkingdom.userengine.store.conformance.report;

/** What is wrong with the text of a ledger, in one sentence. */
final class LedgerFlaw extends Exception {

  private static final long serialVersionUID = 1L;

  private final String sentence;

  LedgerFlaw(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
