package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitXmlTest {

  /** The root of the document, which is valid. */
  private static Element parse(String xml)
      throws IOException, SAXException, ParserConfigurationException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(Objects.requireNonNull(JUnitXmlTest.class.getResource("junit.xsd")))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
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

  private static Map<String, String> attributes(Element element) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      attributes.put(
          element.getAttributes().item(i).getNodeName(),
          element.getAttributes().item(i).getNodeValue());
    }
    return attributes;
  }

  /** What the elements say, which the counters have to agree with. */
  private static Map<String, String> counted(Element suite) {
    return Map.of(
        "tests", String.valueOf(all(suite, "testcase").size()),
        "failures", String.valueOf(all(suite, "failure").size()),
        "errors", String.valueOf(all(suite, "error").size()),
        "skipped", String.valueOf(all(suite, "skipped").size()));
  }

  @Test
  void everyRuleIsATestCaseAndTheCountersCountThem() throws Exception {
    for (Ledger ledger : List.of(Samples.broken(), Samples.conformant())) {
      Element suite = parse(JUnitXml.write(ledger));
      Map<String, String> told = attributes(suite);
      counted(suite).forEach((name, count) -> assertEquals(count, told.get(name), name));
      List<String> names = new ArrayList<>();
      ledger.rules().forEach(rule -> names.add(rule.id() + " " + rule.title()));
      names.add("the ledger is closed");
      assertEquals(
          names, all(suite, "testcase").stream().map(each -> each.getAttribute("name")).toList());
    }
  }

  @Test
  void aSuiteTellsWhatItWasRunOnAndWhen() throws Exception {
    Locale before = Locale.getDefault();
    Element suite;
    try {
      // Neither digits nor the decimal point may come from here.
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      suite = parse(JUnitXml.write(Samples.broken()));
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(
        Map.of(
            "name", "bare-pgjdbc-42.7.14-postgresql-18.6-jdk17",
            "tests", "6",
            "failures", "1",
            "errors", "2",
            "skipped", "1",
            "time", "61.002",
            "timestamp", "2026-03-01T10:20:30"),
        attributes(suite));
    Map<String, String> properties = new TreeMap<>();
    all(suite, "property")
        .forEach(each -> properties.put(each.getAttribute("name"), each.getAttribute("value")));
    assertEquals(
        new TreeMap<>(
            Map.of(
                "adapter", "bare",
                "server", "PostgreSQL 18.6",
                "driver", "pgjdbc 42.7.14",
                "jdk", "17.0.1+12",
                "kit", "0.1.0",
                "manifest", Samples.MANIFEST.hash(),
                "seed", "7")),
        properties);
  }

  @Test
  void aVerdictShowsAsWhatBuildServersMakeOfIt() throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (Element test : all(parse(JUnitXml.write(Samples.broken())), "testcase")) {
      for (Element outcome : all(test, "*")) {
        outcomes.add(
            test.getAttribute("name").split(" ", 2)[0]
                + " "
                + outcome.getNodeName()
                + attributes(outcome)
                + outcome.getTextContent());
      }
      assertEquals("bare-pgjdbc-42.7.14-postgresql-18.6-jdk17", test.getAttribute("classname"));
    }
    assertEquals(
        List.of(
            "SMP-02 failure{message=one: expected 1, was 2, type=FAIL}one: expected 1, was 2",
            "SMP-03 system-out{}DECLARED-ABSENT: saw it refused",
            "OTH-01 error{message=the run did not reach it, type=NOT-RUN}the run did not reach it",
            "OTH-02 skipped{message=exempted until 2026-04-01: known since March"
                + " (https://example.org/issues/1), type=FAIL}two: expected 2, was 3",
            "the error{message=there are two checks for SMP-01, type=problem}there are two checks"
                + " for SMP-01"),
        outcomes);
  }

  @Test
  void theFirstLineIsTheMessageAndAllOfItTheText() throws Exception {
    String message = "expected 1, was 2\n  step\tone\n  step two";
    Element failure = all(parse(JUnitXml.write(failing(message))), "failure").get(0);
    assertEquals("expected 1, was 2", failure.getAttribute("message"));
    assertEquals(message, failure.getTextContent());
  }

  /** Each code unit by itself, in an attribute and in a text; half a pair is one of them. */
  @Test
  void anyCodeUnitIsFitForADocument() throws Exception {
    StringBuilder all = new StringBuilder();
    StringBuilder seen = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c).append('.');
      seen.append(c == '\n' || c == '\t' ? String.valueOf((char) c) : Visible.text("" + (char) c));
      seen.append('.');
    }
    all.append("]]> <![CDATA[ \uD83D\uDE00 \uD83F\uDFFF &amp; \" '");
    seen.append("]]> <![CDATA[ \uD83D\uDE00 \\ud83f\\udfff &amp; \" '");
    String hostile = all.toString();
    Ledger sample = failing(hostile);
    Element suite =
        parse(
            JUnitXml.write(
                new Ledger(
                    "bare",
                    new Environment(hostile, hostile),
                    sample.provenance(),
                    sample.rules(),
                    List.of(),
                    List.of(hostile))));
    assertEquals(seen.toString(), all(suite, "failure").get(0).getTextContent());
    assertEquals(seen.toString(), all(suite, "error").get(0).getTextContent());
    assertEquals(
        seen.toString().replace("\n", "\\u000a").replace("\t", "\\u0009"),
        all(suite, "property").get(1).getAttribute("value"));
    assertTrue(seen.toString().contains("\\u0000.") && seen.toString().contains("\\ufffe."));
    assertTrue(seen.toString().contains("\\ud800.") && seen.toString().contains("\u00e4.\u00e5."));
  }

  private static Ledger failing(String message) {
    return Samples.ledger(
        "bare",
        List.of(new RuleResult("SMP-01", "The first.", Verdict.FAIL, 1, message)),
        List.of(),
        List.of());
  }
}
