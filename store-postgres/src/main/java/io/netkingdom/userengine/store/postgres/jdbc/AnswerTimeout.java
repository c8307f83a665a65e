package io.netkingdom.userengine.store.postgres.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A bound on how long a server may keep silent: a query timeout alone hangs when the backend does
 * not run, and so it is the socket that is given one. {@link Connection#setNetworkTimeout}.
 */
public final class AnswerTimeout {

  private AnswerTimeout() {}

  /** What is asked of a server. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** Asks, and leaves the connection's own timeout as it was. */
  public static <T> T ask(Connection connection, Duration limit, Question<T> question)
      throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    try {
      return question.ask(connection);
    } finally {
      if (!connection.isClosed()) {
        connection.setNetworkTimeout(Runnable::run, before);
      }
    }
  }
}
