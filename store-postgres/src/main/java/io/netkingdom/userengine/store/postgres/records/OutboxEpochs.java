package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.StoreException;

/**
 * The databases that an outbox has been in, and their timelines. Transaction ids, by which it is
 * read in order, grow within one timeline of one database only: in the rows of a restored dump they
 * may be larger than any that the new database has reached, and a standby that is promoted gives
 * those ids out again which the lost primary gave out last. So each row names its epoch, and an
 * epoch ends when the table finds itself elsewhere. PostgreSQL manual, section 25.3.5 (Timelines).
 */
final class OutboxEpochs {

  /**
   * Steps of a statement: {@code here} is the fingerprint of this database and table, {@code
   * newest} the last epoch that is recorded.
   */
  static final String HERE =
      """
      here AS MATERIALIZED (
        SELECT c.system_identifier || '.' || d.oid || '.' || t.typrelid AS fingerprint
        FROM pg_catalog.pg_control_system() c
        JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
        JOIN pg_catalog.pg_type t
          ON t.oid = pg_catalog.pg_typeof(NULL::{schema}.user_engine_outbox)
      ), newest AS MATERIALIZED (
        SELECT epoch, fingerprint, timeline
        FROM {schema}.user_engine_outbox_epochs
        ORDER BY epoch DESC
        LIMIT 1
      )""";

  /**
   * Steps of a statement that appends, after {@link #HERE} and {@code settings}: {@code epoch} is
   * the epoch of this database, which is recorded if it is new. It has no row if another
   * transaction has just recorded it.
   */
  static final String CURRENT =
      """
      , present AS MATERIALIZED (
        SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS timeline
      ), begun AS (
        INSERT INTO {schema}.user_engine_outbox_epochs (epoch, fingerprint, timeline, began)
        SELECT coalesce(newest.epoch, 0) + 1, here.fingerprint, present.timeline, clock_timestamp()
        FROM settings CROSS JOIN here CROSS JOIN present LEFT JOIN newest ON true
        WHERE newest.fingerprint IS NULL OR newest.fingerprint <> here.fingerprint
          OR newest.timeline <> present.timeline
        ON CONFLICT DO NOTHING
        RETURNING epoch
      ), epoch AS MATERIALIZED (
        SELECT newest.epoch AS number
        FROM newest JOIN here ON here.fingerprint = newest.fingerprint
          JOIN present ON present.timeline = newest.timeline
        UNION ALL
        SELECT begun.epoch FROM begun
      )""";

  /**
   * Whether a record that is appended lasts once it is read. A commit that does not wait for its
   * log can be lost in a crash, and its transaction's id is given out again. Where the transaction
   * is our own, {@code settings} has seen to it.
   */
  static final String IS_DURABLE =
      "(:isolation::text IS NOT NULL OR current_setting('synchronous_commit') <> 'off')";

  private OutboxEpochs() {}

  /** What is said where it would not. */
  static StoreException.IllegalUse notDurable() {
    return new StoreException.IllegalUse(
        "the caller's transaction has synchronous_commit = off, so that a record of the outbox could"
            + " be lost after it was read; set it to on before the transaction is joined");
  }
}
