package io.netkingdom.userengine.store.postgres;

/**
 * The databases that an outbox has been in. Transaction ids, by which it is read in order, grow
 * within one database only: in the rows of a restored dump they may be larger than any that the new
 * database has reached. So each row names its epoch, and an epoch ends when the table finds itself
 * elsewhere.
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
        SELECT epoch, fingerprint
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
      , begun AS (
        INSERT INTO {schema}.user_engine_outbox_epochs (epoch, fingerprint, began)
        SELECT coalesce(newest.epoch, 0) + 1, here.fingerprint, :now
        FROM settings CROSS JOIN here LEFT JOIN newest ON true
        WHERE newest.fingerprint IS NULL OR newest.fingerprint <> here.fingerprint
        ON CONFLICT DO NOTHING
        RETURNING epoch
      ), epoch AS MATERIALIZED (
        SELECT newest.epoch AS number FROM newest JOIN here ON here.fingerprint = newest.fingerprint
        UNION ALL
        SELECT begun.epoch FROM begun
      )""";

  private OutboxEpochs() {}
}
