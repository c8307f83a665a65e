package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.rules.RuleClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written down, what is listed and what is checked are the same. */
class ContractTest {

  private static final Path CONTRACT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "contract.md");

  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]{3}-[0-9]{2}) \\| (.+) \\| ([a-z-]+) \\| ([0-9.]+) \\|");

  @Test
  void theContractAndTheManifestStateTheSameRulesInTheSameOrder() throws IOException {
    List<String> written = new ArrayList<>();
    try (Stream<String> lines = Files.lines(CONTRACT)) {
      lines
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(row -> String.join(" | ", row.group(1), row.group(3), row.group(4), row.group(2)))
          .forEach(written::add);
    }
    List<String> listed =
        Manifest.current().rules().stream()
            .map(rule -> String.join(" | ", rule.id(), rule.scope(), rule.since(), rule.title()))
            .toList();
    assertEquals(String.join("\n", written), String.join("\n", listed));
  }

  @Test
  void theTableOfSpecialLettersIsWhatTheCanonicaliserDoes() throws IOException {
    Pattern row = Pattern.compile("\\| `(.+)` \\| `(.+)` \\| .+ \\|");
    List<Matcher> rows;
    try (Stream<String> lines = Files.lines(CONTRACT)) {
      rows =
          lines
              .dropWhile(line -> !line.startsWith("## KEY"))
              .takeWhile(line -> !line.startsWith("## UPS"))
              .map(row::matcher)
              .filter(Matcher::matches)
              .toList();
    }
    assertEquals(10, rows.size());
    for (Matcher letters : rows) {
      assertEquals(letters.group(2), UserName.of(letters.group(1)).key(), letters.group(1));
    }
  }

  @Test
  void everyRuleHasExactlyOneCheckAndEveryCheckARule() {
    List<String> checked =
        RuleClasses.all().stream()
            .flatMap(rules -> Stream.of(rules.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Rule.class))
            .map(method -> method.getAnnotation(Rule.class).value())
            .sorted()
            .toList();
    List<String> listed =
        Manifest.current().rules().stream().map(Manifest.Entry::id).sorted().toList();
    assertEquals(listed, checked);
  }

  @Test
  void everySentenceSaysWhatMustBe() {
    TreeSet<String> without = new TreeSet<>();
    for (Manifest.Entry rule : Manifest.current().rules()) {
      if (!rule.title().contains(" MUST ") || !rule.title().endsWith(".")) {
        without.add(rule.id());
      }
    }
    assertTrue(without.isEmpty(), without::toString);
  }
}
