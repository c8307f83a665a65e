package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import java.util.List;

/**
 * Ledgers as one page of HTML for people: one in all its details, or several side by side. The page
 * needs nothing else, runs no script and loads nothing.
 */
public final class Page {

  private final Html html = new Html();
  private final List<Ledger> ledgers;
  private final List<String> notRun;

  private Page(List<Ledger> ledgers, List<String> notRun) {
    this.ledgers = ledgers;
    this.notRun = notRun;
  }

  /**
   * The page of some ledgers, in their order. They need not be of one list of rules; the page says
   * where they are not.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static String of(List<Ledger> ledgers) {
    return of(ledgers, List.of());
  }

  /**
   * The page of some ledgers, and of what has left none.
   *
   * @param notRun what might have been run as well and was not, each with its reason
   * @throws IllegalArgumentException if there is no ledger
   */
  public static String of(List<Ledger> ledgers, List<String> notRun) {
    if (ledgers.isEmpty()) {
      throw new IllegalArgumentException("a page needs a ledger");
    }
    return new Page(List.copyOf(ledgers), List.copyOf(notRun)).write();
  }

  private String write() {
    html.open("html", "lang", "en");
    head();
    html.open("body");
    if (ledgers.size() == 1) {
      one(ledgers.get(0));
    } else {
      several();
    }
    html.open("footer");
    html.element("p", "Made of the ledgers in JSON, which are what counts; this page is a view.");
    html.close("footer").close("body").close("html");
    return html.toString();
  }

  private void head() {
    html.open("head").single("meta", "charset", "utf-8");
    html.single(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.single("meta", "name", "referrer", "content", "no-referrer");
    html.element("title", title()).style(StyleSheet.ofPages()).close("head");
  }

  private String title() {
    Ledger first = ledgers.get(0);
    return ledgers.size() == 1
        ? first.name() + ": " + first.verdict()
        : ledgers.size() + " conformance ledgers side by side";
  }

  private void one(Ledger ledger) {
    html.open("header").element("p", "Conformance of a user-engine store", "class", "kind");
    html.element("h1", ledger.name()).open("p", "class", "verdict");
    Formats.verdict(html, ledger);
    html.close("p").element("p", state(ledger)).close("header").open("main");
    notRun();
    new LedgerView(html, ledger, "", 2).write();
    html.close("main");
  }

  private void several() {
    long conformant = ledgers.stream().filter(Ledger::conformant).count();
    html.open("header").element("p", "Conformance of user-engine stores", "class", "kind");
    html.element("h1", ledgers.size() + " ledgers side by side").open("p", "class", "verdict");
    (conformant == ledgers.size() ? Mark.PASS : Mark.FAIL)
        .writeTo(html, conformant + " of " + ledgers.size() + " conformant");
    html.close("p").close("header").open("main");
    new Grid(html, ledgers).write();
    notRun();
    html.element("h2", "Rule by rule");
    new Matrix(html, ledgers).write();
    html.element("h2", "Each ledger");
    for (int i = 0; i < ledgers.size(); i++) {
      Ledger ledger = ledgers.get(i);
      String prefix = Matrix.prefix(i);
      html.open("details", "class", "ledger", "id", prefix + "top").open("summary");
      html.element("h3", (i + 1) + ". " + ledger.name());
      Formats.verdict(html, ledger);
      html.close("summary").element("p", state(ledger));
      new LedgerView(html, ledger, prefix, 4).write();
      html.close("details");
    }
    html.close("main");
  }

  private void notRun() {
    if (!notRun.isEmpty()) {
      html.element("h2", "Not run", "id", "not-run").open("ul");
      notRun.forEach(each -> html.element("li", each));
      html.close("ul");
    }
  }

  private static String state(Ledger ledger) {
    int broken = ledger.broken().size();
    String rules =
        broken == 0
            ? "No rule of " + ledger.rules().size() + " is broken"
            : broken + " of " + Formats.count(ledger.rules().size(), "rule", "rules") + " broken";
    int exempted = ledger.exempted().size();
    int problems = ledger.problems().size();
    return rules
        + (exempted == 0 ? "" : ", " + exempted + " under an exemption")
        + (problems == 0 ? "." : ", " + Formats.count(problems, "problem", "problems") + ".");
  }
}
