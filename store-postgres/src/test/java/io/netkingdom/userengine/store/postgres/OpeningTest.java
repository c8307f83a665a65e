package io.netkingdom.userengine.store.postgres;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody listens, and for a while hears nothing. */
class OpeningTest {

  /** A pool that is started with the store connects within a second. */
  private static final int WHILE_MILLIS = 2_500;

  private static Dsn dsn(ServerSocket server) {
    return Dsn.parse("postgresql://app@127.0.0.1:" + server.getLocalPort() + "/accounts");
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(WHILE_MILLIS);
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgjdbc", "pgjdbc-ng"})
  void aStoreThatIsOpenedConnectsToNothing(String provider) throws IOException {
    PostgresOptions options = PostgresOptions.defaults().withProvider(provider);
    try (ServerSocket server = listen();
        UserEngineStore store = PostgresUserEngineStore.open(dsn(server), options)) {
      assertNotNull(store);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void aStoreThatIsOpenedAndClosedConnectsToNothing() throws IOException {
    try (ServerSocket server = listen()) {
      PostgresUserEngineStore.open(dsn(server), PostgresOptions.defaults()).close();
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void aSchemaThatIsOpenedConnectsToNothing() throws IOException {
    try (ServerSocket server = listen();
        PostgresSchema schema = PostgresSchema.open(dsn(server), PostgresOptions.defaults())) {
      assertNotNull(schema);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }
}
