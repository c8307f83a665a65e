package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A savepoint in a transaction of the caller's, between its own work and work that joins it. It
 * makes that work all or nothing, and since it is gone when the transaction is, it tells when the
 * work ended what was not its own. Of one thread.
 */
final class JoinedWork {

  private final Connection connection;
  private final Savepoint before;

  private JoinedWork(Connection connection, Savepoint before) {
    this.connection = connection;
    this.before = before;
  }

  static JoinedWork begin(Connection connection) {
    try {
      return new JoinedWork(connection, DriverFailure.caught(connection::setSavepoint));
    } catch (SQLException e) {
      throw failure(connection, e);
    }
  }

  /**
   * Makes what the work wrote a part of the caller's transaction.
   *
   * @throws StoreException.IllegalUse if that transaction is not the one that was joined
   */
  void keep() {
    end(false);
  }

  /** Undoes what the work wrote; that it could not be undone is added to why it should be. */
  void undo(Throwable reason) {
    try {
      end(true);
    } catch (StoreException e) {
      reason.addSuppressed(e);
    }
  }

  private void end(boolean undo) {
    try {
      DriverFailure.caught(
          () -> {
            if (connection.isClosed() || connection.getAutoCommit()) {
              throw ended();
            }
            if (undo) {
              connection.rollback(before);
            }
            connection.releaseSavepoint(before);
            return true;
          });
    } catch (SQLException e) {
      throw failure(connection, e);
    }
  }

  private static StoreException failure(Connection connection, SQLException e) {
    if (e instanceof DriverFailure) {
      BorrowedConnection.end(connection);
    }
    return SqlErrors.isNoSavepoint(e) ? ended() : SqlErrors.ofStatement(e, null);
  }

  private static StoreException.IllegalUse ended() {
    return new StoreException.IllegalUse(
        "the work ended the transaction that it had joined, or closed its connection; beginning,"
            + " committing, rolling back and closing are its caller's, before or after the work");
  }
}
