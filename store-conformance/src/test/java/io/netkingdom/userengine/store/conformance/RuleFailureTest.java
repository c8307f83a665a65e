package io.netkingdom.userengine.store.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.plan.Checks;
import io.netkingdom.userengine.store.conformance.plan.PlanOptions;
import io.netkingdom.userengine.store.conformance.plan.PlanRun;
import io.netkingdom.userengine.store.conformance.rules.SampleChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** What an IDE and a build show of a rule that is broken. */
class RuleFailureTest {

  private static final String DIRECTORY = "userengine.conformance.directory";

  private static final Manifest SAMPLES =
      Manifest.parse(
          """
          SMP-02 | core | 0.1.0 | Fails.
          SMP-06 | core | 0.1.0 | Throws what may hold a secret.
          SMP-08 | core | 0.1.0 | Expects another exception.
          SMP-10 | shared-between-stores | 0.1.0 | Needs a capability.
          SMP-13 | core | 0.1.0 | Fails in another thread.
          SMP-14 | core | 0.1.0 | Begins a transaction in another thread.
          """);

  /** What the fixture below throws. */
  private static final String NO_DATABASE = "no database: " + BareFixture.CANARY;

  @TempDir Path directory;

  @BeforeEach
  void writeElsewhere() {
    System.setProperty(DIRECTORY, directory.toString());
  }

  @AfterEach
  void writeWhereOthersDo() {
    System.clearProperty(DIRECTORY);
  }

  /** Opens no store. */
  static final class Closed extends BareFixture {
    @Override
    public UserEngineStore open(StoreOptions options) {
      throw new IllegalStateException(NO_DATABASE);
    }
  }

  /** Not found by Surefire, which looks at no nested class. */
  static final class Bare extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return new BareFixture();
    }
  }

  /** As the one before. */
  static final class ClosedTests extends StoreConformanceTests {
    @Override
    protected StoreFixture fixture() {
      return new Closed();
    }
  }

  private static List<Throwable> failures(DiscoverySelector selected) {
    List<Throwable> failures = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selected).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
              }
            });
    return failures;
  }

  /** As the test of a rule in an adapter's build ends. */
  private static AssertionError failureOf(String rule) {
    PlanOptions options =
        new PlanOptions(
            SAMPLES,
            Checks.in(List.of(SampleChecks.Ends.class)),
            7,
            Duration.ofMinutes(1),
            Clock.systemUTC());
    try (PlanRun run = PlanRun.begin(new BareFixture(), options)) {
      return new RuleFailure().of(run.run(rule), run.failure(rule));
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** Read as an IDE does: the failure's type is of a library that comes with JUnit. */
  private static @Nullable Object value(AssertionError failure, String getter)
      throws ReflectiveOperationException {
    Object wrapper = failure.getClass().getMethod(getter).invoke(failure);
    return wrapper == null ? null : wrapper.getClass().getMethod("getValue").invoke(wrapper);
  }

  private static String top(Throwable thrown) {
    StackTraceElement frame = thrown.getStackTrace()[0];
    assertEquals("SampleChecks.java", frame.getFileName());
    return frame.getMethodName();
  }

  @Test
  void theStackOfATestBeginsWithTheCheckAndEndsWithTheTest() {
    Throwable failure = failures(selectMethod(Bare.class, "USR_01")).get(0);
    List<StackTraceElement> stack = Arrays.asList(failure.getStackTrace());
    assertEquals("UserRules.java", stack.get(0).getFileName(), () -> printed(failure));
    assertTrue(stack.get(0).getLineNumber() > 0);
    assertEquals("USR_01", stack.get(stack.size() - 1).getMethodName());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("(UserRules.java:"), failure.getMessage());
    assertEquals(
        "java.lang.IllegalStateException",
        String.valueOf(failure.getCause()),
        "what a store throws may hold a secret");
    assertFalse(printed(failure).contains(BareFixture.CANARY));
    assertTrue(printed(failure).contains("BareStore.tenant"), () -> printed(failure));
  }

  @Test
  void expectedAndActualComeAsValues() throws ReflectiveOperationException {
    AssertionError failure = failureOf("SMP-02");
    assertEquals("fails", top(failure));
    assertEquals(42, value(failure, "getExpected"));
    assertEquals(41, value(failure, "getActual"));
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith(
                "SMP-02 FAIL: Fails.\n    the answer: expected 42, but was 41\n    at "
                    + SampleChecks.class.getPackageName()),
        failure.getMessage());
  }

  @Test
  void theFailureLeadsToTheCheckWhateverItEndedWith() {
    assertEquals("throwsWhatMayHoldASecret", top(failureOf("SMP-06")));
    assertEquals("expectsAnotherException", top(failureOf("SMP-08")));
    for (String rule : List.of("SMP-13", "SMP-14")) {
      AssertionError failure = failureOf(rule);
      assertTrue(
          Arrays.stream(failure.getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("inAnotherThread" + rule.charAt(5))),
          () -> printed(failure));
    }
    AssertionError refusal = failureOf("SMP-10");
    assertEquals("Refusals.java", refusal.getStackTrace()[0].getFileName());
    for (String rule : List.of("SMP-06", "SMP-08")) {
      assertFalse(printed(failureOf(rule)).contains(BareFixture.CANARY), rule);
    }
  }

  @Test
  void aFixtureThatThrowsIsToldOfOnceInFullAndTheOthersReferToIt() {
    List<Throwable> failures = failures(selectClass(ClosedTests.class));
    assertTrue(failures.size() > 200, "a store that does not open keeps no rule");
    Throwable first = failures.get(0);
    assertEquals(
        "java.lang.IllegalStateException: " + NO_DATABASE, String.valueOf(first.getCause()));
    assertTrue(printed(first).contains("RuleFailureTest$Closed.open(RuleFailureTest.java:"));
    assertTrue(
        String.valueOf(first.getMessage())
            .contains("the fixture threw java.lang.IllegalStateException in open(StoreOptions)\n"),
        first.getMessage());
    Throwable second = failures.get(1);
    assertNull(second.getCause());
    assertTrue(
        String.valueOf(second.getMessage())
            .contains("as USR-01: the fixture threw java.lang.IllegalStateException"),
        second.getMessage());
    assertTrue(printed(second).length() < 1_000, printed(second));
  }

  @Test
  void whereThereIsNoJUnitOneErrorGroupsTheRulesOfOneCause() throws IOException {
    ConformanceError error =
        assertThrows(ConformanceError.class, () -> StoreConformance.verify(new Closed()));
    assertEquals(
        "java.lang.IllegalStateException: " + NO_DATABASE, String.valueOf(error.getCause()));
    List<String> lines = String.valueOf(error.getMessage()).lines().toList();
    assertTrue(lines.get(1).matches("  [0-9]{3} rules for one cause, USR-01 to .*"), lines.get(1));
    assertEquals(
        "      FAIL: the fixture threw java.lang.IllegalStateException in open(StoreOptions)",
        lines.get(2));
    assertTrue(lines.size() < 40, error.getMessage());
    assertFalse(String.valueOf(error.getMessage()).contains(BareFixture.CANARY));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertFalse(Files.readString(file).contains(BareFixture.CANARY), file.toString());
      }
    }
  }
}
