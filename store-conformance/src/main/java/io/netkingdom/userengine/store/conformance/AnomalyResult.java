package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.IsolationLevel;
import java.util.Objects;

/**
 * What was found of one anomaly at one isolation level.
 *
 * @param level the level
 * @param anomaly the anomaly
 * @param permitted whether the adapter declares that it can happen
 * @param observed whether it happened
 */
public record AnomalyResult(
    IsolationLevel level, Anomaly anomaly, boolean permitted, boolean observed) {

  /** Refuses null. */
  public AnomalyResult {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(anomaly, "anomaly");
  }

  /** In words, as reports and documents show it. */
  public String finding() {
    if (observed) {
      return permitted ? "happens" : "happens, though declared as prevented";
    }
    return permitted ? "may happen, not seen" : "prevented";
  }
}
