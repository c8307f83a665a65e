package io.netkingdom.userengine.store.postgres.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ratios as a page that stands alone: a row for each operation, and a bar on one scale. */
final class RatioPage {

  private RatioPage() {}

  /** Ratios that were measured under the same circumstances. */
  record Section(String title, List<Ratio> ratios) {}

  /**
   * The page.
   *
   * @param server what the server calls itself
   */
  static String of(List<Section> sections, String server) {
    List<Ratio> all = sections.stream().flatMap(section -> section.ratios().stream()).toList();
    double end = Math.max(2, all.stream().mapToDouble(Ratio::highest).max().orElse(2)) * 1.05;
    return PAGE.replace("{one}", percent(1 / end))
        .replace(
            "{sections}",
            sections.stream().map(s -> section(s, end)).collect(Collectors.joining("\n")))
        .replace("{server}", escaped(server))
        .replace("{java}", escaped(Runtime.version().toString()))
        .replace("{rounds}", Integer.toString(all.get(0).rounds().size()));
  }

  private static String section(Section section, double end) {
    return SECTION
        .replace("{title}", escaped(section.title()))
        .replace(
            "{rows}",
            section.ratios().stream()
                .map(ratio -> row(ratio, end))
                .collect(Collectors.joining("\n")));
  }

  private static String row(Ratio ratio, double end) {
    return ROW.replace("{operation}", escaped(ratio.operation()))
        .replace("{median}", number(ratio.median()))
        .replace("{lowest}", number(ratio.lowest()))
        .replace("{highest}", number(ratio.highest()))
        .replace("{side}", ratio.median() <= 1 ? "faster" : "slower")
        .replace("{from}", percent(ratio.lowest() / end))
        .replace("{width}", percent((ratio.highest() - ratio.lowest()) / end))
        .replace("{at}", percent(ratio.median() / end));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static final String ROW =
      """
      <tr class="{side}">
        <th scope="row">{operation}</th>
        <td>{median}</td>
        <td>{lowest} to {highest}</td>
        <td class="scale"><span class="range" style="left:{from};width:{width}"></span><span
          class="median" style="left:{at}"></span></td>
      </tr>""";

  private static final String SECTION =
      """
      <h2>{title}</h2>
      <table>
      <thead><tr><th scope="col">operation</th><th scope="col">median</th>
        <th scope="col">range</th><th scope="col">line: 1</th></tr></thead>
      <tbody>
      {rows}
      </tbody>
      </table>""";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>user-engine store: ratios to JDBC by hand</title>
      <style>
        :root { color-scheme: light dark; --line: #8888; --faster: #1a7f37; --slower: #b35900; }
        @media (prefers-color-scheme: dark) { :root { --faster: #4ac26b; --slower: #f0883e; } }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
          padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; }
        th { font-weight: 500; width: 10rem; }
        th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
        td { font-variant-numeric: tabular-nums; white-space: nowrap; }
        .faster { --mark: var(--faster); }
        .slower { --mark: var(--slower); }
        td:nth-child(2) { color: var(--mark); font-weight: 600; }
        .scale { position: relative; width: 45%;
          background: linear-gradient(var(--line), var(--line)) {one} 0 / 1px 100% no-repeat; }
        .range, .median { position: absolute; top: 50%; transform: translateY(-50%);
          background: var(--mark); }
        .range { height: .5rem; opacity: .4; min-width: 2px; }
        .median { height: 1rem; width: 3px; margin-left: -1px; }
        @media (max-width: 40rem) { .scale, thead th:last-child { display: none; } }
      </style>
      </head>
      <body>
      <h1>How long an operation takes, where JDBC written by hand takes 1</h1>
      <p>Below 1 the store is faster. The median of {rounds} rounds, and the lowest and highest; in
      each round the two were measured one after the other, in processes and databases of their own.
      {server}, Java {java}, one thread, a throwaway server on one machine, without fsync.</p>
      {sections}
      </body>
      </html>
      """;
}
