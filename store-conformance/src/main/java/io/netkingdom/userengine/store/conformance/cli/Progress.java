package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.report.FailureGroups;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells how far a run has come: on a terminal in one line that is overwritten; elsewhere in one
 * line for each section. A broken rule is told at once, and a cause that breaks many is told with
 * the first of them.
 */
final class Progress {

  private static final String ERASE_LINE = "\r\u001b[2K";

  private final Console console;
  private final List<Manifest.Entry> rules;
  private final long startedNanos = System.nanoTime();

  /** The rule that was told of with each cause. */
  private final Map<String, String> told = new HashMap<>();

  private int done;
  private int broken;

  Progress(Console console, List<Manifest.Entry> rules) {
    this.console = console;
    this.rules = List.copyOf(rules);
  }

  void begins(Manifest.Entry rule) {
    if (console.terminal()) {
      String line = counted() + "  " + rule.id() + " " + rule.title();
      overwrite(line.substring(0, Math.min(line.length(), console.columns() - 1)));
    }
  }

  /** Of what the fixture threw, the whole stack is shown: it is the reader's own code. */
  void ended(RuleResult result, Optional<Throwable> thrownByTheFixture) {
    done++;
    if (result.isBroken() || result.exemption().isPresent()) {
      broken += result.isBroken() ? 1 : 0;
      overwrite("");
      String first = told.putIfAbsent(FailureGroups.causeOf(result), result.id());
      if (first == null || result.exemption().isPresent()) {
        console.err().println(result);
        thrownByTheFixture.map(StackTraces::of).ifPresent(console.err()::println);
      } else {
        console
            .err()
            .println(result.id() + " " + result.verdict().label() + ": for the cause of " + first);
      }
    }
    if (!console.terminal() && isLastOfSection(result.id())) {
      console.err().println(counted() + "  " + section(result.id()) + " is done");
    }
    if (done == rules.size()) {
      overwrite("");
    }
  }

  /** How many are done, how many of these are broken, and how many are done in a second. */
  private String counted() {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    return String.format(
        Locale.ROOT,
        "[%d/%d] %.1f rules/s%s",
        done,
        rules.size(),
        done / seconds,
        broken == 0 ? "" : ", " + broken + " broken");
  }

  private boolean isLastOfSection(String rule) {
    return done == rules.size() || !section(rules.get(done).id()).equals(section(rule));
  }

  private void overwrite(String line) {
    if (console.terminal()) {
      console.err().print(ERASE_LINE + line);
      console.err().flush();
    }
  }

  private static String section(String rule) {
    return rule.substring(0, 3);
  }
}
