package io.netkingdom.userengine.store.build;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How far the tests of a module are. Safe for use by several threads. */
final class TestCounts {

  private final String module;
  private final long startedNanos = System.nanoTime();

  /** How many that a factory announced have not been made yet, by the factory's id. */
  private final Map<String, Integer> announced = new HashMap<>();

  private final Map<String, Integer> skipped = new TreeMap<>();
  private long known;
  private long passed;
  private long failed;
  private String current = "";

  TestCounts(String module, long known) {
    this.module = module;
    this.known = known;
  }

  synchronized void announced(String factory, int number) {
    announced.put(factory, number);
    known += number;
  }

  /** A factory made a test. */
  synchronized void registered(String factory) {
    if (announced.merge(factory, -1, Integer::sum) < 0) {
      known++;
    }
  }

  synchronized void started(String test) {
    current = test;
  }

  synchronized void passed() {
    passed++;
  }

  /** A test or all of a class. */
  synchronized void failed() {
    failed++;
  }

  /** A test or all of a class. */
  synchronized void skipped(String reason) {
    skipped.merge(reason.lines().findFirst().orElse(""), 1, Integer::sum);
  }

  /** One line while tests run. */
  synchronized String progress() {
    double seconds = seconds();
    long done = passed + failed;
    double rate = done / seconds;
    return String.format(
        Locale.ROOT,
        "[tests] %s: %d of %d done%s, %.1f/s, %s; now %s",
        module,
        done,
        known,
        failed == 0 ? "" : ", " + failed + " failed",
        rate,
        done == 0 ? "just begun" : "about " + duration((known - done) / rate) + " left",
        current);
  }

  /** When all have ended; with what was skipped, and why. */
  synchronized String total() {
    StringBuilder line = new StringBuilder("[tests] " + module + ": " + passed + " passed");
    if (failed > 0) {
      line.append(", ").append(failed).append(" failed");
    }
    line.append(" in ").append(duration(seconds()));
    skipped.forEach(
        (reason, times) -> line.append("; skipped ").append(times).append(": ").append(reason));
    return line.toString();
  }

  private double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  private static String duration(double seconds) {
    return seconds < 100
        ? Math.round(seconds) + " s"
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }
}
