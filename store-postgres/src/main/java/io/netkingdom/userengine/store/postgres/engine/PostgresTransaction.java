package io.netkingdom.userengine.store.postgres.engine;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.postgres.jdbc.BorrowedConnection;
import io.netkingdom.userengine.store.postgres.jdbc.SqlErrors;
import io.netkingdom.userengine.store.postgres.records.PostgresRepositories;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import io.netkingdom.userengine.store.postgres.session.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A transaction on a connection of its own. Of one thread. */
final class PostgresTransaction extends PostgresRepositories implements EngineTransaction {

  private final BorrowedConnection connection;
  private final PostgresSession session;

  private PostgresTransaction(BorrowedConnection connection, PostgresSession session) {
    super(session);
    this.connection = connection;
    this.session = session;
  }

  /**
   * Begins. Where READ COMMITTED is the server's default, it hears of such a transaction with the
   * first statement: nothing needs to be set, and every statement brings its lock timeout along.
   * Read-only access is kept by the caller's handle.
   */
  static PostgresTransaction begin(
      DataSource dataSource, Statements statements, TenantId tenant, TransactionOptions options) {
    BorrowedConnection connection = BorrowedConnection.from(dataSource, false);
    try {
      connection.ask(on -> begin(on, statements, options));
    } catch (SQLException e) {
      connection.close();
      throw SqlErrors.ofStatement(e, options.lockTimeout());
    }
    return new PostgresTransaction(
        connection,
        new PostgresSession(
            connection.get(),
            statements,
            tenant,
            options.lockTimeout(),
            options.isolation(),
            PostgresSession.Mode.TRANSACTION,
            connection::failed));
  }

  private static boolean begin(
      Connection connection, Statements statements, TransactionOptions options)
      throws SQLException {
    if (options.isolation() == IsolationLevel.SERIALIZABLE) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE "
                + (options.readOnly() ? "READ ONLY" : "READ WRITE"));
      }
    } else {
      statements.defaultLevel().beginReadCommitted(connection);
    }
    return true;
  }

  @Override
  public void commit() {
    try (connection) {
      // PostgreSQL answers COMMIT with a rollback after a failed statement, and drivers keep
      // silent.
      if (session.hasFailed()) {
        throw new StoreException.RolledBack("a statement failed", null);
      }
      session.commit();
    }
  }

  @Override
  public void rollback() {
    connection.close();
  }
}
