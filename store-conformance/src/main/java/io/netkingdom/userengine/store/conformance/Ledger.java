package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.IsolationLevel;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outcome of one run: a verdict for each rule of the manifest, in the manifest's order, and for
 * nothing else.
 *
 * @param adapter the adapter's name
 * @param environment what the adapter ran on
 * @param provenance what the ledger was made with, and when
 * @param rules one result per rule of the manifest
 * @param anomalies what was found of each anomaly, level by level; empty if that was not run
 * @param problems what went wrong beside the rules, such as a check for a rule that is not in the
 *     manifest or an exemption that has expired; a run with a problem is not conformant
 */
public record Ledger(
    String adapter,
    Environment environment,
    Provenance provenance,
    List<RuleResult> rules,
    List<AnomalyResult> anomalies,
    List<String> problems) {

  /** Copies the lists. */
  public Ledger {
    Objects.requireNonNull(adapter, "adapter");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(provenance, "provenance");
    rules = copy("rules", rules);
    anomalies = copy("anomalies", anomalies);
    problems = copy("problems", problems);
  }

  private static <T> List<T> copy(String name, List<T> values) {
    Objects.requireNonNull(values, name);
    values.forEach(value -> Objects.requireNonNull(value, name + " contains null"));
    return List.copyOf(values);
  }

  /**
   * Whether every rule held, was refused as declared, or is broken under an {@link Exemption}, and
   * nothing else went wrong.
   */
  public boolean conformant() {
    return !rules.isEmpty() && problems.isEmpty() && rules.stream().noneMatch(RuleResult::isBroken);
  }

  /** The rules that keep the adapter from being conformant. */
  public List<RuleResult> broken() {
    return rules.stream().filter(RuleResult::isBroken).toList();
  }

  /** The rules that are broken under an exemption. */
  public List<RuleResult> exempted() {
    return rules.stream().filter(rule -> rule.exemption().isPresent()).toList();
  }

  /** The result of a rule, if there is such a rule. */
  public Optional<RuleResult> find(String id) {
    Objects.requireNonNull(id, "id");
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** How many rules got each verdict. */
  public Map<Verdict, Long> totals() {
    Map<Verdict, Long> totals = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      totals.put(verdict, rules.stream().filter(r -> r.verdict() == verdict).count());
    }
    return totals;
  }

  /** One line: the adapter, what it ran on, the totals and the verdict. */
  public String summary() {
    String counts =
        totals().entrySet().stream()
            .map(total -> total.getValue() + " " + total.getKey().label())
            .collect(Collectors.joining(", "));
    return name()
        + ": "
        + rules.size()
        + " rules, "
        + counts
        + (problems.isEmpty() ? "" : ", " + problems.size() + " problems")
        + ", seed "
        + provenance.seed()
        + ": "
        + verdict();
  }

  /** The verdict on the whole in a few words, such as {@code NOT conformant}. */
  public String verdict() {
    if (!conformant()) {
      return "NOT conformant";
    }
    int exempted = exempted().size();
    return switch (exempted) {
      case 0 -> "conformant";
      case 1 -> "conformant but for 1 exempted rule";
      default -> "conformant but for " + exempted + " exempted rules";
    };
  }

  /** What was found of the anomalies, as a table in Markdown; a row for each. */
  public String anomalyTable() {
    List<IsolationLevel> levels =
        anomalies.stream().map(AnomalyResult::level).distinct().sorted().toList();
    StringBuilder table = new StringBuilder("| anomaly |");
    levels.forEach(level -> table.append(' ').append(level).append(" |"));
    table.append("\n|---|").append("---|".repeat(levels.size()));
    for (Anomaly anomaly : Anomaly.values()) {
      table.append("\n| ").append(anomaly.label()).append(", ").append(anomaly.title());
      for (IsolationLevel level : levels) {
        table
            .append(" | ")
            .append(
                anomalies.stream()
                    .filter(each -> each.level() == level && each.anomaly() == anomaly)
                    .map(AnomalyResult::finding)
                    .findFirst()
                    .orElse("not run"));
      }
      table.append(" |");
    }
    return table.append('\n').toString();
  }

  /**
   * The adapter's name, followed by driver and server where there are any, and the Java release;
   * fit for a file name. A later run on all the same replaces an earlier one's file.
   */
  public String name() {
    StringBuilder name = new StringBuilder(adapter);
    if (environment.hasDriver()) {
      name.append('-').append(environment.driver());
    }
    if (environment.hasServer()) {
      name.append('-').append(environment.server());
    }
    name.append("-jdk").append(provenance.jdk().split("[^0-9]", 2)[0]);
    return name.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
  }
}
