package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A DataSource by the name of its class. */
final class DataSourceProviderTest {

  private static final String CANARY = "Canary-5e6f";
  private static final String SOURCE = "datasource:" + Source.class.getName();
  private static final DataSourceProvider PROVIDER = new DataSourceProvider();

  /** Tells, when it is asked to connect, all that it was told. */
  public static final class Source implements DataSource {
    private String told = "";
    private int loginTimeout;

    /** For the provider. */
    public Source() {}

    /** A text. */
    public void setServerName(String value) {
      told += " serverName=" + value;
    }

    /** A number. */
    public void setPortNumber(int value) {
      told += " portNumber=" + value;
    }

    /** Another. */
    public void setLimit(@Nullable Long value) {
      told += " limit=" + value;
    }

    /** A truth. */
    public void setSsl(boolean value) {
      told += " ssl=" + value;
    }

    /** A secret. */
    public void setPassword(String value) {
      told += " password=" + value;
    }

    /** Not simple. */
    public void setHosts(String[] value) {
      told += " hosts=" + String.join(",", value);
    }

    /** Fails. */
    public void setBroken(String value) {
      if (!value.isEmpty()) {
        throw new IllegalStateException(value);
      }
    }

    /** Dangerous. */
    public void setSocketFactory(String value) {
      told += " socketFactory=" + value;
    }

    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("cannot connect:" + told, "08004", new IllegalStateException(told));
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password)
        throws SQLException {
      throw new SQLException(user + password, "28P01");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {
      loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
      return loginTimeout;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @Test
  void itIsChosenAndSetsTheProperties() throws Exception {
    Dsn dsn =
        Dsn.parse(SOURCE + "?serverName=h%26&portNumber=7&limit=-1&ssl=true&password=" + CANARY);
    ConnectionProviders.Choice choice = ConnectionProviders.discover().choose(dsn);
    assertEquals("datasource", choice.provider().name());
    assertEquals(Source.class.getName(), choice.driver());
    assertEquals(Optional.empty(), choice.database());
    DataSource source = choice.dataSource();
    assertEquals(Source.class.getName(), source.toString());
    source.setLoginTimeout(7);
    assertEquals(7, source.getLoginTimeout());

    SQLException failure = assertThrows(SQLException.class, () -> source.getConnection().close());
    assertEquals(
        Source.class.getName()
            + " could not connect: SQLSTATE 08004, java.lang.IllegalStateException",
        failure.getMessage());
    assertNull(failure.getCause());
    SQLException other =
        assertThrows(SQLException.class, () -> source.getConnection("u", CANARY).close());
    assertEquals(
        Source.class.getName() + " could not connect: SQLSTATE 28P01, java.sql.SQLException",
        other.getMessage());
  }

  @Test
  void theObjectWasToldWhatTheDsnSays() throws Exception {
    Source source = new Source();
    for (String property :
        new String[] {"serverName=h&", "portNumber=7", "limit=-1", "ssl=false"}) {
      String[] pair = property.split("=", 2);
      BeanSetter.of(Source.class, pair[0], pair[1]).orElseThrow().apply(source);
    }
    SQLException told = assertThrows(SQLException.class, () -> source.getConnection().close());
    assertEquals(
        "cannot connect: serverName=h& portNumber=7 limit=-1 ssl=false", told.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "datasource:com.acme.Nowhere | com.acme.Nowhere is not on the class path",
        "datasource:java.lang.String | java.lang.String is not a javax.sql.DataSource",
        "SOURCE?colour=red | the property colour of a simple type is not in CLASS",
        "SOURCE?hosts=h | the property hosts of a simple type is not in CLASS",
        "SOURCE?portNumber=x | the property portNumber does not take its value",
        "SOURCE?ssl=yes | the property ssl does not take its value",
        "SOURCE?socketFactory=x | the property socketFactory is not accepted, as it loads, looks"
            + " up, runs or writes something",
        "SOURCE?password=a&colour=b | a property of a simple type is not in CLASS",
        "postgresql://u@h/db | datasource serves datasource: DSNs alone",
        "jdbc:odd:x | datasource serves datasource: DSNs alone",
      })
  void whatCannotBeServedIsRefusedWithTheReason(String dsn, String reason) {
    assertEquals(
        new Usability.Unusable(reason.replace("CLASS", Source.class.getName())),
        PROVIDER.usability(Dsn.parse(dsn.replace("SOURCE", SOURCE))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connectionInitSql",
        "dataSourceClassName",
        "dataSourceJNDI",
        "dataSourceName",
        "driverClassName",
        "initialContextFactory",
        "jdbcUrl",
        "jndiName",
        "loggerFile",
        "queryInterceptors",
        "socketFactory",
        "sslFactory",
        "sslHostnameVerifier",
        "sslCallback",
        "traceFile",
        "url",
        "URL",
        "validationSql",
        "xmlFactoryFactory",
      })
  void aPropertyThatLoadsLooksUpRunsOrWritesIsRefused(String property) {
    assertEquals(
        new Usability.Unusable(
            "the property "
                + property
                + " is not accepted, as it loads, looks up, runs or writes something"),
        PROVIDER.usability(Dsn.parse(SOURCE + "?" + property + "=x")));
  }

  @Test
  void aSetterThatFailsIsNamedByItsFailureAlone() {
    Dsn dsn = Dsn.parse(SOURCE + "?broken=" + CANARY);
    assertInstanceOf(Usability.Usable.class, PROVIDER.usability(dsn));
    StoreException.InvalidInput refused =
        assertThrows(StoreException.InvalidInput.class, () -> PROVIDER.dataSource(dsn));
    assertEquals(
        Source.class.getName() + " cannot be set up: java.lang.reflect.InvocationTargetException",
        refused.reason());
    assertNull(refused.getCause());
    assertFalse(String.valueOf(refused).contains(CANARY));
  }
}
