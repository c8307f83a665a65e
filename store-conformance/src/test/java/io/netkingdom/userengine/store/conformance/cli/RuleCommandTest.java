package io.netkingdom.userengine.store.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Manifest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleCommandTest {

  @Test
  void everyRuleIsExplainedWithItsCheckAndWhatItCatches() {
    for (Manifest.Entry rule : Manifest.current().rules()) {
      Commands run = Commands.run("rule", rule.id());
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().startsWith(rule.id() + "  " + rule.title()), run.out());
      List<String> lines = run.out().lines().toList();
      int check =
          IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).contains("id = \"" + rule.id() + "\","))
              .findFirst()
              .orElseThrow(() -> new AssertionError(run.out()));
      assertTrue(lines.subList(check, lines.size()).contains("  }"), run.out());
      assertEquals(
          1, lines.stream().filter(line -> line.startsWith("  @Rule(")).count(), "one check");
      int proven = lines.indexOf("Proven to catch:");
      assertTrue(lines.size() > proven + 2, () -> rule.id() + " is proven to catch nothing");
    }
  }

  @Test
  void aRuleThatThereIsNotIsNotUnderstood() {
    Commands run = Commands.run("rule", "USR-99");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("no rule has the id USR-99"), run.err());
  }

  @Test
  void rulesListsThemAllOrThoseOfOneCapability() {
    List<Manifest.Entry> all = Manifest.current().rules();
    assertEquals(all.size(), Commands.run("rules").out().lines().count());
    assertEquals(
        all.stream()
            .filter(rule -> rule.scope().equals("durable"))
            .map(Manifest.Entry::id)
            .toList(),
        Commands.run("rules", "--capability", "durable")
            .out()
            .lines()
            .map(line -> line.substring(0, 6))
            .toList());
    Commands unknown = Commands.run("rules", "-c", "fast");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("not one of core, durable, "), unknown.err());
  }
}
