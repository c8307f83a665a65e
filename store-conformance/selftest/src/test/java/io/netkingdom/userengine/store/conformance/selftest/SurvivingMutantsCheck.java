package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every change that PIT made to the code of transactions, keys, upserts and outbox was noticed by a
 * rule of the kit, or it is explained why none can. Runs after the mutation run of store-memory.
 */
class SurvivingMutantsCheck {

  private static final String LIST = "survivors.txt";

  private static List<Mutant> mutants = List.of();

  @BeforeAll
  static void read() throws Exception {
    Path report = Path.of(System.getProperty("userengine.mutations", ""));
    try (InputStream xml = Files.newInputStream(report)) {
      mutants = MutationReport.read(xml);
    }
    Map<Mutant.Fate, Long> totals =
        mutants.stream()
            .collect(Collectors.groupingBy(Mutant::fate, TreeMap::new, Collectors.counting()));
    System.out.println("mutants: " + mutants.size() + " " + totals);
  }

  /** Else there could be no survivor because there was no mutant. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapter.TransactionScope",
        "adapter.TransactionalStore",
        "memory.MemoryTransaction",
        "memory.MemoryUsers",
        "memory.UserTable",
        "memory.MemoryOutbox",
        "memory.OutboxTable"
      })
  void theCodeInQuestionWasChanged(String name) {
    String changed = "io.netkingdom.userengine.store." + name;
    assertTrue(mutants.stream().anyMatch(mutant -> mutant.className().equals(changed)));
  }

  @Test
  void everySurvivorIsExplained() throws IOException {
    assertEquals("", String.join("\n", survivors().problems(mutants)));
  }

  private static Survivors survivors() throws IOException {
    try (InputStream list = SurvivingMutantsCheck.class.getResourceAsStream(LIST)) {
      assertNotNull(list, LIST);
      return Survivors.parse(new String(list.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
