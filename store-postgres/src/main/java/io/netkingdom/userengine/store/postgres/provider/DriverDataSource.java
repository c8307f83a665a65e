package io.netkingdom.userengine.store.postgres.provider;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections of one driver to one target, unpooled. Safe for use by many threads.
 *
 * <p>What the driver and the server say when a connection fails may repeat the URL, a user's name
 * or a password, so nothing of it goes further than the SQLSTATE and the class of the cause.
 */
final class DriverDataSource implements DataSource {

  /** The client could not establish the connection: what is left when the driver gives no code. */
  private static final String CANNOT_CONNECT = "08001";

  private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");

  private final FoundDriver driver;
  private final DriverSettings settings;
  private volatile int loginTimeoutSeconds;

  DriverDataSource(FoundDriver driver, DriverSettings settings) {
    this.driver = driver;
    this.settings = settings;
  }

  /** The driver's name and version. */
  String driverName() {
    return driver.name();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(properties());
  }

  @Override
  public Connection getConnection(@Nullable String username, @Nullable String password)
      throws SQLException {
    Properties properties = properties();
    if (username != null) {
      properties.setProperty("user", username);
    }
    // The DSN's password is not for somebody else.
    properties.remove("password");
    if (password != null) {
      properties.setProperty("password", password);
    }
    return connect(properties);
  }

  /** A pool sets a limit of its own; what the DSN says comes first. */
  private Properties properties() {
    return settings.properties(loginTimeoutSeconds);
  }

  private Connection connect(Properties properties) throws SQLException {
    SQLException failure;
    try {
      Connection connection = driver.driver().connect(settings.url(), properties);
      if (connection != null) {
        return connection;
      }
      failure = failure(CANNOT_CONNECT, 0, "it does not take the URL");
    } catch (SQLException e) {
      Throwable cause = e.getCause();
      failure =
          failure(stateOf(e), e.getErrorCode(), (cause == null ? e : cause).getClass().getName());
    } catch (RuntimeException e) {
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
        driver.name() + " could not connect: SQLSTATE " + sqlState + ", " + reason, sqlState, code);
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
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
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

  /** The driver and the target, without user or parameters. */
  @Override
  public String toString() {
    return driver.name() + ", " + settings;
  }
}
