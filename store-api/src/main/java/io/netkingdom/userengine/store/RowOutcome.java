package io.netkingdom.userengine.store;

import java.util.Objects;

/** What became of one row of an import. */
public sealed interface RowOutcome {

  /**
   * It is stored.
   *
   * @param result whether it was created, updated or there already
   */
  record Stored(UpsertResult<User> result) implements RowOutcome {
    /** Refuses null. */
    public Stored {
      Objects.requireNonNull(result, "result");
    }
  }

  /**
   * It is not acceptable as it is, or conflicts with what is stored. Nothing of it was stored.
   *
   * @param field the field
   * @param reason why, without the value
   */
  record Rejected(String field, String reason) implements RowOutcome {
    /** Refuses null. */
    public Rejected {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(reason, "reason");
    }

    /** As a conflict tells it. */
    public static Rejected of(StoreException.Conflict conflict) {
      Objects.requireNonNull(conflict, "conflict");
      return new Rejected(conflict.field(), "is held by another record");
    }

    /** As an invalid input tells it. */
    public static Rejected of(StoreException.InvalidInput invalid) {
      Objects.requireNonNull(invalid, "invalid");
      return new Rejected(invalid.field(), invalid.reason());
    }
  }
}
