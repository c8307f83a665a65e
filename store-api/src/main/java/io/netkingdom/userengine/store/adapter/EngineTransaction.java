package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.Repositories;

/** An open transaction of an engine. Exactly one of the two methods is called, once. */
public interface EngineTransaction extends Repositories {

  /**
   * Commits and releases. After an error nothing was committed, unless the error is {@link
   * io.netkingdom.userengine.store.StoreException.OutcomeUnknown}; and everything is released.
   *
   * @throws io.netkingdom.userengine.store.StoreException.Retryable if the engine gave the
   *     transaction up
   * @throws io.netkingdom.userengine.store.StoreException.RolledBack if the engine rolled back
   *     instead
   * @throws io.netkingdom.userengine.store.StoreException.OutcomeUnknown if the answer was lost
   */
  void commit();

  /**
   * Rolls back and releases. Does not fail: a connection that cannot be rolled back is discarded.
   */
  void rollback();
}
