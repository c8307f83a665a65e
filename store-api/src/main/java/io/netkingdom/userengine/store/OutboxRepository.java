package io.netkingdom.userengine.store;

import java.util.Optional;

/**
 * The outbox of one tenant: messages that are written together with the changes that they announce,
 * and read by whoever forwards them. Reading takes nothing away; the records grow until somebody
 * prunes them.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface OutboxRepository {

  /**
   * Appends a message, which is there if and only if the transaction commits.
   *
   * @return {@link UpsertResult.Created}; or {@link UpsertResult.Unchanged} with the message that
   *     was there with the same dedupKey, and then nothing was written
   */
  UpsertResult<OutboxRecord> append(OutboxDraft draft);

  /** The record of that id, if there is one. */
  Optional<OutboxRecord> find(OutboxId id);

  /**
   * Committed records after a place, in an order in which none can ever appear before a place that
   * was handed out: transactions in the order in which they began to write, and records of one
   * transaction in the order of appending. May lag behind while a transaction is running that began
   * to write earlier. Of a transaction's own records, and of other uncommitted ones, it shows none.
   *
   * <p>A transaction that began to write earlier can change once more what a later one has changed
   * and committed: its record is read first and is of the newer version. Who keeps a copy of things
   * therefore ignores a record of which {@link OutboxDraft#aggregateVersion} is not above the one
   * that the copy has.
   *
   * @param cursor {@link OutboxCursor#BEGINNING}, or the {@code next} of a page
   * @param limit how many records at the most, 1 to {@value Limits#PAGE}; fewer come where they
   *     would be more than {@value Limits#PAGE_BYTES} bytes of JSON, but for one at least
   * @throws StoreException.InvalidInput naming {@code cursor}, if it was not given out by this
   *     database; or {@code limit}, if it is out of its range
   */
  OutboxPage readAfter(OutboxCursor cursor, int limit);
}
