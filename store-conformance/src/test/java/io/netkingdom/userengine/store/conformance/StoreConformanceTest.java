package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class StoreConformanceTest {

  private static final String DIRECTORY = "userengine.conformance.directory";

  @TempDir Path directory;

  @BeforeEach
  void writeElsewhere() {
    System.setProperty(DIRECTORY, directory.toString());
  }

  @AfterEach
  void writeWhereOthersDo() {
    System.clearProperty(DIRECTORY);
  }

  /** Not found by Surefire, which looks at no nested class. */
  static final class Shown extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return new BareFixture();
    }
  }

  private record Shower(List<String> passed, List<String> failed) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? passed : failed)
            .add(test.getDisplayName());
      }
    }
  }

  private static Shower show(DiscoverySelector selected) {
    Shower seen = new Shower(new ArrayList<>(), new ArrayList<>());
    LauncherFactory.create()
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selected).build(), seen);
    return seen;
  }

  @Test
  void everyRuleShowsAsATestOfItsOwn() {
    Shower seen = show(selectClass(Shown.class));
    List<String> shown =
        Stream.of(seen.passed(), seen.failed()).flatMap(List::stream).sorted().toList();
    List<String> listed =
        Stream.concat(
                Manifest.current().rules().stream().map(rule -> rule.id() + " " + rule.title()),
                Stream.of("the ledger is closed"))
            .sorted()
            .toList();
    assertEquals(listed, shown);
    assertTrue(seen.failed().size() > listed.size() / 2, "a store without records keeps no rule");
  }

  @Test
  void noReportHoldsASecretOfAnException() throws IOException {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    ConformanceError error;
    try {
      error =
          assertThrows(ConformanceError.class, () -> StoreConformance.verify(new BareFixture()));
    } finally {
      System.setOut(console);
    }
    List<String> reports = new ArrayList<>();
    reports.add(printed.toString(StandardCharsets.UTF_8));
    reports.add(error.toString());
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        reports.add(Files.readString(file));
      }
    }
    // What is printed and thrown, and three files.
    assertEquals(5, reports.size());
    for (String report : reports) {
      assertFalse(report.contains(BareFixture.CANARY), report);
    }
    assertTrue(reports.get(0).startsWith("[conformance] bare-jdk"), reports.get(0));
    List<String> lines = reports.get(0).lines().toList();
    assertEquals(2, lines.size());
    String page = lines.get(1).substring("[conformance] ".length());
    assertTrue(page.endsWith(".html") && Files.exists(Path.of(page)), page);
    for (String file : reports.subList(2, 5)) {
      assertTrue(file.contains("java.lang.IllegalStateException"));
    }
  }

  @Test
  void aRunThatIsNotToBeRecordedWritesNothing() throws IOException {
    StoreConformance.run(new BareFixture());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aRuleThatThereIsNotIsNoReasonToRunNothing() {
    BareFixture fixture = new BareFixture();
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> StoreConformance.run(fixture, Set.of("USR-01", "USR-99")));
    assertEquals("no rule has the id USR-99", refusal.getMessage());
    assertEquals(1, fixture.fixtureClosed.get());
  }

  @Test
  void oneRuleIsRunByItselfAndLeavesNoLedger() throws IOException {
    Shower seen = show(selectMethod(Shown.class, "LIF_01"));
    String title = Manifest.current().find("LIF-01").orElseThrow().title();
    assertEquals(
        List.of("LIF-01 " + title),
        Stream.of(seen.passed(), seen.failed()).flatMap(List::stream).toList());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  /** A method that an adapter could override would hide its rule. */
  @Test
  void thereIsATestForEachRuleThatNobodyCanOverride() {
    List<Method> tests =
        Stream.of(RuleTests.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertEquals(
        Manifest.current().rules().stream()
            .map(rule -> rule.id().replace('-', '_'))
            .sorted()
            .toList(),
        tests.stream().map(Method::getName).sorted().toList());
    assertTrue(tests.stream().allMatch(method -> Modifier.isFinal(method.getModifiers())));
    assertTrue(
        Stream.of(StoreConformanceTests.class.getDeclaredMethods())
            .filter(method -> method.getAnnotations().length > 0)
            .allMatch(method -> Modifier.isFinal(method.getModifiers())));
  }
}
