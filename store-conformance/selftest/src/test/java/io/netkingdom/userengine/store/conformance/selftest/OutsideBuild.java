package io.netkingdom.userengine.store.conformance.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.report.LedgerVerifier;
import io.netkingdom.userengine.store.conformance.report.Verification;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What the build of a project outside the reactor left behind. The verify scripts below {@code
 * src/it} ask it; each method is a claim, and fails if it does not hold.
 */
public final class OutsideBuild {

  private static final List<Manifest.Entry> RULES = Manifest.current().rules();

  private final Path project;
  private final String log;

  /**
   * A build that has ended.
   *
   * @param project where it took place
   */
  public OutsideBuild(File project) throws IOException {
    this(project, Files.readString(project.toPath().resolve("build.log")));
  }

  /**
   * A module of a build that has ended.
   *
   * @param project where it took place
   * @param log what was said
   */
  public OutsideBuild(File project, String log) {
    this.project = project.toPath();
    this.log = log;
    // They are installed by the reactor; nothing that a repository may have is under test.
    assertEquals(
        List.of(),
        log.lines()
            .filter(line -> line.contains("Download") && line.contains("io/netkingdom/userengine"))
            .toList());
  }

  /** Every rule is a test that passed under the rule's id, and the ledger was closed. */
  public OutsideBuild ranEveryRule() {
    return ran(
        Stream.concat(
                RULES.stream().map(rule -> rule.id().replace('-', '_')),
                Stream.of("theLedgerIsClosed"))
            .toList());
  }

  /** As {@link #ranEveryRule}, where Surefire reports the tests' display names. */
  public OutsideBuild ranEveryRuleByItsTitle() {
    return ran(
        Stream.concat(
                RULES.stream().map(rule -> rule.id() + " " + rule.title()),
                Stream.of("the ledger is closed"))
            .toList());
  }

  /** These are the tests of the conformance class, and all passed. */
  public OutsideBuild ran(List<String> tests) {
    List<String> surplus = new ArrayList<>();
    List<String> missing = new ArrayList<>(tests);
    for (Element test : elements("testcase")) {
      boolean passed = elementsIn(test, "failure", "error", "skipped").isEmpty();
      String name = test.getAttribute("name");
      if (!passed || !missing.remove(name)) {
        surplus.add(name);
      }
    }
    assertEquals(List.of(), surplus, "tests that are not expected, or did not pass");
    assertEquals(List.of(), missing, "tests that did not pass");
    return this;
  }

  /** There is one ledger, it is whole, and says that the adapter is conformant. */
  public OutsideBuild leftAConformantLedger() throws IOException {
    assertTrue(ledger().conformant(), "the ledger says that the adapter is conformant");
    return this;
  }

  /** There is one ledger, it is whole, and says that the adapter is not conformant. */
  public OutsideBuild leftALedgerThatIsNotConformant() throws IOException {
    assertFalse(ledger().conformant(), "the ledger says that the adapter is conformant");
    return this;
  }

  /** There is no ledger. */
  public OutsideBuild leftNoLedger() throws IOException {
    assertEquals(List.of(), ledgers());
    return this;
  }

  /** Every test that there was passed; what failed is the gate, for want of a ledger. */
  public OutsideBuild failedAtTheGate() {
    return didNotSay("maven-surefire-plugin:test")
        .said("there is no ledger")
        .said("exec-maven-plugin");
  }

  /** What the documentation shows as the recipe is what this project is made of. */
  public OutsideBuild followsTheRecipe(File documentation) throws IOException {
    // Dependency, fixture, class and plugins.
    return isMadeOf(documentation, "\n## The recipe\n", "\n## ", 4);
  }

  /** What the documentation shows of a provider is what this project is made of. */
  public OutsideBuild hasTheProviderOf(File documentation) throws IOException {
    // The provider, its DataSource, and how it is chosen.
    return isMadeOf(documentation, "\n# Write a connection provider\n", "\n## ", 3);
  }

  private OutsideBuild isMadeOf(File documentation, String from, String to, int count)
      throws IOException {
    String section = Files.readString(documentation.toPath());
    section = section.substring(section.indexOf(from));
    section = section.substring(0, section.indexOf(to, 1));
    List<String> blocks =
        Pattern.compile("```(?:xml|java)\n(.*?)```", Pattern.DOTALL)
            .matcher(section)
            .results()
            .map(block -> withoutSpace(block.group(1)))
            .toList();
    assertEquals(count, blocks.size(), "blocks of code");
    List<String> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(project)) {
      for (Path file : found.filter(OutsideBuild::isSource).toList()) {
        files.add(withoutSpace(Files.readString(file)));
      }
    }
    for (String block : blocks) {
      assertTrue(
          files.stream().anyMatch(file -> file.contains(block)),
          () -> "the documentation's is not the project's: " + block);
    }
    return this;
  }

  private static boolean isSource(Path file) {
    return file.endsWith("pom.xml") || file.toString().endsWith(".java");
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The log has this text. */
  public OutsideBuild said(String text) {
    assertTrue(log.contains(text), () -> "the log says \"" + text + "\"");
    return this;
  }

  /** The log does not have this text. */
  public OutsideBuild didNotSay(String text) {
    assertFalse(log.contains(text), () -> "the log says \"" + text + "\"");
    return this;
  }

  /** The file names of JUnit's jars on the tests' class path. */
  public List<String> jarsOfJUnit() {
    return elements("property").stream()
        .filter(property -> property.getAttribute("name").equals("java.class.path"))
        .flatMap(property -> Stream.of(property.getAttribute("value").split(File.pathSeparator)))
        .map(entry -> new File(entry).getName())
        .filter(jar -> jar.startsWith("junit-"))
        .sorted()
        .toList();
  }

  private Ledger ledger() throws IOException {
    List<Path> ledgers = ledgers();
    assertEquals(1, ledgers.size(), "ledgers");
    Verification verification = LedgerVerifier.verify(ledgers.get(0), Manifest.current());
    return assertInstanceOf(Verification.Valid.class, verification).ledger();
  }

  private List<Path> ledgers() throws IOException {
    Path directory = project.resolve("target/conformance");
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private List<Element> elements(String name) {
    return elementsIn(reportOfTheConformanceClass().getDocumentElement(), name);
  }

  private static List<Element> elementsIn(Element parent, String... names) {
    return Stream.of(names)
        .map(parent::getElementsByTagName)
        .flatMap(OutsideBuild::elementsOf)
        .toList();
  }

  private static Stream<Element> elementsOf(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
  }

  private Document reportOfTheConformanceClass() {
    try (Stream<Path> reports = Files.list(project.resolve("target/surefire-reports"))) {
      List<Path> found =
          reports.filter(report -> report.toString().endsWith("AcmeConformanceTest.xml")).toList();
      assertEquals(1, found.size(), "reports of the conformance class");
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(found.get(0).toFile());
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("Surefire's report cannot be read", e);
    }
  }
}
