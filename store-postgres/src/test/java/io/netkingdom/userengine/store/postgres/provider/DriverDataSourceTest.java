package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.spi.Dsn;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the data source tells a driver, and what it lets through of the driver's failure. */
final class DriverDataSourceTest {

  private static final String CANARY = "Canary-5e6f";

  /** Never connects; fails as it is told to, or does not take the URL. */
  private static final class FailingDriver implements Driver {
    private final @Nullable Exception failure;
    private Properties seen = new Properties();

    FailingDriver(@Nullable Exception failure) {
      this.failure = failure;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      seen = info;
      if (failure instanceof SQLException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  private static DriverDataSource source(FailingDriver driver, String dsn) {
    return new DriverDataSource(
        new FoundDriver(driver, "pgjdbc 1.0", "PostgreSQL JDBC Driver 1.0"),
        PgjdbcSettings.of(PgjdbcFamily.PGJDBC, Dsn.parse(dsn)));
  }

  private static void refusedWith(
      String state, String reason, @Nullable Exception failureOfTheDriver) {
    DriverDataSource source =
        source(new FailingDriver(failureOfTheDriver), "postgresql://u:" + CANARY + "@h/db");
    SQLException thrown = assertThrows(SQLException.class, () -> source.getConnection().close());
    assertEquals(
        "PostgreSQL JDBC Driver 1.0 could not connect: SQLSTATE " + state + ", " + reason,
        thrown.getMessage());
    assertEquals(state, thrown.getSQLState());
    assertNull(thrown.getNextException());
    Throwable cause = thrown.getCause();
    if (cause != null) {
      assertEquals(reason, cause.toString(), "what the network did, without its words");
    }
  }

  @Test
  void nothingOfTheDriversFailurePassesButItsStateAndClass() {
    SQLException chained = new SQLInvalidAuthorizationSpecException("FATAL: " + CANARY, "28P01", 7);
    chained.setNextException(new SQLException(CANARY));
    refusedWith("28P01", "java.sql.SQLInvalidAuthorizationSpecException", chained);
    refusedWith(
        "08006",
        "java.io.EOFException",
        new SQLException(CANARY, "08006", new java.io.EOFException(CANARY)));
    refusedWith(
        "08001",
        "java.net.SocketTimeoutException",
        new SQLException(CANARY, "08001", new java.net.SocketTimeoutException(CANARY)));
    refusedWith("08001", "java.sql.SQLException", new SQLException(CANARY));
    refusedWith("08001", "java.sql.SQLException", new SQLException(CANARY, "8001"));
    refusedWith("08001", "java.lang.IllegalStateException", new IllegalStateException(CANARY));
    refusedWith("08001", "it does not take the URL", null);
  }

  @Test
  void theDsnsPasswordIsNotGivenToAnotherUser() {
    FailingDriver driver = new FailingDriver(null);
    DriverDataSource source = source(driver, "postgresql://u:p@h/db");
    assertThrows(SQLException.class, () -> source.getConnection().close());
    assertEquals("u", driver.seen.getProperty("user"));
    assertEquals("p", driver.seen.getProperty("password"));
    assertThrows(SQLException.class, () -> source.getConnection("v", "q").close());
    assertEquals("v", driver.seen.getProperty("user"));
    assertEquals("q", driver.seen.getProperty("password"));
    assertThrows(SQLException.class, () -> source.getConnection("v", null).close());
    assertEquals("", driver.seen.getProperty("password"));
  }

  @Test
  void theDsnsTimeoutComesBeforeThePools() {
    FailingDriver driver = new FailingDriver(null);
    DriverDataSource open = source(driver, "postgresql://u@h/db");
    assertThrows(SQLException.class, () -> open.getConnection().close());
    assertNull(driver.seen.getProperty("loginTimeout"));
    open.setLoginTimeout(30);
    assertEquals(30, open.getLoginTimeout());
    assertThrows(SQLException.class, () -> open.getConnection().close());
    assertEquals("30", driver.seen.getProperty("loginTimeout"));

    DriverDataSource limited = source(driver, "postgresql://u@h/db?connect_timeout=5");
    limited.setLoginTimeout(30);
    assertThrows(SQLException.class, () -> limited.getConnection().close());
    assertEquals("5", driver.seen.getProperty("loginTimeout"));
  }

  @Test
  void toStringNamesTheTargetAlone() {
    assertEquals(
        "PostgreSQL JDBC Driver 1.0, jdbc:postgresql://h:5432/db",
        source(new FailingDriver(null), "postgresql://u:" + CANARY + "@h/db").toString());
  }
}
