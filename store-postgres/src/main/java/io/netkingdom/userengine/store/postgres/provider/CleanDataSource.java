package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.postgres.jdbc.NetworkFailure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections to one target, unpooled. Safe for use by many threads.
 *
 * <p>What a driver and a server say when a connection fails may repeat the URL, a user's name or a
 * password, so nothing of it goes further than the SQLSTATE and the class of the cause.
 */
abstract class CleanDataSource implements DataSource {

  /** The client could not establish the connection: what is left when the driver gives no code. */
  private static final String CANNOT_CONNECT = "08001";

  private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");

  private final String driver;

  /**
   * @param driver the driver's name and version, for people
   */
  CleanDataSource(String driver) {
    this.driver = driver;
  }

  /** A way to connect that may fail as it likes. */
  @FunctionalInterface
  interface Attempt {
    /** Connects; null if there is no connection to be had in this way. */
    @Nullable Connection connect() throws SQLException;
  }

  /** The driver's name and version. */
  final String driver() {
    return driver;
  }

  /** Connects, and lets nothing out of a failure but what can be shown. */
  final Connection connect(Attempt attempt) throws SQLException {
    SQLException failure;
    try {
      Connection connection = attempt.connect();
      if (connection != null) {
        return connection;
      }
      failure = failure(CANNOT_CONNECT, 0, "it does not take the URL");
    } catch (SQLException e) {
      Throwable cause = e.getCause();
      failure =
          failure(stateOf(e), e.getErrorCode(), (cause == null ? e : cause).getClass().getName());
      Throwable network = NetworkFailure.among(e).map(NetworkFailure::exception).orElse(null);
      if (network != null) {
        failure.initCause(network);
      }
    } catch (RuntimeException | LinkageError e) {
      failure = failure(CANNOT_CONNECT, 0, e.getClass().getName());
    }
    throw failure;
  }

  /** Drivers give none, or one that is none: it has five characters. */
  private static String stateOf(SQLException e) {
    String state = e.getSQLState();
    return state != null && STATE.matcher(state).matches() ? state : CANNOT_CONNECT;
  }

  private SQLException failure(String sqlState, int code, String reason) {
    return new SQLException(
        driver + " could not connect: SQLSTATE " + sqlState + ", " + reason, sqlState, code);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no log");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("there is no log");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(this)) {
      throw new SQLException("this is not a " + type.getName());
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
