package io.netkingdom.userengine.store.postgres.jdbc;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells a connection that arrives inside a transaction of the host application, and leaves it
 * alone. Only where autocommit is off can there be one.
 */
final class HostTransactions {

  private static final String SPRING_PROXY = "org.springframework.jdbc.datasource.ConnectionProxy";
  private static final String SPRING_TRANSACTIONS =
      "org.springframework.transaction.support.TransactionSynchronizationManager";
  private static final String PGJDBC_NG = "pgjdbc-ng";

  // Whatever reads or writes a table locks it until its transaction ends. Those of the server's own
  // have numbers below 16384. PostgreSQL manual, section 13.3 and the view pg_locks.
  private static final String IS_TOUCHED =
      """
      SELECT pg_catalog.pg_current_xact_id_if_assigned() IS NOT NULL OR EXISTS (
        SELECT 1 FROM pg_catalog.pg_locks
        WHERE pid = pg_catalog.pg_backend_pid()
        AND (locktype = 'advisory' OR relation >= 16384::oid))
      """;

  private HostTransactions() {}

  /**
   * Sets autocommit, unless that would end a transaction of somebody else.
   *
   * @param autoCommit what it is
   * @param wanted what it is to be
   * @throws StoreException.IllegalUse if somebody else's transaction is open; nothing was changed
   */
  static void setAutoCommitOrRefuse(Connection connection, boolean autoCommit, boolean wanted)
      throws SQLException {
    if (autoCommit) {
      if (!wanted) {
        setAutoCommit(connection, false);
      }
      return;
    }
    if (isSpringsTransaction(connection) || hasBegun(connection)) {
      throw refusal();
    }
    // Nothing has been sent that this could commit; a managed connection refuses it.
    setAutoCommit(connection, true);
    if (!wanted) {
      connection.setAutoCommit(false);
    }
  }

  /** A connection that is managed for a transaction is not let out of it. */
  private static void setAutoCommit(Connection connection, boolean autoCommit) throws SQLException {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      if (isRefusal(e, connection)) {
        throw refusal();
      }
      throw e;
    }
  }

  /** Refused by what knows the connection, and no outage. Pools give no SQLSTATE for that. */
  private static boolean isRefusal(SQLException e, Connection connection) throws SQLException {
    return (e.getSQLState() == null || !SqlStates.isConnectionLoss(e)) && !connection.isClosed();
  }

  private static StoreException.IllegalUse refusal() {
    return new StoreException.IllegalUse(
        "the DataSource gave out a connection that is in the application's own transaction;"
            + " it was left as it was. Use CallerTransactions.join to work in that transaction,"
            + " or open the store on a DataSource that does not take part in it");
  }

  /** Whether something was sent in a transaction that is open still. */
  private static boolean hasBegun(Connection connection) throws SQLException {
    return connection.getMetaData().getDriverName().equals(PGJDBC_NG)
        ? hasBegunOnPgjdbcNg(connection)
        : !acceptsReadOnly(connection, connection.isReadOnly());
  }

  /** Drivers refuse that within a transaction, from what they know themselves. */
  private static boolean acceptsReadOnly(Connection connection, boolean readOnly)
      throws SQLException {
    try {
      connection.setReadOnly(readOnly);
      return true;
    } catch (SQLException e) {
      if (isRefusal(e, connection)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * This driver asks the server for each property of a connection, and so begins a transaction:
   * HikariCP, which asks for the isolation level, gives none out without one. Such a transaction
   * has neither read nor written, and is as good as none.
   */
  private static boolean hasBegunOnPgjdbcNg(Connection connection) throws SQLException {
    if (!acceptsReadOnly(connection, false) && isTouched(connection)) {
      return true;
    }
    // This undoes what was set, too.
    connection.rollback();
    return false;
  }

  private static boolean isTouched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Sql.qualified(IS_TOUCHED))) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      if (isRefusal(e, connection)) {
        return true;
      }
      throw e;
    }
  }

  /** Spring's proxies share one connection with the application while a transaction is active. */
  private static boolean isSpringsTransaction(Connection connection) {
    for (Class<?> type : connection.getClass().getInterfaces()) {
      if (type.getName().equals(SPRING_PROXY)) {
        return isTransactionActive(type.getClassLoader());
      }
    }
    return false;
  }

  private static boolean isTransactionActive(ClassLoader spring) {
    try {
      return Boolean.TRUE.equals(
          Class.forName(SPRING_TRANSACTIONS, true, spring)
              .getMethod("isActualTransactionActive")
              .invoke(null));
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      // Another Spring than those that are known: then its proxy alone is reason enough.
      return true;
    }
  }
}
