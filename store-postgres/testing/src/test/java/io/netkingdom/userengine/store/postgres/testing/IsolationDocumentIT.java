package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IsolationDocumentIT {

  @Test
  void theDocumentHasTheTableOfARun() throws IOException {
    Ledger ledger = StoreConformance.run(new PostgresStoreFixture(), Set.of("ISO-05"));
    String document = Files.readString(Path.of("..", "..", "docs", "isolation.md"));
    String expected = "## postgres\n\n" + ledger.anomalyTable();
    assertTrue(document.contains(expected), () -> "docs/isolation.md lacks\n" + expected);
  }
}
