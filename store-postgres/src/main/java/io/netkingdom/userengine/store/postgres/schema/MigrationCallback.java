package io.netkingdom.userengine.store.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work that belongs to a migration and takes effect together with it or not at all, such as
 * granting the new tables to the role that the application runs as.
 */
@FunctionalInterface
public interface MigrationCallback {

  /**
   * Called after the last statement of a migration, in its transaction. Not called where nothing
   * was pending; called again when the migration is run again.
   *
   * @param connection the migration's own; not to be committed, rolled back or closed
   * @param schema the schema that holds the tables, unquoted
   * @throws SQLException to give the migration up
   */
  void migrated(Connection connection, String schema) throws SQLException;

  /** Does nothing. */
  static MigrationCallback none() {
    return (connection, schema) -> {};
  }
}
