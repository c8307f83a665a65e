package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * How an import runs. Immutable.
 *
 * @param strict whether one rejected row undoes the whole import, which then is one transaction;
 *     otherwise each batch is
 * @param batchSize how many rows go to the engine at once, 1 to {@value Limits#BATCH}
 * @param listener is told of each row
 */
public record ImportOptions(boolean strict, int batchSize, ImportListener listener) {

  private static final ImportOptions DEFAULTS =
      new ImportOptions(false, 500, (index, outcome) -> {});

  /**
   * @throws StoreException.InvalidInput naming {@code batchSize}, if it is out of its range
   */
  public ImportOptions {
    if (batchSize < 1 || batchSize > Limits.BATCH) {
      throw new StoreException.InvalidInput("batchSize", "is not between 1 and " + Limits.BATCH);
    }
    Objects.requireNonNull(listener, "listener");
  }

  /** Not strict, in batches of 500, without a listener. */
  public static ImportOptions defaults() {
    return DEFAULTS;
  }

  /** The same, all or nothing. */
  public ImportOptions asStrict() {
    return new ImportOptions(true, batchSize, listener);
  }

  /** The same with another size of batches. */
  public ImportOptions withBatchSize(int batchSize) {
    return new ImportOptions(strict, batchSize, listener);
  }

  /** The same with a listener. */
  public ImportOptions withListener(ImportListener listener) {
    return new ImportOptions(strict, batchSize, listener);
  }
}
