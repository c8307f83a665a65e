package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netkingdom.userengine.store.conformance.rules.BareFixture;
import io.netkingdom.userengine.store.conformance.rules.Hostile;
import io.netkingdom.userengine.store.conformance.rules.SampleChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void everyRuleShowsAsATestOfItsOwn() {
    Shower seen = new Shower(new ArrayList<>(), new ArrayList<>());
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Shown.class)).build(),
            seen);
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
    assertEquals(3, reports.size());
    for (String report : reports) {
      assertFalse(report.contains(BareFixture.CANARY), report);
    }
    assertTrue(reports.get(0).startsWith("[conformance] bare-jdk"), reports.get(0));
    assertEquals(1, reports.get(0).lines().count());
    assertTrue(reports.get(2).contains("java.lang.IllegalStateException"));
  }

  @Test
  void aRunThatIsNotToBeRecordedWritesNothing() throws IOException {
    StoreConformance.run(new BareFixture());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void theLedgerNamesTheKitsVersion() {
    String version = run(SampleChecks.Twice.class).kit();
    assertTrue(version.matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?"), version);
  }

  /** The hostile extension and listener lie beside these tests, as they may beside an adopter's. */
  @Test
  void nothingOfTheBuildAroundItReachesTheRun() {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(SampleChecks.Unlisted.class))
                .build());
    assertTrue(
        Hostile.disabled.contains(SampleChecks.Unlisted.class.getName()),
        "the extension works on an ordinary run");
    assertTrue(
        Hostile.listened.stream().anyMatch(id -> id.contains("SampleChecks$Unlisted")),
        "the listener works on an ordinary run");

    Ledger ledger = run(SampleChecks.Twice.class);
    assertEquals(Verdict.PASS, ledger.rules().get(0).verdict());
    assertFalse(Hostile.disabled.contains(SampleChecks.Twice.class.getName()));
    assertTrue(Hostile.listened.stream().noneMatch(id -> id.contains("SampleChecks$Twice")));
  }

  private static Ledger run(Class<?> checks) {
    return StoreConformance.run(
        new BareFixture(),
        1,
        Manifest.parse("SMP-01 | core | 0.1.0 | The first."),
        List.of(checks),
        Duration.ofMinutes(1));
  }
}
