package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.rules.RuleClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A rule stands in one place, at its check. The contract, the manifest and the tests repeat it, and
 * are held to it here.
 */
class ContractTest {

  private static final Path CONTRACT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "contract.md");

  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]{3}-[0-9]{2}) \\| (.+) \\| ([a-z-]+) \\| ([0-9.]+) \\|");

  private static final Path KIT = Path.of(System.getProperty("basedir", "."));

  /** What stands at the checks: by section in the order of the classes, then by id. */
  private static List<Rule> rules() {
    List<Rule> rules =
        RuleClasses.all().stream()
            .flatMap(checks -> Stream.of(checks.getDeclaredMethods()))
            .map(check -> check.getAnnotation(Rule.class))
            .filter(Objects::nonNull)
            .toList();
    // Of one class the methods come in no order, but are all of one section.
    List<String> sections = rules.stream().map(ContractTest::section).distinct().toList();
    return rules.stream()
        .sorted(
            Comparator.comparing((Rule rule) -> sections.indexOf(section(rule)))
                .thenComparing(Rule::id))
        .toList();
  }

  private static String section(Rule rule) {
    return rule.id().substring(0, 3);
  }

  private static String scope(Rule rule) {
    return rule.capability().length == 0 ? "core" : rule.capability()[0].label();
  }

  /** Leaves what a file should be where it can be taken over, and compares. */
  private static void assertRepeats(String text, Path file) throws IOException {
    Path right = Files.createDirectories(KIT.resolve("target/rules")).resolve(file.getFileName());
    Files.writeString(right, text);
    assertEquals(
        text,
        Files.readString(KIT.resolve(file)),
        () -> file + " is not what stands at the checks; the text to take over is in " + right);
  }

  @Test
  void theContractHasTheRulesThatStandAtTheChecks() throws IOException {
    List<String> written;
    try (Stream<String> lines = Files.lines(CONTRACT)) {
      written = lines.filter(line -> ROW.matcher(line).matches()).toList();
    }
    assertEquals(
        rules().stream()
            .map(rule -> List.of(rule.id(), rule.sentence(), scope(rule), rule.since()))
            .map(row -> "| " + String.join(" | ", row) + " |")
            .collect(Collectors.joining("\n")),
        String.join("\n", written));
  }

  @Test
  void theManifestRepeatsTheRulesThatStandAtTheChecks() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # The rules of this kit, made of what stands at their checks by ContractTest:
            # id | core or the capability | since | the rule in one sentence
            # An id is never given to another rule.
            """);
    String section = "";
    for (Rule rule : rules()) {
      text.append(section(rule).equals(section) ? "" : "\n")
          .append(String.join(" | ", rule.id(), scope(rule), rule.since(), rule.sentence()))
          .append('\n');
      section = section(rule);
    }
    assertRepeats(
        text.toString(),
        Path.of(
            "src/main/resources",
            Manifest.class.getPackageName().replace('.', '/'),
            "manifest.txt"));
  }

  @Test
  void thereIsATestOfEachRuleThatStandsAtACheck() throws IOException {
    Path file =
        Path.of(
            "src/main/java", Manifest.class.getPackageName().replace('.', '/'), "RuleTests.java");
    String source = Files.readString(KIT.resolve(file));
    String head = source.substring(0, source.indexOf("\n  @Test\n"));
    String tests =
        rules().stream()
            .map(Rule::id)
            .map(
                id ->
                    """

                      @Test
                      protected final void %s() {
                        show("%s");
                      }
                    """
                        .formatted(id.replace('-', '_'), id))
            .collect(Collectors.joining());
    assertRepeats(head + tests + "}\n", file);
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
  void noRuleHasTwoChecksOrCapabilities() {
    List<String> ids = rules().stream().map(Rule::id).toList();
    assertEquals(ids.stream().distinct().toList(), ids);
    assertTrue(rules().stream().allMatch(rule -> rule.capability().length <= 1));
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
