package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import java.util.List;
import java.util.stream.IntStream;

/** The verdicts on several drivers and servers: a row for each driver, a column for each server. */
final class Grid {

  /** What has a row of its own. */
  private record Row(String adapter, String driver) {

    static Row of(Ledger ledger) {
      return new Row(ledger.adapter(), ledger.environment().driver());
    }
  }

  private final Html html;
  private final List<Ledger> ledgers;
  private final List<Row> rows;
  private final List<String> servers;

  Grid(Html html, List<Ledger> ledgers) {
    this.html = html;
    this.ledgers = ledgers;
    this.rows = ledgers.stream().map(Row::of).distinct().toList();
    this.servers =
        ledgers.stream().map(ledger -> ledger.environment().server()).distinct().toList();
  }

  /** Writes it, where there are several of both. */
  void write() {
    if (rows.size() < 2 || servers.size() < 2) {
      return;
    }
    html.element("h2", "Drivers and servers", "id", "grid");
    html.open(
        "div",
        "class",
        "scroll grid",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Verdicts by driver and server");
    html.open("table").element("caption", "Verdicts by driver and server", "class", "aside");
    html.open("thead").open("tr").element("th", "Driver", "scope", "col");
    servers.forEach(server -> html.element("th", server, "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    rows.forEach(this::row);
    html.close("tbody").close("table").close("div");
  }

  private void row(Row row) {
    html.open("tr").open("th", "scope", "row");
    boolean named = !row.driver().equals(Environment.none().driver());
    html.element("div", named ? row.driver() : row.adapter());
    if (named) {
      html.element("div", row.adapter());
    }
    html.close("th");
    for (String server : servers) {
      html.open("td");
      List<Integer> here =
          IntStream.range(0, ledgers.size())
              .filter(i -> ledgers.get(i).environment().server().equals(server))
              .filter(i -> Row.of(ledgers.get(i)).equals(row))
              .boxed()
              .toList();
      if (here.isEmpty()) {
        html.element("span", "no ledger", "class", "absent");
      }
      for (int i : here) {
        html.open("div").open("a", "href", "#" + Matrix.prefix(i) + "top");
        Formats.verdict(html, ledgers.get(i));
        html.close("a").close("div");
      }
      html.close("td");
    }
    html.close("tr");
  }
}
