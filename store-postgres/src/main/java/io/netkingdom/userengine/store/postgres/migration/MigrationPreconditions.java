package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a migration needs of a server, a database and a role; asked before it changes anything. */
final class MigrationPreconditions {

  private static final String SCHEMA_FACTS =
      """
      SELECT
        pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS may_create,
        pg_catalog.current_setting('server_encoding') AS encoding
      FROM pg_catalog.pg_namespace n
      WHERE n.nspname = ?
      """;

  // A table is altered by its owner, or a member of that role; a right to create is not enough.
  private static final String TABLES_OF_OTHERS =
      """
      SELECT c.relname AS name, pg_catalog.pg_get_userbyid(c.relowner) AS owner
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND (c.relkind = 'r' OR c.relkind = 'p') AND c.relname = ANY (ARRAY[%s])
        AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
      ORDER BY c.relname
      """
          .formatted("'" + String.join("', '", Tables.ALL) + "'");

  private MigrationPreconditions() {}

  /**
   * Requires all of it.
   *
   * @throws StoreException.ReadOnly if nothing can be written there
   * @throws StoreException.MigrationFailed naming what is missing
   */
  static void require(Connection connection, SchemaName schema) throws SQLException {
    requireWritable(ServerFacts.read(connection, ServerProduct.read(connection)));
    requireSchema(connection, schema);
    requireOwner(connection, schema);
  }

  private static void requireWritable(SchemaStatus.Server server) {
    if (server.inRecovery()) {
      throw new StoreException.ReadOnly(
          "the server is in recovery, as a standby is, and takes no migration;"
              + " migrate on its primary");
    }
    if (server.readOnly()) {
      throw new StoreException.ReadOnly(
          "transactions are read-only here (transaction_read_only), and nothing can be migrated");
    }
  }

  private static void requireSchema(Connection connection, SchemaName schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Sql.qualified(SCHEMA_FACTS))) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new StoreException.MigrationFailed(
              "the schema " + schema.quoted() + " does not exist; create it first", null);
        }
        if (!rows.getBoolean("may_create")) {
          throw mayNotCreate(schema, null);
        }
        if (!rows.getString("encoding").equals("UTF8")) {
          throw new StoreException.MigrationFailed(
              "the database's encoding is " + rows.getString("encoding") + "; it must be UTF8",
              null);
        }
      }
    }
  }

  private static void requireOwner(Connection connection, SchemaName schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Sql.qualified(TABLES_OF_OTHERS))) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new StoreException.MigrationFailed(
              "the role does not own "
                  + rows.getString("name")
                  + "; migrate as its owner, which is "
                  + new SchemaName(rows.getString("owner")).quoted(),
              null);
        }
      }
    }
  }

  /** What a role without the right to create is told. */
  static StoreException.MigrationFailed mayNotCreate(
      SchemaName schema, @Nullable SQLException cause) {
    return new StoreException.MigrationFailed(
        "the role may not create tables in the schema "
            + schema.quoted()
            + "; GRANT CREATE ON SCHEMA "
            + schema.quoted()
            + " to it, or migrate as its owner",
        cause);
  }
}
