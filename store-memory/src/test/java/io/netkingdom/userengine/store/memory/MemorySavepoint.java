package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.adapter.EngineTransaction;

/** A place in a transaction in memory that it can be led back to, for tests of joined work. */
public final class MemorySavepoint {

  private final MemoryTransaction transaction;
  private final TenantRecords before;

  private MemorySavepoint(MemoryTransaction transaction) {
    this.transaction = transaction;
    // From here on nobody else changes the records, and going back loses nothing of theirs.
    this.before = transaction.lockAndRead();
  }

  /** Sets one. */
  public static MemorySavepoint in(EngineTransaction transaction) {
    return new MemorySavepoint((MemoryTransaction) transaction);
  }

  /** Undoes what was written since. */
  public void rollback() {
    transaction.write(before);
  }
}
