package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.ConnectionProviders;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

final class PgjdbcProviderTest {

  private static final String CANARY = "Canary-5e6f";
  private static final Dsn DSN = Dsn.parse("postgresql://app@127.0.0.1/accounts");
  private static final PgjdbcProvider PROVIDER = new PgjdbcProvider();

  private ClassLoader contextLoader = ClassLoader.getSystemClassLoader();

  @BeforeEach
  void rememberContextLoader() {
    contextLoader = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(contextLoader);
  }

  @Test
  void itIsDiscoveredAndChosen() {
    ConnectionProviders.Choice choice = ConnectionProviders.discover().choose(DSN);
    assertSame(PgjdbcProvider.class, choice.provider().getClass());
    assertEquals("pgjdbc", choice.provider().name());
  }

  @Test
  void aFailedConnectionShowsTheStateAndNothingOfTheDsn() throws Exception {
    int port = closedPort();
    for (String text :
        List.of(
            "postgresql://" + CANARY + ":" + CANARY + "@127.0.0.1:" + port + "/" + CANARY,
            "jdbc:postgresql://127.0.0.1:" + port + "/db?user=u&password=" + CANARY)) {
      DataSource source = PROVIDER.dataSource(Dsn.parse(text));
      SQLException failure = assertThrows(SQLException.class, () -> source.getConnection().close());
      assertEquals("08001", failure.getSQLState());
      assertEquals(
          "PostgreSQL JDBC Driver "
              + org.postgresql.util.DriverInfo.DRIVER_VERSION
              + " could not connect: SQLSTATE 08001, java.net.ConnectException",
          failure.getMessage());
      assertEquals("java.net.ConnectException", String.valueOf(failure.getCause()));
      assertNull(failure.getNextException());
      assertEquals(0, failure.getSuppressed().length);
      assertThrows(SQLException.class, () -> source.getConnection("other", CANARY).close());
    }
  }

  @Test
  void theDriverLogsNothingSecretWhileConnecting() throws Exception {
    int port = closedPort();
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            synchronized (logged) {
              logged.add(new SimpleFormatter().format(event));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.postgresql");
    Level level = logger.getLevel();
    boolean toParent = logger.getUseParentHandlers();
    logger.addHandler(handler);
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    try {
      DataSource source =
          PROVIDER.dataSource(
              Dsn.parse("jdbc:postgresql://127.0.0.1:" + port + "/db?user=u&password=" + CANARY));
      assertThrows(SQLException.class, () -> source.getConnection().close());
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(level);
      logger.setUseParentHandlers(toParent);
    }
    synchronized (logged) {
      assertFalse(logged.isEmpty());
      assertFalse(String.join("\n", logged).contains(CANARY));
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void withoutTheDriverItIsNotUsableAndSaysSo() throws Exception {
    assertEquals(
        new Usability.Unusable("org.postgresql.Driver is not on the class path"),
        withoutDriver(null));
  }

  @Test
  void aDriverThatCannotBeLoadedIsNotUsable() throws Exception {
    assertEquals(
        new Usability.Unusable("org.postgresql.Driver cannot be loaded: java.lang.VerifyError"),
        withoutDriver(new VerifyError("broken")));
  }

  /** The provider's answer where its own class loader has all but the driver. */
  private static Usability withoutDriver(@Nullable LinkageError failure) throws Exception {
    URL own = PgjdbcProvider.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader parent = PgjdbcProviderTest.class.getClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {own}, parent) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.postgresql.")) {
              if (failure != null) {
                throw failure;
              }
              throw new ClassNotFoundException(name);
            }
            if (name.startsWith(PgjdbcProvider.class.getPackageName() + ".")) {
              Class<?> loaded = findLoadedClass(name);
              return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
          }
        }) {
      Thread.currentThread().setContextClassLoader(loader);
      ConnectionProvider provider =
          (ConnectionProvider)
              loader.loadClass(PgjdbcProvider.class.getName()).getConstructor().newInstance();
      return provider.usability(DSN);
    }
  }

  @Test
  void copyIsNotOfferedOnAnotherDriversConnection() throws Exception {
    Connection foreign =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  assertEquals("isWrapperFor", method.getName());
                  return false;
                });
    ByteArrayInputStream data = new ByteArrayInputStream(new byte[] {1});
    assertEquals(OptionalLong.empty(), PROVIDER.copyIn(foreign, "COPY t FROM STDIN", data));
    assertEquals(1, data.available());
  }

  @Test
  void theDriverIsTheOneOnTheClassPathAndRecentEnough() throws Exception {
    FoundDriver found = FoundDriver.find(DriverFacts.PGJDBC);
    assertSame(Driver.class, found.driver().getClass());
    assertFalse(DriverManager.drivers().toList().contains(found.driver()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42.7.11 | pgjdbc 42.7.11 is too old; 42.7.12 or later is needed",
        "42.6.99 | pgjdbc 42.6.99 is too old; 42.7.12 or later is needed",
        "9.4.1212 | pgjdbc 9.4.1212 is too old; 42.7.12 or later is needed",
        "42.7.2.jre7 | pgjdbc 42.7.2 is too old; 42.7.12 or later is needed",
        "42.7 | the version of org.postgresql.Driver cannot be told; pgjdbc 42.7.12 or later is"
            + " needed",
      })
  void anOlderDriverIsRefusedNamingBothVersions(String version, String reason) {
    DriverMissing refused =
        assertThrows(
            DriverMissing.class,
            () -> FoundDriver.recentEnough(DriverFacts.PGJDBC, new Driver(), version));
    assertEquals(reason, refused.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.7.12", "42.7.100", "42.8.0", "43.0.0-rc1"})
  void aNewerDriverIsTaken(String version) throws Exception {
    assertEquals(
        "PostgreSQL JDBC Driver " + version,
        FoundDriver.recentEnough(DriverFacts.PGJDBC, new Driver(), version).name());
  }
}
