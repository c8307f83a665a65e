package com.acme.store;

import io.netkingdom.userengine.store.spi.Dsn;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

final class AcmeDataSource implements DataSource {

  private final Dsn.Postgres dsn;

  AcmeDataSource(Dsn.Postgres dsn) {     // opens no connection yet
    this.dsn = dsn;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(dsn.user(), dsn.password());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Properties properties = new Properties();            // no secret in the URL
    properties.setProperty("user", user);
    properties.setProperty("password", password == null ? "" : password);
    try {
      Driver driver = (Driver) Class.forName("com.acme.Driver").getConstructor().newInstance();
      return driver.connect("jdbc:acme://" + dsn.hosts().get(0) + "/" + dsn.database(), properties);
    } catch (ReflectiveOperationException e) {
      throw new SQLException("com.acme.Driver cannot be loaded", "08001");
    } catch (SQLException e) {                           // its message may repeat what it was told
      throw new SQLException("acme could not connect", e.getSQLState());
    }
  }

  @Override
  public void setLoginTimeout(int seconds) {}            // the pool asks for it

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("com.acme.store");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
