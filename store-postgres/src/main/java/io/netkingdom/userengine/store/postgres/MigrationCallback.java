package io.netkingdom.userengine.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

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

  /**
   * Grants a role what it needs to use the tables, and no more: neither to change nor to drop them.
   *
   * @param role the role's name, exactly as the catalogue has it; 1 to 63 bytes
   * @throws io.netkingdom.userengine.store.StoreException.InvalidInput naming {@code role}, if it
   *     is none
   * @see PostgresSchema#grants
   */
  static MigrationCallback granting(String role) {
    Objects.requireNonNull(role, "role");
    String grantee = Privileges.quoted(role);
    return (connection, schema) -> {
      try (Statement statement = connection.createStatement()) {
        for (String grant : Privileges.grants(new SchemaName(schema), grantee)) {
          statement.execute(grant);
        }
      }
    };
  }

  /** Does nothing. */
  static MigrationCallback none() {
    return (connection, schema) -> {};
  }
}
