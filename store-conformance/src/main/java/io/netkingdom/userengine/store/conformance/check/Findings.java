package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.conformance.AnomalyResult;

/** What a check reports beside success and failure. Safe for use by many threads. */
public interface Findings {

  /** The adapter lacks the rule's capability and refused it as specified. */
  void refused(String id, String observation);

  /** The check ended without having observed anything. */
  void observedNothing(String id);

  /** The check did not end in time and goes on in a thread that nobody waits for. */
  void leftBehind(String id);

  /** What an anomaly came to. */
  void found(AnomalyResult result);

  /** Something went wrong that belongs to no rule. */
  void problem(String description);
}
