package io.netkingdom.userengine.store.postgres.jdbc;

import io.netkingdom.userengine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A savepoint in a transaction of the caller's, between its own work and work that joins it. It
 * makes that work all or nothing, and since it is gone when the transaction is, it tells when the
 * work ended what was not its own. Of one thread.
 */
public final class JoinedWork {

  // In SQL: to release a savepoint of JDBC's where no transaction is open is no error to pgjdbc-ng.
  // Work in work hides the savepoint of the work around it, until it releases its own.
  private static final String SET = "SAVEPOINT user_engine_joined";
  private static final String UNDO = "ROLLBACK TO SAVEPOINT user_engine_joined";
  private static final String RELEASE = "RELEASE SAVEPOINT user_engine_joined";

  private final Connection connection;

  private JoinedWork(Connection connection) {
    this.connection = connection;
  }

  public static JoinedWork begin(Connection connection) {
    JoinedWork work = new JoinedWork(connection);
    work.call(() -> work.execute(SET));
    return work;
  }

  /**
   * Makes what the work wrote a part of the caller's transaction.
   *
   * @throws StoreException.IllegalUse if that transaction is not the one that was joined
   */
  public void keep() {
    end(false);
  }

  /** Undoes what the work wrote; that it could not be undone is added to why it should be. */
  public void undo(Throwable reason) {
    try {
      end(true);
    } catch (StoreException e) {
      reason.addSuppressed(e);
    }
  }

  private void end(boolean undo) {
    call(
        () -> {
          if (connection.isClosed() || connection.getAutoCommit()) {
            throw ended();
          }
          if (undo) {
            execute(UNDO);
          }
          return execute(RELEASE);
        });
  }

  private void call(DriverFailure.Call<Boolean> call) {
    try {
      DriverFailure.caught(call);
    } catch (SQLException e) {
      if (e instanceof DriverFailure) {
        BorrowedConnection.end(connection);
      }
      throw SqlErrors.isNoSavepoint(e) ? ended() : SqlErrors.ofStatement(e, null);
    }
  }

  private boolean execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  private static StoreException.IllegalUse ended() {
    return new StoreException.IllegalUse(
        "the work ended the transaction that it had joined, or closed its connection; beginning,"
            + " committing, rolling back and closing are its caller's, before or after the work");
  }
}
