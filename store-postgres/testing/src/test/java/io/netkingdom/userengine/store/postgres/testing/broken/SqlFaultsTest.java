package io.netkingdom.userengine.store.postgres.testing.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netkingdom.userengine.store.conformance.cli.Killer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlFaultsTest {

  /** What the command line tells of a rule is what the live tests see these faults fail. */
  @Test
  void theKitListsWhatItIsProvenToCatch() throws IOException {
    List<Killer> proven =
        SqlFaults.all().stream()
            .flatMap(
                fault ->
                    fault.failures().entrySet().stream()
                        .map(
                            failure ->
                                new Killer(
                                    failure.getKey(),
                                    "postgres",
                                    fault.name(),
                                    failure.getValue())))
            .sorted(Killer.ORDER)
            .toList();
    List<Killer> listed =
        Killer.all().stream().filter(killer -> killer.adapter().equals("postgres")).toList();
    Files.write(
        Path.of("target", "killers-postgres.txt"), proven.stream().map(Killer::toString).toList());
    assertEquals(proven, listed, "the list to take over is in target/killers-postgres.txt");
  }
}
