package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * What an upsert did, with the record that is stored afterwards.
 *
 * @param <R> the kind of record
 */
public sealed interface UpsertResult<R> {

  /** The record as it is stored now. */
  R record();

  /**
   * There was none; now there is.
   *
   * @param record the new record
   */
  record Created<R>(R record) implements UpsertResult<R> {
    /** Refuses null. */
    public Created {
      Objects.requireNonNull(record, "record");
    }
  }

  /**
   * There was one, and it differed.
   *
   * @param record the record with its changes
   */
  record Updated<R>(R record) implements UpsertResult<R> {
    /** Refuses null. */
    public Updated {
      Objects.requireNonNull(record, "record");
    }
  }

  /**
   * There was one like it; nothing was written.
   *
   * @param record the record as it was
   */
  record Unchanged<R>(R record) implements UpsertResult<R> {
    /** Refuses null. */
    public Unchanged {
      Objects.requireNonNull(record, "record");
    }
  }
}
