package io.netkingdom.userengine.store.postgres.jdbc;

import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections, each of one attempt that ends in time. Not every driver knows a limit, and where
 * the DSN has one it may be longer; so the attempt runs in a thread that can be left alone. Safe
 * for use by many threads.
 */
final class BoundedDataSource implements DataSource {

  private static final System.Logger LOG =
      System.getLogger(BoundedDataSource.class.getPackageName());

  private final DataSource source;
  private final Duration limit;

  BoundedDataSource(DataSource source, Duration limit) {
    this.source = source;
    this.limit = limit;
  }

  @Override
  public Connection getConnection() throws SQLException {
    // Later than ours, so that it is ours that is told, and the thread ends nevertheless.
    limitTheDriver(Math.toIntExact(limit.toSeconds()) + 2);
    CompletableFuture<Connection> answer = new CompletableFuture<>();
    Thread attempt = new Thread(() -> connect(answer), "user-engine-connect");
    attempt.setDaemon(true);
    attempt.start();
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      return giveUp(answer, new SQLTransientConnectionException("no connection in time", "08001"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return giveUp(answer, new SQLException("interrupted while connecting", "08001", e));
    }
  }

  private void limitTheDriver(int seconds) {
    try {
      source.setLoginTimeout(seconds);
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.DEBUG, "the driver takes no limit for connecting");
    }
  }

  private void connect(CompletableFuture<Connection> answer) {
    try {
      Connection connection = source.getConnection();
      if (!answer.complete(connection)) {
        connection.close();
      }
    } catch (SQLException | RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  /** Fails, unless the answer has come in this moment; one that comes later is closed. */
  private static Connection giveUp(CompletableFuture<Connection> answer, SQLException late)
      throws SQLException {
    if (answer.completeExceptionally(late)) {
      throw late;
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  private static SQLException failure(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (SQLException) Objects.requireNonNull(cause);
  }

  @Override
  public Connection getConnection(@Nullable String username, @Nullable String password)
      throws SQLException {
    throw new SQLFeatureNotSupportedException("the DSN says who connects");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
