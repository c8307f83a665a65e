package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection out of a DataSource, which gets it back as it was: whatever pool it came from need
 * not know that it was used. Of one thread.
 */
final class BorrowedConnection implements AutoCloseable {

  private static final System.Logger LOG =
      System.getLogger(BorrowedConnection.class.getPackageName());

  private final Connection connection;
  private final boolean autoCommitBefore;

  private BorrowedConnection(Connection connection, boolean autoCommitBefore) {
    this.connection = connection;
    this.autoCommitBefore = autoCommitBefore;
  }

  /**
   * Borrows a connection.
   *
   * @param autoCommit whether each statement is to commit itself
   * @throws StoreException.Unavailable if there is none to be had
   */
  static BorrowedConnection from(DataSource dataSource, boolean autoCommit) {
    try {
      return open(dataSource, autoCommit);
    } catch (SQLException e) {
      throw SqlErrors.noConnection(e);
    }
  }

  /** As {@link #from}, for those who look at the exception themselves. */
  static BorrowedConnection open(DataSource dataSource, boolean autoCommit) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      boolean before = connection.getAutoCommit();
      if (before != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
      return new BorrowedConnection(connection, before);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  Connection get() {
    return connection;
  }

  /**
   * Gives the connection back; what was not committed is rolled back first. A connection that fails
   * to do that is cut off, so that nobody gets it again.
   */
  @Override
  public void close() {
    try {
      restore();
    } catch (SQLException e) {
      release("abort", () -> connection.abort(Runnable::run));
    }
    release("close", connection::close);
  }

  private void restore() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    if (connection.getAutoCommit() != autoCommitBefore) {
      connection.setAutoCommit(autoCommitBefore);
    }
  }

  @FunctionalInterface
  private interface Release {
    void run() throws SQLException;
  }

  /** Lets go of something that nobody can use any more: failing at that changes no outcome. */
  private static void release(String how, Release release) {
    try {
      release.run();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "a connection did not {0}, SQLSTATE {1}", how, SqlErrors.state(e));
    }
  }
}
