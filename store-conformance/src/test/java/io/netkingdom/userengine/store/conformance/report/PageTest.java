package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Provenance;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {

  /** A page is XML too, but for the elements that have no end. */
  private static Element parse(List<Ledger> ledgers) throws Exception {
    String xml = Page.of(ledgers).replaceAll("<meta ([^>]*)>", "<meta $1/>");
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  private static List<Element> all(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Element parent, String name) {
    return all(parent, name).stream().map(PageTest::text).toList();
  }

  private static String text(Element element) {
    return element.getTextContent().replaceAll("[\\s\u00a0]+", " ").strip();
  }

  private static Ledger of(String adapter, String manifest, RuleResult... rules) {
    Ledger sample = Samples.broken();
    Provenance made = sample.provenance();
    return new Ledger(
        adapter,
        Environment.none(),
        new Provenance(
            made.kit(), manifest, made.jdk(), made.seed(), made.started(), made.millis()),
        List.of(rules),
        List.of(),
        List.of());
  }

  private static List<List<Ledger>> samples() {
    return List.of(
        List.of(Samples.broken()),
        List.of(Samples.conformant()),
        List.of(Samples.broken(), Samples.conformant(), Samples.broken()),
        List.of(
            on("pg", "a 1", "PostgreSQL 18.6", Samples.HELD),
            on("pg", "b 2", "PostgreSQL 17.1", Samples.HELD)));
  }

  @Test
  void aPageLoadsAndRunsNothing() throws Exception {
    for (List<Ledger> ledgers : samples()) {
      Element page = parse(ledgers);
      Set<String> elements =
          all(page, "*").stream().map(Element::getTagName).collect(Collectors.toSet());
      for (String loads : List.of("script", "link", "img", "iframe", "object", "base", "form")) {
        assertFalse(elements.contains(loads), loads);
      }
      for (Element element : all(page, "*")) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
          String attribute = element.getAttributes().item(i).getNodeName();
          assertFalse(attribute.startsWith("on") || attribute.equals("style"), attribute);
          assertFalse(attribute.equals("src"), attribute);
        }
      }
      assertEquals(
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
          all(page, "meta").stream()
              .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
              .map(meta -> meta.getAttribute("content"))
              .collect(Collectors.joining()));
      String style = all(page, "style").get(0).getTextContent();
      assertFalse(style.contains("url(") || style.contains("@import"), style);
      assertEquals("en", page.getAttribute("lang"));
    }
  }

  @Test
  void everyLinkLeadsSomewhereAndEveryAnchorIsThereOnce() throws Exception {
    for (List<Ledger> ledgers : samples()) {
      Set<String> anchors = new HashSet<>();
      Element page = parse(ledgers);
      for (Element element : all(page, "*")) {
        String id = element.getAttribute("id");
        assertTrue(id.isEmpty() || anchors.add(id), id);
      }
      for (Element link : all(page, "a")) {
        String target = link.getAttribute("href");
        assertTrue(
            target.equals("https://example.org/issues/1")
                || (target.startsWith("#") && anchors.contains(target.substring(1))),
            target);
      }
    }
  }

  @Test
  void headingsAreInOrderAndTablesHaveHeaders() throws Exception {
    for (List<Ledger> ledgers : samples()) {
      Element page = parse(ledgers);
      int level = 0;
      for (Element element : all(page, "*")) {
        if (element.getTagName().matches("h[1-6]")) {
          int found = element.getTagName().charAt(1) - '0';
          assertTrue(found <= level + 1, text(element));
          level = found;
        }
      }
      assertEquals(1, all(page, "h1").size());
      for (Element table : all(page, "table")) {
        assertEquals(1, all(table, "caption").size());
        for (Element header : all(table, "th")) {
          assertTrue(header.getAttribute("scope").matches("col|row|rowgroup"), text(header));
        }
        int columns = all(all(table, "tr").get(0), "th").size();
        for (Element row : all(table, "tr")) {
          assertEquals(columns, all(row, "th").size() + all(row, "td").size());
          assertTrue(all(row, "th").size() >= 1, text(row));
        }
      }
    }
  }

  @Test
  void theVerdictIsToldInWords() throws Exception {
    Ledger exempted = of("bare", Samples.MANIFEST.hash(), Samples.HELD, Samples.EXEMPTED);
    Map<Ledger, String> verdicts =
        Map.of(
            Samples.broken(),
            "\u2717 NOT conformant",
            Samples.conformant(),
            "\u2713 conformant",
            exempted,
            "! conformant but for 1 exempted rule");
    for (Map.Entry<Ledger, String> verdict : verdicts.entrySet()) {
      Element page = parse(List.of(verdict.getKey()));
      assertTrue(texts(page, "p").contains(verdict.getValue()), verdict.getValue());
    }
    assertTrue(
        texts(parse(List.of(Samples.broken())), "p")
            .contains("2 of 5 rules broken, 1 under an exemption, 1 problem."));
  }

  @Test
  void whatIsBrokenComesFirstWithItsMessageAndHowToRunItAgain() throws Exception {
    Element page = parse(List.of(Samples.broken()));
    assertEquals(
        List.of(
            "Problems beside the rules",
            "ExpectationFailedError rules",
            "Exempted rules",
            "Anomalies of isolation",
            "All rules"),
        texts(page, "h2"));
    assertEquals(
        List.of(
            "SMP-02 \u2717 FAIL The second MUST hold. one: expected 1, was 2",
            "OTH-01 ? NOT-RUN The fourth MUST hold. the run did not reach it",
            "OTH-02 ! FAIL, exempted The fifth MUST hold. Until 2026-04-01 Reason known since March"
                + " Issue https://example.org/issues/1 two: expected 2, was 3"),
        texts(page, "article"));
    assertEquals(
        List.of("there are two checks for SMP-01"),
        texts(all(page, "main").get(0), "li").stream()
            .filter(item -> item.contains("checks"))
            .toList());
    assertTrue(
        texts(page, "code")
            .containsAll(List.of("-Dtest=YOUR_TEST#SMP_02", "-Duserengine.conformance.seed=7")));
  }

  @Test
  void everyRuleIsThereBySectionAndOnlyWhatIsNotInOrderIsUnfolded() throws Exception {
    Element page = parse(List.of(Samples.broken()));
    List<String> summaries = texts(page, "summary");
    assertEquals(
        List.of(
            "SMP 1 FAIL \u00b7 1 DECLARED-ABSENT \u00b7 1 PASS \u00b7 36 ms",
            "OTH 1 NOT-RUN \u00b7 1 FAIL, exempted \u00b7 1.2 s"),
        summaries);
    assertTrue(all(page, "details").stream().allMatch(each -> each.hasAttribute("open")));
    assertTrue(
        texts(page, "tr")
            .contains("SMP-03 The third MUST hold. saw it refused \u2013 DECLARED-ABSENT 12 ms"));
    Element whole = parse(List.of(Samples.conformant()));
    assertTrue(all(whole, "details").stream().noneMatch(each -> each.hasAttribute("open")));
    assertEquals(5, texts(whole, "tr").stream().filter(row -> row.contains("PASS")).count());
  }

  @Test
  void anomaliesAreShownAsDeclaredAndObserved() throws Exception {
    List<String> rows = texts(parse(List.of(Samples.broken())), "tr");
    assertTrue(rows.contains("Anomaly READ COMMITTED SERIALIZABLE"), rows::toString);
    assertTrue(rows.contains("G0 dirty write \u2713 prevented not run"), rows::toString);
    assertTrue(
        rows.contains("P4 lost update \u2013 happens \u2717 happens, though declared as prevented"),
        rows::toString);
  }

  @Test
  void whateverALedgerHoldsShowsAsText() throws Exception {
    String hostile = "</pre></script><script>alert(1)</script> \" ' & \u202Egnp.exe \u0000 \uD800";
    String shown = "</pre></script><script>alert(1)</script> \" ' & \\u202egnp.exe \\u0000 \\ud800";
    Exemption exemption =
        new Exemption(
            "OTH-02",
            "\"><script>\u202E",
            URI.create("https://example.org/'%22%3E"),
            LocalDate.of(2026, 4, 1));
    Ledger ledger =
        new Ledger(
            hostile,
            new Environment(hostile, hostile),
            new Provenance(
                hostile, hostile, hostile, 7, Samples.broken().provenance().started(), 1),
            List.of(
                new RuleResult(hostile, hostile, Verdict.FAIL, 1, hostile),
                new RuleResult("OTH-02", hostile, Verdict.FAIL, 1, hostile, exemption)),
            List.of(),
            List.of(hostile));
    for (List<Ledger> ledgers : List.of(List.of(ledger), List.of(ledger, ledger))) {
      Element page = parse(ledgers);
      assertEquals(0, all(page, "script").size());
      assertEquals(5L * ledgers.size(), texts(page, "pre").stream().filter(shown::equals).count());
      assertEquals(5L * ledgers.size(), all(page, "pre").size());
      assertTrue(Page.of(ledgers).codePoints().allMatch(c -> c == '\n' || c >= ' '));
      assertFalse(Page.of(ledgers).contains("\u202E"));
    }
  }

  @Test
  void onlyWhatDiffersOrIsBrokenIsOpenSideBySide() throws Exception {
    String manifest = Samples.MANIFEST.hash();
    RuleResult absent = Samples.rule("SMP-03", Verdict.PASS, "");
    RuleResult first = Samples.rule("OTH-01", Verdict.PASS, "");
    Ledger one = of("one", manifest, Samples.HELD, Samples.BROKEN, Samples.ABSENT, first);
    Ledger two = of("two", manifest, Samples.HELD, Samples.BROKEN, absent, first);
    Element page = parse(List.of(one, two));
    assertEquals(
        List.of(
            "Rule 1. one JDK 17.0.1 2. two JDK 17.0.1",
            "Verdict \u2717 NOT conformant \u2717 NOT conformant",
            "Problems beside the rules 0 0",
            "Started 2026-03-01 10:20 UTC 2026-03-01 10:20 UTC",
            "Kit 0.1.0 0.1.0",
            "List of rules " + manifest.substring(0, 15) + " " + manifest.substring(0, 15),
            "SMP 1 FAIL \u00b7 1 DECLARED-ABSENT \u00b7 1 PASS 1 FAIL \u00b7 2 PASS",
            "SMP-02 The second MUST hold. \u2717 FAIL \u2717 FAIL",
            "SMP-03 The third MUST hold. \u2013 DECLARED-ABSENT \u2713 PASS",
            "OTH 1 PASS 1 PASS"),
        texts(all(page, "table").get(0), "tr"));
    assertEquals(
        List.of("Rule What it says Everywhere", "SMP-01 The first MUST hold. \u2713 PASS"),
        texts(all(page, "table").get(1), "tr"));
    assertEquals(
        List.of("SMP 1 rule of 3", "OTH 1 rule of 1"), texts(page, "summary").subList(0, 2));
    assertTrue(texts(page, "p").contains("All of them are of the same list of rules."));
    assertTrue(texts(page, "p").contains("\u2717 0 of 2 conformant"));
  }

  @Test
  void ledgersOfDifferentListsAreComparedWhereTheyCanBe() throws Exception {
    Ledger one = of("one", "sha256:1", Samples.HELD, Samples.ABSENT);
    Ledger two = of("two", "sha256:2", new RuleResult("SMP-01", "Reworded.", Verdict.PASS, 1, ""));
    Element page = parse(List.of(one, two));
    assertTrue(
        texts(page, "p").stream()
            .anyMatch(text -> text.startsWith("These ledgers are of 2 different lists of rules")));
    List<String> rows = texts(page, "tr");
    assertTrue(
        rows.contains(
            "SMP-01 The first MUST hold. (worded differently in some lists) \u2713 PASS \u2713 PASS"),
        rows::toString);
    assertTrue(
        rows.contains("SMP-03 The third MUST hold. \u2013 DECLARED-ABSENT not in its list"),
        rows::toString);
  }

  private static Ledger on(String adapter, String driver, String server, RuleResult... rules) {
    Ledger sample = of(adapter, Samples.MANIFEST.hash(), rules);
    return new Ledger(
        adapter,
        new Environment(server, driver),
        sample.provenance(),
        sample.rules(),
        List.of(),
        List.of());
  }

  @Test
  void driversAndServersHaveARowAndAColumnEach() throws Exception {
    Element page =
        parse(
            List.of(
                on("pg", "a 1", "PostgreSQL 18.6", Samples.HELD),
                on("pg", "b 2", "PostgreSQL 18.6", Samples.BROKEN),
                on("pg", "a 1", "PostgreSQL 17.1", Samples.HELD),
                on("pg", "a 1", "PostgreSQL 17.1", Samples.EXEMPTED),
                on("pg-odd", "a 1", "none", Samples.HELD)));
    Element grid = all(page, "table").get(0);
    assertEquals(
        List.of(
            "Driver PostgreSQL 18.6 PostgreSQL 17.1 none",
            "a 1 pg \u2713 conformant \u2713 conformant ! conformant but for 1 exempted rule no ledger",
            "b 2 pg \u2717 NOT conformant no ledger no ledger",
            "a 1 pg-odd no ledger no ledger \u2713 conformant"),
        texts(grid, "tr"));
    assertEquals(
        List.of(
            "#ledger-1-top", "#ledger-3-top", "#ledger-4-top", "#ledger-2-top", "#ledger-5-top"),
        all(grid, "a").stream().map(link -> link.getAttribute("href")).toList());
  }

  @Test
  void whatWasNotRunIsTold() {
    Ledger ledger = on("pg", "a 1", "PostgreSQL 18.6", Samples.HELD);
    for (List<Ledger> ledgers : List.of(List.of(ledger), List.of(ledger, ledger))) {
      String page = Page.of(ledgers, List.of("The <others>: no server."));
      assertTrue(page.contains("<li>The &lt;others&gt;: no server.</li>"), page);
      assertFalse(Page.of(ledgers).contains("id=\"not-run\""));
    }
  }

  @Test
  void aPageNeedsALedger() {
    assertThrows(IllegalArgumentException.class, () -> Page.of(List.of()));
  }

  @Test
  void sectionsAreNamedAsInTheContract() throws IOException {
    Path contract = Path.of(System.getProperty("basedir", "."), "..", "docs", "contract.md");
    Pattern heading = Pattern.compile("## ([A-Z]{3}) (.+)");
    try (Stream<String> lines = Files.lines(contract)) {
      assertEquals(
          lines
              .map(heading::matcher)
              .filter(Matcher::matches)
              .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2))),
          Section.TITLES);
    }
  }

  /** WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1 between a text and its ground. */
  @Test
  void everyColourOfTextStandsOutFromEveryGround() {
    String[] schemes = StyleSheet.ofPages().text().split(":root \\{", -1);
    Set<String> grounds = Set.of("ground", "raised", "bad-ground");
    for (int i = 1; i < schemes.length; i++) {
      Map<String, Double> luminances = new HashMap<>();
      Matcher colour = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});").matcher(schemes[i]);
      while (colour.find()) {
        luminances.put(colour.group(1), luminance(Integer.parseInt(colour.group(2), 16)));
      }
      assertTrue(luminances.keySet().containsAll(grounds));
      for (String name : new TreeSet<>(luminances.keySet())) {
        for (String ground : grounds) {
          double one = luminances.getOrDefault(name, 0.0) + 0.05;
          double two = luminances.getOrDefault(ground, 0.0) + 0.05;
          double contrast = Math.max(one, two) / Math.min(one, two);
          assertTrue(
              grounds.contains(name) || name.equals("line") || contrast >= 4.5,
              name + " on " + ground + " in scheme " + i + ": " + contrast);
        }
      }
    }
    assertEquals(4, schemes.length, "light, dark and paper");
  }

  private static double luminance(int colour) {
    return 0.2126 * channel(colour >> 16)
        + 0.7152 * channel(colour >> 8 & 0xFF)
        + 0.0722 * channel(colour & 0xFF);
  }

  private static double channel(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
