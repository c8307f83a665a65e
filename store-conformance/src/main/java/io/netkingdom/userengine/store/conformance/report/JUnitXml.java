package io.netkingdom.userengine.store.conformance.report;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A ledger as the XML that build servers read: a suite with a test case for each rule. A broken
 * rule is a failure, one that was not run an error, one that is broken under an exemption is
 * skipped. What went wrong beside the rules is an error of one more test case.
 */
final class JUnitXml {

  /** As the test of that name in {@code StoreConformanceTests}. */
  static final String CLOSED = "the ledger is closed";

  /** The format knows no zone; it is UTC. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Ledger ledger;
  private final XMLStreamWriter xml;

  private JUnitXml(Ledger ledger, XMLStreamWriter xml) {
    this.ledger = ledger;
    this.xml = xml;
  }

  /** The document. */
  static String write(Ledger ledger) {
    StringWriter text = new StringWriter();
    try {
      // The JDK's own, and not another that happens to be on the class path.
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXml(ledger, xml).document();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory cannot fail", e);
    }
    return text.append('\n').toString();
  }

  private void document() throws XMLStreamException {
    List<RuleResult> rules = ledger.rules();
    List<String> problems = ledger.problems();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", ledger.name());
    attribute("tests", rules.size() + 1);
    attribute("failures", count(Verdict.FAIL) - ledger.exempted().size());
    attribute("errors", count(Verdict.NOT_RUN) + (problems.isEmpty() ? 0 : 1));
    attribute("skipped", ledger.exempted().size());
    attribute("time", seconds(ledger.provenance().millis()));
    attribute("timestamp", TIMESTAMP.format(ledger.provenance().started()));
    properties();
    for (RuleResult rule : rules) {
      start(2, "testcase");
      testCase(rule.id() + " " + rule.title(), rule.millis());
      outcome(rule);
      end(2);
    }
    start(2, "testcase");
    testCase(CLOSED, 0);
    if (!problems.isEmpty()) {
      leaf("error", problems.get(0), "problem", String.join("\n", problems));
    }
    end(2);
    end(0);
    xml.writeEndDocument();
  }

  private void properties() throws XMLStreamException {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("adapter", ledger.adapter());
    properties.put("server", ledger.environment().server());
    properties.put("driver", ledger.environment().driver());
    properties.put("jdk", ledger.provenance().jdk());
    properties.put("kit", ledger.provenance().kit());
    properties.put("manifest", ledger.provenance().manifest());
    properties.put("seed", String.valueOf(ledger.provenance().seed()));
    start(2, "properties");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      start(4, "property");
      attribute("name", property.getKey());
      attribute("value", property.getValue());
      xml.writeEndElement();
    }
    end(2);
  }

  private void testCase(String name, long millis) throws XMLStreamException {
    attribute("classname", ledger.name());
    attribute("name", name);
    attribute("time", seconds(millis));
  }

  private void outcome(RuleResult rule) throws XMLStreamException {
    String label = rule.verdict().label();
    switch (rule.verdict()) {
      case PASS -> {}
      case DECLARED_ABSENT -> {
        start(4, "system-out");
        text(label + ": " + rule.message());
        xml.writeEndElement();
      }
      case NOT_RUN -> leaf("error", rule.message(), label, rule.message());
      case FAIL -> {
        if (rule.exemption().isPresent()) {
          leaf("skipped", rule.exemption().get().toString(), label, rule.message());
        } else {
          leaf("failure", rule.message(), label, rule.message());
        }
      }
    }
  }

  /** An element that shows the first line of a message, and holds all of a text. */
  private void leaf(String name, String message, String type, String text)
      throws XMLStreamException {
    start(4, name);
    attribute("message", message.split("\n", 2)[0]);
    attribute("type", type);
    text(text);
    xml.writeEndElement();
  }

  private void start(int indent, String name) throws XMLStreamException {
    xml.writeCharacters("\n" + " ".repeat(indent));
    xml.writeStartElement(name);
  }

  private void end(int indent) throws XMLStreamException {
    xml.writeCharacters("\n" + " ".repeat(indent));
    xml.writeEndElement();
  }

  private void attribute(String name, long value) throws XMLStreamException {
    attribute(name, String.valueOf(value));
  }

  private void attribute(String name, String value) throws XMLStreamException {
    // A parser would make spaces of line feeds and tabs.
    xml.writeAttribute(name, Visible.line(value));
  }

  private void text(String text) throws XMLStreamException {
    xml.writeCharacters(Visible.text(text));
  }

  private long count(Verdict verdict) {
    return ledger.rules().stream().filter(rule -> rule.verdict() == verdict).count();
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
