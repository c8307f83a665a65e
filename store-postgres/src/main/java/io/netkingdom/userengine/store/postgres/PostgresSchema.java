package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.adapter.InterruptFlag;
import io.netkingdom.userengine.store.postgres.jdbc.ConnectionPool;
import io.netkingdom.userengine.store.postgres.migration.Migrator;
import io.netkingdom.userengine.store.postgres.migration.Privileges;
import io.netkingdom.userengine.store.postgres.migration.SchemaLock;
import io.netkingdom.userengine.store.postgres.migration.Tables;
import io.netkingdom.userengine.store.postgres.schema.MigrationCallback;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The tables in a database, for those who look after them: what is there, what would be done, and
 * the same as SQL for other programs. The command {@code SchemaCommand} does the same.
 *
 * <p>Opening connects to nothing. Each call uses one connection, made in one attempt. Safe for use
 * by many threads.
 */
public final class PostgresSchema implements AutoCloseable {

  /**
   * Every table that the migrations make, in an order in which they can be dropped without CASCADE.
   * Indexes and constraints go with their tables; there are no other objects.
   */
  public static final List<String> TABLES = Tables.ALL;

  private final DataSource dataSource;
  private final Migrator migrator;

  private PostgresSchema(DataSource dataSource, PostgresOptions options) {
    this.dataSource = dataSource;
    this.migrator = options.migrator();
  }

  /**
   * A schema in the database that a DSN names.
   *
   * @throws StoreException.NoProvider if no driver can serve it
   */
  public static PostgresSchema open(Dsn dsn, PostgresOptions options) {
    Objects.requireNonNull(options, "options");
    return new PostgresSchema(
        ConnectionPool.direct(dsn, options.provider(), options.connectionTimeout()), options);
  }

  /**
   * A schema in the database of a DataSource, which stays open.
   *
   * @param dataSource its own timeouts bound how long connecting can take
   */
  public static PostgresSchema open(DataSource dataSource, PostgresOptions options) {
    Objects.requireNonNull(options, "options");
    return new PostgresSchema(Objects.requireNonNull(dataSource, "dataSource"), options);
  }

  /**
   * Looks at the server, the schema and its history; changes nothing and never throws for what it
   * finds. Takes no longer than {@code connectionTimeout} and {@code readinessTimeout} together.
   */
  public SchemaStatus status() {
    return InterruptFlag.aside(() -> migrator.status(dataSource));
  }

  /**
   * Exactly the statements of SQL that {@link #migrate} would run now, in order and without their
   * semicolons, but for those of {@code afterMigration}; empty if the schema is ready. All of them
   * belong into one transaction. Whether the role may run them is not asked.
   *
   * @throws StoreException.NotMigrated if the schema is dirty or ahead, and so nothing would be run
   * @throws StoreException.Unavailable if there is no answer, with the reason
   */
  public List<String> plan() {
    return InterruptFlag.aside(() -> migrator.pendingStatements(dataSource));
  }

  /**
   * The files of the steps that {@link #plan} is made of.
   *
   * @throws StoreException.NotMigrated if the schema is dirty or ahead
   * @throws StoreException.Unavailable if there is no answer, with the reason
   */
  public List<SchemaFile> pendingFiles() {
    return InterruptFlag.aside(() -> migrator.pendingFiles(dataSource));
  }

  /**
   * The files of all steps, for programs that migrate by themselves: run in the order of their
   * numbers they leave the same schema and the same history as {@link #migrate}.
   *
   * @param options of which the schema and the number of partitions count
   */
  public static List<SchemaFile> files(PostgresOptions options) {
    Objects.requireNonNull(options, "options");
    return options.migrator().files();
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#migrate}. */
  public MigrationReport migrate() {
    return InterruptFlag.aside(() -> migrator.migrate(dataSource));
  }

  /**
   * The statements that let a role use the tables, and no more: it can neither change nor drop
   * them. To be run by their owner, again after each migration, since new tables are granted to
   * nobody.
   *
   * @param schema the schema that holds the tables, unquoted; 1 to 63 bytes
   * @param role the role's name, unquoted; 1 to 63 bytes
   * @return statements without their semicolons
   * @throws StoreException.InvalidInput naming {@code schema} or {@code role}, if it is none
   * @see #granting
   */
  public static List<String> grants(String schema, String role) {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(role, "role");
    return Privileges.grants(new SchemaName(schema), Privileges.quoted(role));
  }

  /**
   * A callback that grants a role what it needs to use the tables, and no more: neither to change
   * nor to drop them.
   *
   * @param role the role's name, exactly as the catalogue has it; 1 to 63 bytes
   * @throws StoreException.InvalidInput naming {@code role}, if it is none
   * @see #grants
   */
  public static MigrationCallback granting(String role) {
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

  /**
   * Waits until nobody else changes the tables of a schema, and keeps others out until the
   * transaction ends. Held by the transaction and not by the session, since a connection pool
   * between the client and the server would strand the latter; on a server that ignores advisory
   * locks it does nothing. PostgreSQL manual, section 13.3.5.
   *
   * @param connection in a transaction
   * @param schema the schema that holds the tables, unquoted
   * @throws SQLException with SQLSTATE 55P03 if {@code lock_timeout} is over first
   */
  public static void lock(Connection connection, String schema) throws SQLException {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(schema, "schema");
    SchemaLock.take(connection, schema);
  }

  /** Does nothing: no connection outlives the call that it was made for. */
  @Override
  public void close() {}
}
