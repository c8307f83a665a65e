package io.netkingdom.userengine.store.build;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints one line when the tests of a module have ended, and every 20 seconds until then how far
 * they are. JUnit finds it on the class path of tests.
 *
 * <p>How many tests a factory makes is known when it has made them. A factory of many publishes an
 * entry {@value #ANNOUNCEMENT} with their number, so that what is left can be told.
 */
public final class TestProgress implements TestExecutionListener {

  /** The key of the entry that a test factory publishes. */
  static final String ANNOUNCEMENT = "tests";

  private static final long INTERVAL_SECONDS = 20;

  /** A test may start a launcher of its own: the build's is the one that no other is in. */
  private static final AtomicBoolean RUNNING = new AtomicBoolean();

  /** As it is now: a test may set another. */
  private final PrintStream console = System.out;

  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable TestCounts counts;

  /** Called by the service loader. */
  public TestProgress() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    if (RUNNING.compareAndSet(false, true)) {
      TestCounts begun =
          new TestCounts(
              System.getProperty("userengine.module", "tests"),
              plan.countTestIdentifiers(TestIdentifier::isTest));
      counts = begun;
      Thread reporter = new Thread(() -> report(begun), "test-progress");
      reporter.setDaemon(true);
      reporter.start();
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier factory, ReportEntry entry) {
    String number = entry.getKeyValuePairs().get(ANNOUNCEMENT);
    if (counts != null && number != null) {
      counts.announced(factory.getUniqueId(), Integer.parseInt(number));
    }
  }

  @Override
  public void dynamicTestRegistered(TestIdentifier test) {
    if (counts != null && test.isTest()) {
      counts.registered(test.getParentId().orElse(""));
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (counts != null && test.isTest()) {
      counts.started(test.getDisplayName());
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (counts != null) {
      counts.skipped(reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (counts == null) {
      return;
    }
    switch (result.getStatus()) {
      case ABORTED ->
          counts.skipped(result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
      case FAILED -> counts.failed();
      case SUCCESSFUL -> {
        if (test.isTest()) {
          counts.passed();
        }
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (counts != null) {
      ended.countDown();
      console.println(counts.total());
      RUNNING.set(false);
    }
  }

  private void report(TestCounts counts) {
    try {
      while (!ended.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        console.println(counts.progress());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
