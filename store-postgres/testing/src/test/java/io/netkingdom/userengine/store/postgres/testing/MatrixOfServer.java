package io.netkingdom.userengine.store.postgres.testing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every driver on the server of one major version. */
abstract class MatrixOfServer extends MatrixTests {

  private final int major;
  private @Nullable EmbeddedServer server;

  MatrixOfServer(int major) {
    this.major = major;
  }

  @BeforeAll
  void start() {
    server = MatrixServer.of(major).start();
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Override
  List<MatrixCell> cells() {
    return MatrixCell.on(major);
  }

  @Override
  int port() {
    return Objects.requireNonNull(server).port();
  }
}
