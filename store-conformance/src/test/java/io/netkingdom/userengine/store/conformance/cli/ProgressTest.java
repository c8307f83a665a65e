package io.netkingdom.userengine.store.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final List<Manifest.Entry> RULES =
      Manifest.parse(
              """
              AAA-01 | core | 0.1.0 | The first, with a sentence that is longer than a terminal.
              AAA-02 | core | 0.1.0 | The second.
              BBB-01 | core | 0.1.0 | The third.
              """)
          .rules();

  private static String shown(boolean terminal) {
    StringWriter text = new StringWriter();
    Progress progress =
        new Progress(
            new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(text), terminal, 40),
            RULES);
    for (Manifest.Entry rule : RULES) {
      progress.begins(rule);
      progress.ended(
          new RuleResult(
              rule.id(),
              rule.title(),
              rule.id().equals("AAA-02") ? Verdict.FAIL : Verdict.PASS,
              1,
              "seen"),
          Optional.empty());
    }
    return text.toString();
  }

  @Test
  void elsewhereThanOnATerminalThereIsALineForEachSection() {
    List<String> lines = shown(false).lines().toList();
    assertEquals("AAA-02 FAIL: The second.", lines.get(0));
    assertEquals("    seen", lines.get(1));
    assertTrue(
        lines.get(2).matches("\\[2/3\\] [0-9.]+ rules/s, 1 broken  AAA is done"), lines.get(2));
    assertTrue(
        lines.get(3).matches("\\[3/3\\] [0-9.]+ rules/s, 1 broken  BBB is done"), lines.get(3));
    assertEquals(4, lines.size());
    assertFalse(shown(false).contains("\u001b"));
  }

  @Test
  void onATerminalOneLineIsOverwrittenAndErasedInTheEnd() {
    String text = shown(true);
    assertTrue(text.endsWith("\r\u001b[2K"), text);
    assertTrue(text.contains("[0/3] 0.0 rules/s  AAA-01 The first"), text);
    assertTrue(text.contains("AAA-02 FAIL: The second.\n    seen\n"), text);
    assertTrue(
        Stream.of(text.split("\r\u001b\\[2K|\n")).allMatch(line -> line.length() < 40), text);
    assertFalse(text.contains("is done"));
  }
}
