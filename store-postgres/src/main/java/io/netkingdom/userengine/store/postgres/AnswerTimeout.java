package io.netkingdom.userengine.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A bound on how long a server may keep silent: a query timeout alone hangs when the backend does
 * not run, and so it is the socket that is given one. {@link Connection#setNetworkTimeout}.
 */
record AnswerTimeout(Connection connection, int millisBefore) implements AutoCloseable {

  static AnswerTimeout on(Connection connection, Duration limit) throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    return new AnswerTimeout(connection, before);
  }

  @Override
  public void close() throws SQLException {
    if (!connection.isClosed()) {
      connection.setNetworkTimeout(Runnable::run, millisBefore);
    }
  }
}
