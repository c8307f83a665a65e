package io.netkingdom.userengine.store;

/**
 * What an import did.
 *
 * @param created users that were not there
 * @param updated users that were there and differed
 * @param unchanged users that were there like that
 * @param rejected rows of which nothing was stored
 */
public record ImportReport(long created, long updated, long unchanged, long rejected) {

  static final ImportReport NOTHING = new ImportReport(0, 0, 0, 0);

  /** The number of rows. */
  public long rows() {
    return created + updated + unchanged + rejected;
  }

  ImportReport plus(RowOutcome outcome) {
    if (outcome instanceof RowOutcome.Stored stored) {
      if (stored.result() instanceof UpsertResult.Created<User>) {
        return new ImportReport(created + 1, updated, unchanged, rejected);
      }
      return stored.result() instanceof UpsertResult.Updated<User>
          ? new ImportReport(created, updated + 1, unchanged, rejected)
          : new ImportReport(created, updated, unchanged + 1, rejected);
    }
    return new ImportReport(created, updated, unchanged, rejected + 1);
  }
}
