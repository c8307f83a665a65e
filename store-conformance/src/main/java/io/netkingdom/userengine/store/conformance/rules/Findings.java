package io.netkingdom.userengine.store.conformance.rules;

/** What a check reports beside success and failure. Safe for use by many threads. */
public interface Findings {

  /** The adapter lacks the rule's capability and refused it as specified. */
  void refused(String id, String observation);

  /** The check ended without having observed anything. */
  void observedNothing(String id);
}
