package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.IsolationLevel;
import java.util.Set;

/**
 * What an adapter can do beyond the core of the contract. Each has to be stated: one that is left
 * out does not compile. The rules of a capability that is denied are not skipped; the kit observes
 * that the adapter refuses it as the contract says.
 */
public interface Capabilities {

  /** Whether what was committed is there after the store was closed and opened again. */
  boolean durable();

  /** Whether two stores that the fixture opened see each other's commits. */
  boolean sharedBetweenStores();

  /** Whether {@code IsolationLevel.SERIALIZABLE} can be had. */
  boolean serializable();

  /** Whether there is a schema, which does not exist before {@code migrate()}. */
  boolean schemaMigrated();

  /** Whether the adapter can work in a transaction that the application owns. */
  boolean joinsCallersTransactions();

  /**
   * The anomalies that can happen at a level, through this API; at most those of {@link
   * Anomaly#permittedAt}.
   */
  Set<Anomaly> permits(IsolationLevel level);
}
