package io.netkingdom.userengine.store.postgres.provider;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** New connections of one driver to one target. */
final class DriverDataSource extends CleanDataSource {

  private final FoundDriver driver;
  private final DriverSettings settings;
  private volatile int loginTimeoutSeconds;

  DriverDataSource(FoundDriver driver, DriverSettings settings) {
    super(driver.name());
    this.driver = driver;
    this.settings = settings;
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
    // The DSN's password is not for somebody else, and none is not for the driver to find.
    properties.setProperty("password", password == null ? "" : password);
    return connect(properties);
  }

  /** A pool sets a limit of its own; what the DSN says comes first. */
  private Properties properties() {
    return settings.properties(loginTimeoutSeconds);
  }

  private Connection connect(Properties properties) throws SQLException {
    return connect(() -> driver.driver().connect(settings.url(), properties));
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  /** The driver and the target, without user or parameters. */
  @Override
  public String toString() {
    return driver() + ", " + settings;
  }
}
