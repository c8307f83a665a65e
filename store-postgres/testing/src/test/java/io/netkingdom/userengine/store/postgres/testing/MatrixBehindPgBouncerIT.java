package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The drivers on the newest server, through PgBouncer in transaction mode. */
class MatrixBehindPgBouncerIT extends MatrixTests {

  private @Nullable EmbeddedServer server;
  private @Nullable PgBouncer pooler;

  @BeforeAll
  void start() throws Exception {
    PgBouncer.Program program =
        PgBouncer.Program.find().orElseGet(() -> abort(PgBouncer.Program.ABSENT));
    server = MatrixCell.newest().start();
    pooler =
        PgBouncer.start(
            program, server.port(), Map.of(EmbeddedServer.DATABASE, EmbeddedServer.DATABASE));
  }

  @AfterAll
  void stop() throws Exception {
    if (pooler != null) {
      pooler.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  List<MatrixCell> cells() {
    return MatrixCell.behind(PgBouncer.Program.find().orElseThrow());
  }

  @Override
  int port() {
    return Objects.requireNonNull(pooler).port();
  }
}
