package io.netkingdom.userengine.store.postgres.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether the server begins transactions at another level than READ COMMITTED where it is told
 * nothing: {@code default_transaction_isolation} can be set for a role, a database or the server.
 * Nobody has to ask before each operation: readiness is asked for before the first one, and every
 * statement that writes says which level it is meant for. Safe for use by many threads.
 */
public final class DefaultLevel {

  private volatile boolean other;

  /** Asks the server. */
  public void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.current_setting('default_transaction_isolation')")) {
      row.next();
      other = !row.getString(1).equals("read committed");
    }
  }

  /** Whether READ COMMITTED has to be asked for. */
  public boolean isOther() {
    return other;
  }

  /** Notes that a statement found its transaction at another level. */
  public void foundOther() {
    other = true;
  }

  /** Tells the server that the transaction that begins is READ COMMITTED, where it has to know. */
  public void beginReadCommitted(Connection connection) throws SQLException {
    if (other) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      }
    }
  }
}
