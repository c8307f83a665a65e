package io.netkingdom.userengine.store;

/** Is told what became of each row of an import, in the order of the rows. */
@FunctionalInterface
public interface ImportListener {

  /**
   * Told after the row's batch was committed. In a strict import told before the commit; when the
   * engine gives the transaction up, it begins again with index 0.
   *
   * @param index the row's index in the source, from 0
   * @param outcome what became of it
   */
  void row(long index, RowOutcome outcome);
}
