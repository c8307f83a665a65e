package io.netkingdom.userengine.store;

import java.util.Objects;

/** How an import runs. Immutable. */
public final class ImportOptions {

  private static final ImportOptions DEFAULTS =
      new ImportOptions(false, 500, (index, outcome) -> {});

  private final boolean strict;
  private final int batchSize;
  private final ImportListener listener;

  private ImportOptions(boolean strict, int batchSize, ImportListener listener) {
    if (batchSize < 1 || batchSize > Limits.BATCH) {
      throw new StoreException.InvalidInput("batchSize", "is not between 1 and " + Limits.BATCH);
    }
    Objects.requireNonNull(listener, "listener");
    this.strict = strict;
    this.batchSize = batchSize;
    this.listener = listener;
  }

  /** Not strict, in batches of 500, without a listener. */
  public static ImportOptions defaults() {
    return DEFAULTS;
  }

  /** The same, all or nothing. */
  public ImportOptions asStrict() {
    return new ImportOptions(true, batchSize, listener);
  }

  /**
   * The same with another size of batches, 1 to {@value Limits#BATCH}.
   *
   * @throws StoreException.InvalidInput naming {@code batchSize}, if it is out of its range
   */
  public ImportOptions withBatchSize(int batchSize) {
    return new ImportOptions(strict, batchSize, listener);
  }

  /** The same with a listener. */
  public ImportOptions withListener(ImportListener listener) {
    return new ImportOptions(strict, batchSize, listener);
  }

  /**
   * Whether one rejected row undoes the whole import, which then is one transaction; otherwise each
   * batch is.
   */
  public boolean strict() {
    return strict;
  }

  /** How many rows go to the engine at once, 1 to {@value Limits#BATCH}. */
  public int batchSize() {
    return batchSize;
  }

  /** Is told of each row. */
  public ImportListener listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "ImportOptions[strict=" + strict + ", batchSize=" + batchSize + "]";
  }
}
