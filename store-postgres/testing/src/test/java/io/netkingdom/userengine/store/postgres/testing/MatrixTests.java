package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.StoreConformance;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some cells of the matrix, each of which leaves a ledger. A class has a server of its own, so that
 * two can be run at once by two processes: a kit changes its process's locale, and the outbox waits
 * for the transactions of a whole server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "chooses drivers and servers of its own, and so needs the profile 'embedded'")
abstract class MatrixTests {

  /** The cells of this class. */
  abstract List<MatrixCell> cells();

  /** Where they find their database. */
  abstract int port();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void isConformant(MatrixCell cell) {
    List<MatrixCell> all = MatrixCell.all();
    System.out.println(
        "[matrix] cell " + (all.indexOf(cell) + 1) + " of " + all.size() + ": " + cell);
    StoreConformance.verify(new PostgresStoreFixture(cell.databaseAt(port()), cell.adapter()));
  }
}
