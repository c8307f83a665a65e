package io.netkingdom.userengine.store.postgres.jdbc;

import io.netkingdom.userengine.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection out of a DataSource, which gets it back as it was: whatever pool it came from need
 * not know that it was used. Of one thread.
 */
public final class BorrowedConnection implements AutoCloseable {

  private static final System.Logger LOG =
      System.getLogger(BorrowedConnection.class.getPackageName());

  private final Connection connection;
  private final boolean autoCommitBefore;
  private boolean unfit;

  private BorrowedConnection(Connection connection, boolean autoCommitBefore) {
    this.connection = connection;
    this.autoCommitBefore = autoCommitBefore;
  }

  /**
   * Borrows a connection.
   *
   * @param autoCommit whether each statement is to commit itself
   * @throws StoreException.Unavailable if there is none to be had
   * @throws StoreException.IllegalUse if it is in a transaction of the application's
   */
  public static BorrowedConnection from(DataSource dataSource, boolean autoCommit) {
    try {
      return open(dataSource, autoCommit);
    } catch (SQLException e) {
      throw SqlErrors.noConnection(e);
    }
  }

  /** As {@link #from}, for those who look at the exception themselves. */
  public static BorrowedConnection open(DataSource dataSource, boolean autoCommit)
      throws SQLException {
    Connection connection = DriverFailure.caught(dataSource::getConnection);
    try {
      return DriverFailure.caught(
          () -> {
            boolean before = connection.getAutoCommit();
            HostTransactions.setAutoCommitOrRefuse(connection, before, autoCommit);
            return new BorrowedConnection(connection, before);
          });
    } catch (SQLException | StoreException e) {
      if (e instanceof DriverFailure) {
        end(connection);
      }
      release("close", connection::close);
      throw e;
    }
  }

  public Connection get() {
    return connection;
  }

  /** Asks something over JDBC alone. */
  public <T> T ask(AnswerTimeout.Question<T> question) throws SQLException {
    try {
      return DriverFailure.caught(() -> question.ask(connection));
    } catch (SQLException e) {
      failed(e);
      throw e;
    }
  }

  /**
   * Hears of a failure. After some of them the connection is of use to nobody, and is cut off when
   * it is given back: where its driver failed in the middle of something, and where its server has
   * become one that takes no writes but keeps its connections. In a pool it would stay, and the new
   * primary would not be found.
   */
  public void failed(SQLException e) {
    unfit |= e instanceof DriverFailure || SqlErrors.isReadOnlyServer(e);
  }

  /** Cuts a connection off, so that nobody gets it again. */
  public static void end(Connection connection) {
    release("abort", () -> connection.abort(Runnable::run));
  }

  /**
   * Gives the connection back; what was not committed is rolled back first. A connection that fails
   * to do that is cut off. Throws nothing: what came before is what has to be told.
   */
  @Override
  public void close() {
    if (unfit || !isRestored()) {
      end(connection);
    }
    release("close", connection::close);
  }

  private boolean isRestored() {
    return release(
        "go back as it was",
        () -> {
          if (!connection.getAutoCommit()) {
            connection.rollback();
          }
          if (connection.getAutoCommit() != autoCommitBefore) {
            connection.setAutoCommit(autoCommitBefore);
          }
        });
  }

  @FunctionalInterface
  private interface Release {
    void run() throws SQLException;
  }

  /** Lets go of something that nobody can use any more: failing at that changes no outcome. */
  private static boolean release(String how, Release release) {
    try {
      release.run();
      return true;
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "a connection did not {0}, SQLSTATE {1}", how, SqlStates.of(e));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "a connection did not {0}: {1}", how, e.getClass().getName());
    }
    return false;
  }
}
