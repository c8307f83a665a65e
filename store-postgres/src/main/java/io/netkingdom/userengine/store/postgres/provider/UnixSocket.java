package io.netkingdom.userengine.store.postgres.provider;

import io.netkingdom.userengine.store.spi.Dsn;
import java.util.Map;

/**
 * A server's Unix-domain socket, for the drivers that can be told to make their sockets with a
 * factory. They want a {@code java.net.Socket}, and the JDK has Unix-domain sockets as channels
 * alone: <a href="https://kohlschutter.github.io/junixsocket/">junixsocket</a> has such a factory,
 * whose argument is the socket's path.
 */
final class UnixSocket {

  private static final String FACTORY = "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";
  private static final String FACTORY_PROPERTY = "socketFactory";

  private UnixSocket() {}

  /**
   * What to tell the driver.
   *
   * @param host a directory in the file system, and the number in the socket's name
   */
  static Map<String, String> properties(Dsn.Host host) {
    return Map.of(
        FACTORY_PROPERTY,
        FACTORY,
        "socketFactoryArg",
        // https://www.postgresql.org/docs/18/runtime-config-connection.html#GUC-UNIX-SOCKET-DIRECTORIES
        host.name() + "/.s.PGSQL." + host.port());
  }

  /** Looks for the factory where the driver will, if it was told to. */
  static void requireFactory(DriverSettings settings, FoundDriver driver) throws DriverMissing {
    if (!settings.properties().containsKey(FACTORY_PROPERTY)) {
      return;
    }
    try {
      Class.forName(FACTORY, false, driver.driver().getClass().getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DriverMissing(
          driver.product()
              + " connects to a Unix-domain socket by means of"
              + " com.kohlschutter.junixsocket:junixsocket-core, which is not beside it");
    }
  }
}
