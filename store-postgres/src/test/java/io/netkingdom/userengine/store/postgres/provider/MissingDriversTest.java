package io.netkingdom.userengine.store.postgres.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import io.netkingdom.userengine.store.spi.Usability;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each provider answers where a class that it needs is not there. */
final class MissingDriversTest {

  private ClassLoader contextLoader = ClassLoader.getSystemClassLoader();

  @BeforeEach
  void rememberContextLoader() {
    contextLoader = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(contextLoader);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "YugabyteProvider | com.yugabyte. | com.yugabyte.Driver is not on the class path",
        "AwsWrapperProvider | software.amazon. | software.amazon.jdbc.Driver is not on the class"
            + " path",
        "AwsWrapperProvider | org.postgresql. | org.postgresql.Driver is not on the class path",
        "PgjdbcNgProvider | com.impossibl. | com.impossibl.postgres.jdbc.PGDriver is not on the"
            + " class path",
        "PgjdbcNgProvider | io.netty. | pgjdbc-ng is there without the classes of Netty that it"
            + " needs",
      })
  void itSaysWhichClassIsMissing(String type, String hidden, String reason) throws Exception {
    try (Hiding loader = new Hiding(hidden)) {
      Thread.currentThread().setContextClassLoader(loader);
      ConnectionProvider provider =
          (ConnectionProvider)
              loader
                  .loadClass(DriverProvider.class.getPackageName() + "." + type)
                  .getConstructor()
                  .newInstance();
      assertEquals(
          new Usability.Unusable(reason), provider.usability(Dsn.parse("postgresql://u@h/db")));
    }
  }

  /** Defines the providers and the drivers itself, and lacks one package. */
  private static final class Hiding extends URLClassLoader {

    private final String hidden;

    Hiding(String hidden) {
      super(classPath(), MissingDriversTest.class.getClassLoader());
      this.hidden = hidden;
    }

    private static URL[] classPath() {
      return new URL[] {
        location(DriverProvider.class),
        location(com.impossibl.postgres.jdbc.PGDriver.class),
        location(com.yugabyte.Driver.class),
        location(org.postgresql.Driver.class),
        location(software.amazon.jdbc.Driver.class),
      };
    }

    private static URL location(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith(hidden)) {
          throw new ClassNotFoundException(name);
        }
        if (findLoadedClass(name) == null
            && findResource(name.replace('.', '/') + ".class") != null) {
          return findClass(name);
        }
        return super.loadClass(name, resolve);
      }
    }
  }
}
