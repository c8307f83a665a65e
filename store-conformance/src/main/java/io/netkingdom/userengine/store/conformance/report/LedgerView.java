package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.AnomalyResult;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.plan.PlanOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that one ledger says: what is wrong first, every rule last. */
final class LedgerView {

  private final Html html;
  private final Ledger ledger;
  private final String prefix;
  private final int level;

  /**
   * A view.
   *
   * @param prefix what the anchors begin with, where there are several ledgers on one page
   * @param level of the headings
   */
  LedgerView(Html html, Ledger ledger, String prefix, int level) {
    this.html = html;
    this.ledger = ledger;
    this.prefix = prefix;
    this.level = level;
  }

  void write() {
    facts();
    totals();
    contents();
    problems();
    broken();
    exemptions();
    anomalies();
    rules();
  }

  /** Where a rule's result is found on the page. */
  static String anchor(String prefix, String rule) {
    return prefix + rule.replaceAll("[^A-Za-z0-9-]", "_");
  }

  private void facts() {
    html.open("dl", "class", "facts");
    fact("Adapter", ledger.adapter());
    fact("Server", ledger.environment().server());
    fact("Driver", ledger.environment().driver());
    fact("JDK", ledger.provenance().jdk());
    html.open("div").element("dt", "Started").open("dd");
    Formats.time(html, ledger.provenance().started());
    html.close("dd").close("div");
    fact("Took", Formats.duration(ledger.provenance().millis()));
    fact("Kit", ledger.provenance().kit());
    fact("Seed", String.valueOf(ledger.provenance().seed()));
    html.open("div", "class", "wide").element("dt", "List of rules");
    html.element("dd", ledger.provenance().manifest()).close("div");
    html.close("dl");
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void totals() {
    Map<Mark, Long> totals = new EnumMap<>(Mark.class);
    for (RuleResult rule : ledger.rules()) {
      totals.merge(Mark.of(rule), 1L, Long::sum);
    }
    html.open("dl", "class", "totals");
    for (Mark mark : Mark.values()) {
      html.open("div").open("dt");
      mark.writeTo(html);
      html.close("dt").element("dd", String.valueOf(totals.getOrDefault(mark, 0L))).close("div");
    }
    html.open("div").element("dt", "Rules");
    html.element("dd", String.valueOf(ledger.rules().size())).close("div").close("dl");
  }

  private void contents() {
    html.open("nav", "aria-label", "Parts of " + ledger.name() + prefix.replace('-', ' '));
    html.open("ul");
    if (!ledger.problems().isEmpty()) {
      link("problems", "Problems (" + ledger.problems().size() + ")");
    }
    link("broken", "ExpectationFailedError rules (" + ledger.broken().size() + ")");
    if (!ledger.exempted().isEmpty()) {
      link("exempted", "Exempted rules (" + ledger.exempted().size() + ")");
    }
    link("anomalies", "Anomalies");
    link("rules", "All rules (" + ledger.rules().size() + ")");
    html.close("ul").close("nav");
  }

  private void link(String part, String text) {
    html.open("li").element("a", text, "href", "#" + prefix + part).close("li");
  }

  private void heading(int below, String part, String text) {
    html.element("h" + (level + below), text, "id", prefix + part);
  }

  private void problems() {
    if (ledger.problems().isEmpty()) {
      return;
    }
    heading(0, "problems", "Problems beside the rules");
    html.open("ul", "class", "problems");
    for (String problem : ledger.problems()) {
      html.open("li");
      message(problem);
      html.close("li");
    }
    html.close("ul");
  }

  private void broken() {
    heading(0, "broken", "ExpectationFailedError rules");
    List<RuleResult> broken = ledger.broken();
    if (broken.isEmpty()) {
      html.element("p", "No rule is broken without an exemption.");
      return;
    }
    html.open("p").text("To run one of them again with the same random choices: ");
    html.element("code", "-Dtest=YOUR_TEST#" + broken.get(0).id().replace('-', '_')).text(" and ");
    html.element("code", "-D" + PlanOptions.SEED + "=" + ledger.provenance().seed());
    html.close("p");
    for (RuleResult rule : broken) {
      html.open("article", "class", "broken", "id", anchor(prefix, rule.id()));
      html.open("h" + (level + 1)).text(rule.id() + " ");
      Mark.of(rule).writeTo(html);
      html.close("h" + (level + 1)).element("p", rule.title());
      message(rule.message());
      html.close("article");
    }
  }

  private void exemptions() {
    if (ledger.exempted().isEmpty()) {
      return;
    }
    heading(0, "exempted", "Exempted rules");
    html.element(
        "p", "ExpectationFailedError, known to be, and let through until the day that is named.");
    for (RuleResult rule : ledger.exempted()) {
      html.open("article", "class", "let-through", "id", anchor(prefix, rule.id()));
      html.open("h" + (level + 1)).text(rule.id() + " ");
      Mark.of(rule).writeTo(html);
      html.close("h" + (level + 1)).element("p", rule.title());
      rule.exemption().ifPresent(this::exemption);
      message(rule.message());
      html.close("article");
    }
  }

  private void exemption(Exemption exemption) {
    String day = exemption.expires().toString();
    String issue = exemption.issue().toString();
    html.open("dl", "class", "facts").open("div").element("dt", "Until").open("dd");
    html.element("time", day, "datetime", day).close("dd").close("div");
    fact("Reason", exemption.reason());
    html.open("div").element("dt", "Issue").open("dd");
    html.element("a", issue, "href", issue, "rel", "noreferrer").close("dd").close("div");
    html.close("dl");
  }

  private void anomalies() {
    heading(0, "anomalies", "Anomalies of isolation");
    List<IsolationLevel> levels =
        ledger.anomalies().stream().map(AnomalyResult::level).distinct().sorted().toList();
    if (levels.isEmpty()) {
      html.element("p", "None was tried.");
      return;
    }
    Map<String, AnomalyResult> results =
        ledger.anomalies().stream()
            .collect(
                Collectors.toMap(
                    result -> result.level() + " " + result.anomaly(),
                    Function.identity(),
                    (first, second) -> first));
    html.open("table", "class", "anomalies");
    html.element("caption", "What the adapter declares, against what was observed");
    html.open("thead").open("tr").element("th", "Anomaly", "scope", "col");
    levels.forEach(each -> html.element("th", each.name().replace('_', ' '), "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (Anomaly anomaly : Anomaly.values()) {
      html.open("tr").open("th", "scope", "row");
      html.element("b", anomaly.label()).text(" " + anomaly.title()).close("th");
      for (IsolationLevel each : levels) {
        html.open("td");
        finding(Optional.ofNullable(results.get(each + " " + anomaly)));
        html.close("td");
      }
      html.close("tr");
    }
    html.close("tbody").close("table");
  }

  private void finding(Optional<AnomalyResult> result) {
    if (result.isEmpty()) {
      html.text("not run");
    } else if (result.get().permitted()) {
      Mark.ABSENT.writeTo(html, result.get().finding());
    } else {
      (result.get().observed() ? Mark.FAIL : Mark.PASS).writeTo(html, result.get().finding());
    }
  }

  private void rules() {
    heading(0, "rules", "All rules");
    Section.group(ledger.rules())
        .forEach(
            (section, rules) -> {
              if (rules.stream().map(Mark::of).anyMatch(Mark::isNoteworthy)) {
                html.open("details", "open", "");
              } else {
                html.open("details");
              }
              html.open("summary").element("h" + (level + 1), Section.name(section));
              long millis = rules.stream().mapToLong(RuleResult::millis).sum();
              html.element("span", Section.totals(rules) + " \u00b7 " + Formats.duration(millis));
              html.close("summary");
              table(section, rules);
              html.close("details");
            });
  }

  private void table(String section, List<RuleResult> rules) {
    html.open("table", "class", "rules");
    html.element("caption", "Rules of " + Section.name(section), "class", "aside");
    html.open("thead").open("tr").element("th", "Rule", "scope", "col");
    html.element("th", "What it says", "scope", "col").element("th", "Verdict", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (RuleResult rule : rules) {
      Mark mark = Mark.of(rule);
      if (mark.isNoteworthy()) {
        html.open("tr").open("th", "scope", "row");
        html.element("a", rule.id(), "href", "#" + anchor(prefix, rule.id())).close("th");
      } else {
        html.open("tr", "id", anchor(prefix, rule.id())).element("th", rule.id(), "scope", "row");
      }
      html.open("td").text(rule.title());
      message(rule.message());
      html.close("td").open("td").open("div");
      mark.writeTo(html);
      html.close("div")
          .element("div", Formats.duration(rule.millis()), "class", "time")
          .close("td")
          .close("tr");
    }
    html.close("tbody").close("table");
  }

  private void message(String message) {
    if (!message.isEmpty()) {
      html.element("pre", message);
    }
  }
}
