package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that nobody foresaw. */
final class JdbcProviderTest {

  private static final String CANARY = "Canary-5e6f";
  private static final JdbcProvider PROVIDER = new JdbcProvider();

  @TempDir private Path directory = Path.of("");
  private ClassLoader contextLoader = ClassLoader.getSystemClassLoader();

  @BeforeEach
  void rememberContextLoader() {
    contextLoader = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(contextLoader);
  }

  /** Takes URLs of one sub-protocol, and repeats them when it fails. */
  public abstract static class Odd implements Driver {
    private final String prefix;

    /** For subclasses. */
    protected Odd(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      throw new SQLException("cannot connect to " + url, "08004", new IllegalStateException(url));
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return url.startsWith(prefix);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 3;
    }

    @Override
    public int getMinorVersion() {
      return 4;
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

  /** The one and only of jdbc:odd:. */
  public static final class One extends Odd {
    /** For ServiceLoader. */
    public One() {
      super("jdbc:odd:");
    }
  }

  /** Another one of jdbc:odd:two:. */
  public static final class Two extends Odd {
    /** For ServiceLoader. */
    public Two() {
      super("jdbc:odd:two:");
    }
  }

  /** Fails to read any URL. */
  public static final class Sick extends Odd {
    /** For ServiceLoader. */
    public Sick() {
      super("");
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      throw new SQLException(url);
    }
  }

  private void register(String... classes) throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(services.resolve("java.sql.Driver"), List.of(classes));
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, JdbcProviderTest.class.getClassLoader()));
  }

  @Test
  void itIsChosenForTheUrlOfADriverWithoutAProvider() throws Exception {
    register("no.such.Driver", Sick.class.getName(), One.class.getName(), Two.class.getName());
    Dsn dsn = Dsn.parse("jdbc:odd:" + CANARY);
    ConnectionProviders.Choice choice = ConnectionProviders.discover().choose(dsn);
    assertEquals("jdbc", choice.provider().name());
    assertEquals(One.class.getName() + " 3.4", choice.driver());
    assertEquals(Optional.empty(), choice.database());
    assertEquals(One.class.getName() + " 3.4, jdbc:odd:***", choice.dataSource().toString());
    SQLException failure =
        assertThrows(SQLException.class, () -> choice.dataSource().getConnection().close());
    assertEquals(
        One.class.getName()
            + " 3.4 could not connect: SQLSTATE 08004, java.lang.IllegalStateException",
        failure.getMessage());
    assertEquals(null, failure.getCause());
  }

  @Test
  void twoDriversThatTakeOneUrlAreAnError() throws Exception {
    register(Two.class.getName(), One.class.getName());
    assertEquals(
        new Usability.Unusable(
            One.class.getName()
                + " and "
                + Two.class.getName()
                + " both take jdbc:odd:***; remove one"),
        PROVIDER.usability(Dsn.parse("jdbc:odd:two:x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:odd:x | no driver in META-INF/services/java.sql.Driver takes jdbc:odd:***",
        "jdbc:postgresql://h/db | jdbc leaves jdbc:postgresql: to the provider that knows it",
        "jdbc:pgsql://h/db | jdbc leaves jdbc:pgsql: to the provider that knows it",
        "jdbc:yugabytedb://h/db | jdbc leaves jdbc:yugabytedb: to the provider that knows it",
        "jdbc:aws-wrapper:mysql://h/db | jdbc leaves jdbc:aws-wrapper: to the provider that knows"
            + " it",
        "postgresql://u@h/db | jdbc serves jdbc: URLs alone",
        "datasource:com.acme.Foo | jdbc serves no DataSource that is named by its class",
      })
  void whatItDoesNotServeIsSaid(String dsn, String reason) {
    assertEquals(new Usability.Unusable(reason), PROVIDER.usability(Dsn.parse(dsn)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:odd://h/db?socketFactory=x",
        "jdbc:odd://h/db?a=b&SOCKETFACTORY=x",
        "jdbc:odd:h;SocketFactory = x",
        "jdbc:odd://h/db?%73ocketFactory=x",
        "jdbc:odd://h/db?%2573ocketFactory%3Dx",
        "jdbc:odd:(socketFactory=x)",
      })
  void aDangerousPropertyIsFoundInAnyGrammar(String url) throws Exception {
    register(One.class.getName());
    assertEquals(
        new Usability.Unusable("the property socketFactory is not accepted in a URL"),
        PROVIDER.usability(Dsn.parse(url)));
    assertThrows(StoreException.class, () -> PROVIDER.dataSource(Dsn.parse(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:odd://h/db?mySocketFactory=x",
        "jdbc:odd://h/db?password=socketFactory",
        "jdbc:odd://h/db?p=100%",
      })
  void whatOnlyLooksLikeOneIsTaken(String url) throws Exception {
    register(One.class.getName());
    assertInstanceOf(Usability.Usable.class, PROVIDER.usability(Dsn.parse(url)));
  }

  @Test
  void aRefusalRepeatsNothing() {
    String said =
        PROVIDER.usability(Dsn.parse("jdbc:odd:" + CANARY + "?sslfactory=" + CANARY)).toString();
    assertFalse(said.contains(CANARY), said);
  }
}
