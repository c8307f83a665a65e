package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ledgers side by side, a column each. A rule of which they do not say the same, or which is broken
 * somewhere, has a row; all others are folded away by section.
 */
final class Matrix {

  /** One rule in every ledger; empty where the ledger's list of rules has not got it. */
  private record Row(String id, String title, List<Optional<RuleResult>> results) {

    boolean isOpen() {
      return results.stream().map(result -> result.map(Mark::of)).distinct().count() > 1
          || present().stream().map(Mark::of).anyMatch(Mark::isNoteworthy)
          || isWordedDifferently();
    }

    List<RuleResult> present() {
      return results.stream().flatMap(Optional::stream).toList();
    }

    boolean isWordedDifferently() {
      return present().stream().map(RuleResult::title).distinct().count() > 1;
    }
  }

  private final Html html;
  private final List<Ledger> ledgers;
  private final Map<String, List<Row>> sections;

  Matrix(Html html, List<Ledger> ledgers) {
    this.html = html;
    this.ledgers = ledgers;
    this.sections = rows(ledgers);
  }

  /** What the anchors of one of several ledgers begin with. */
  static String prefix(int index) {
    return "ledger-" + (index + 1) + "-";
  }

  void write() {
    comparability();
    html.open(
        "div",
        "class",
        "scroll matrix",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Verdicts by ledger");
    html.open("table").element("caption", "Verdicts by ledger", "class", "aside");
    head();
    html.open("tbody");
    row("Verdict", ledger -> Formats.verdict(html, ledger));
    row("Problems beside the rules", ledger -> html.text(String.valueOf(ledger.problems().size())));
    row("Started", ledger -> Formats.time(html, ledger.provenance().started()));
    row("Kit", ledger -> html.text(ledger.provenance().kit()));
    row("List of rules", ledger -> html.element("code", listOfRules(ledger)));
    html.close("tbody");
    sections.forEach(this::section);
    html.close("table").close("div");
    equal();
  }

  private static Map<String, List<Row>> rows(List<Ledger> ledgers) {
    List<Map<String, RuleResult>> byId =
        ledgers.stream()
            .map(
                ledger ->
                    ledger.rules().stream()
                        .collect(
                            Collectors.toMap(
                                RuleResult::id, Function.identity(), (first, second) -> first)))
            .toList();
    Map<String, String> titles = new LinkedHashMap<>();
    ledgers.forEach(
        ledger -> ledger.rules().forEach(rule -> titles.putIfAbsent(rule.id(), rule.title())));
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    titles.forEach(
        (id, title) ->
            sections
                .computeIfAbsent(Section.of(id), section -> new ArrayList<>())
                .add(
                    new Row(
                        id,
                        title,
                        byId.stream().map(rules -> Optional.ofNullable(rules.get(id))).toList())));
    return sections;
  }

  /** Says plainly where like is not compared with like. */
  private void comparability() {
    long lists = ledgers.stream().map(ledger -> ledger.provenance().manifest()).distinct().count();
    if (lists > 1) {
      html.open("p", "class", "warning");
      html.text(
          "These ledgers are of "
              + lists
              + " different lists of rules, and can be compared only where these agree. A rule that"
              + " a list has not got shows as \u201cnot in its list\u201d; one whose sentence"
              + " differs says so.");
      html.close("p");
    } else {
      html.element("p", "All of them are of the same list of rules.");
    }
  }

  private void head() {
    html.open("thead").open("tr").element("th", "Rule", "scope", "col");
    for (int i = 0; i < ledgers.size(); i++) {
      Ledger ledger = ledgers.get(i);
      html.open("th", "scope", "col");
      html.open("div");
      html.element("a", (i + 1) + ". " + ledger.adapter(), "href", "#" + prefix(i) + "top");
      html.close("div");
      Stream.of(ledger.environment().driver(), ledger.environment().server())
          .filter(each -> !each.equals(Environment.none().driver()))
          .forEach(each -> html.element("div", each));
      html.element("div", "JDK " + ledger.provenance().jdk().split("\\+", 2)[0]);
      html.close("th");
    }
    html.close("tr").close("thead");
  }

  private void row(String name, Consumer<Ledger> cell) {
    html.open("tr").element("th", name, "scope", "row");
    for (Ledger ledger : ledgers) {
      html.open("td");
      cell.accept(ledger);
      html.close("td");
    }
    html.close("tr");
  }

  private static String listOfRules(Ledger ledger) {
    String hash = ledger.provenance().manifest();
    return hash.substring(0, Math.min(hash.length(), "sha256:".length() + 8));
  }

  private void section(String section, List<Row> rows) {
    html.open("tbody").open("tr", "class", "section");
    html.element("th", Section.name(section), "scope", "rowgroup");
    for (int i = 0; i < ledgers.size(); i++) {
      int column = i;
      List<RuleResult> results =
          rows.stream().map(row -> row.results().get(column)).flatMap(Optional::stream).toList();
      html.element("td", results.isEmpty() ? "not in its list" : Section.totals(results));
    }
    html.close("tr");
    rows.stream().filter(Row::isOpen).forEach(this::rule);
    html.close("tbody");
  }

  private void rule(Row row) {
    html.open("tr").open("th", "scope", "row");
    html.open("div").element("b", row.id()).close("div").element("div", row.title());
    if (row.isWordedDifferently()) {
      html.element("div", "(worded differently in some lists)");
    }
    html.close("th");
    for (int i = 0; i < ledgers.size(); i++) {
      html.open("td");
      Optional<RuleResult> result = row.results().get(i);
      if (result.isPresent()) {
        html.open("a", "href", "#" + LedgerView.anchor(prefix(i), row.id()));
        Mark.of(result.get()).writeTo(html);
        html.close("a");
      } else {
        html.text("not in its list");
      }
      html.close("td");
    }
    html.close("tr");
  }

  private void equal() {
    html.element("h2", "The same everywhere, and not broken", "id", "equal");
    sections.forEach(
        (section, all) -> {
          List<Row> rows = all.stream().filter(row -> !row.isOpen()).toList();
          if (!rows.isEmpty()) {
            html.open("details").open("summary").element("h3", Section.name(section));
            html.element("span", Formats.count(rows.size(), "rule", "rules") + " of " + all.size());
            html.close("summary");
            table(section, rows);
            html.close("details");
          }
        });
  }

  private void table(String section, List<Row> rows) {
    html.open("table", "class", "rules");
    html.element("caption", "Rules of " + Section.name(section), "class", "aside");
    html.open("thead").open("tr").element("th", "Rule", "scope", "col");
    html.element("th", "What it says", "scope", "col").element("th", "Everywhere", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (Row row : rows) {
      html.open("tr").element("th", row.id(), "scope", "row").element("td", row.title());
      html.open("td");
      Mark.of(row.present().get(0)).writeTo(html);
      html.close("td").close("tr");
    }
    html.close("tbody").close("table");
  }
}
