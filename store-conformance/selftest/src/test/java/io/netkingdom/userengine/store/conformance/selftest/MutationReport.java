package io.netkingdom.userengine.store.conformance.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** PIT's report in XML. */
final class MutationReport {

  private MutationReport() {}

  /** All mutants that were generated. */
  static List<Mutant> read(InputStream xml)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    NodeList nodes =
        factory
            .newDocumentBuilder()
            .parse(xml)
            .getDocumentElement()
            .getElementsByTagName("mutation");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    // The report has them in the order in which two threads were done with them.
    elements.sort(
        Comparator.comparingInt((Element each) -> Integer.parseInt(text(each, "lineNumber")))
            .thenComparingInt(each -> Integer.parseInt(text(each, "index"))));
    Map<String, Integer> seen = new HashMap<>();
    return elements.stream().map(each -> mutant(each, seen)).toList();
  }

  private static Mutant mutant(Element element, Map<String, Integer> seen) {
    String className = text(element, "mutatedClass");
    String name =
        Mutant.nameOf(
            className,
            text(element, "mutatedMethod"),
            text(element, "methodDescription"),
            text(element, "description"));
    int number = seen.merge(name, 1, Integer::sum);
    return new Mutant(
        className,
        number == 1 ? name : name + " (" + number + ")",
        Mutant.Fate.of(element.getAttribute("status")));
  }

  /** The first element of that name. */
  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }
}
