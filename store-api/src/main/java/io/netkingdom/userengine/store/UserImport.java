package io.netkingdom.userengine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An import, batch by batch: beyond one batch it keeps nothing in memory. Of one thread. */
final class UserImport {

  /** Stores a batch, and says what became of each draft. */
  @FunctionalInterface
  interface Batch {
    List<RowOutcome> store(List<UserDraft> drafts);
  }

  private final ImportOptions options;
  private final Batch batch;
  // Row by row: the draft, or why there is none.
  private final List<Object> pending = new ArrayList<>();
  private long index;
  private ImportReport report = ImportReport.NOTHING;

  private UserImport(ImportOptions options, Batch batch) {
    this.options = options;
    this.batch = batch;
  }

  static ImportReport run(Iterable<? extends UserRow> source, ImportOptions options, Batch batch) {
    UserImport run = new UserImport(options, batch);
    for (UserRow row : source) {
      run.add(row);
    }
    run.flush();
    return run.report;
  }

  private void add(UserRow row) {
    Objects.requireNonNull(row, "row");
    try {
      pending.add(Objects.requireNonNull(row.draft(), "draft"));
    } catch (StoreException.InvalidInput e) {
      pending.add(RowOutcome.Rejected.of(e));
    }
    if (pending.size() == options.batchSize()) {
      flush();
    }
  }

  private void flush() {
    List<UserDraft> drafts =
        pending.stream().filter(UserDraft.class::isInstance).map(UserDraft.class::cast).toList();
    List<RowOutcome> outcomes = drafts.isEmpty() ? List.of() : batch.store(drafts);
    int stored = 0;
    for (Object row : pending) {
      tell(row instanceof RowOutcome rejected ? rejected : outcomes.get(stored++));
    }
    pending.clear();
  }

  private void tell(RowOutcome outcome) {
    if (options.strict() && outcome instanceof RowOutcome.Rejected rejected) {
      throw new StoreException.RowRejected(index, rejected.field(), rejected.reason());
    }
    report = report.plus(outcome);
    options.listener().row(index, outcome);
    index++;
  }
}
