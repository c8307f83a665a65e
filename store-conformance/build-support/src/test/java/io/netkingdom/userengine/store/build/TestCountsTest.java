package io.netkingdom.userengine.store.build;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TestCountsTest {

  private final TestCounts counts = new TestCounts("a-module", 3);

  @Test
  void testsThatAFactoryAnnouncedAreCountedOnce() {
    counts.announced("factory", 2);
    counts.registered("factory");
    counts.registered("factory");
    counts.started("third");
    counts.passed();
    counts.passed();
    assertTrue(counts.progress().startsWith("[tests] a-module: 2 of 5 done, "), counts::progress);
    assertTrue(counts.progress().endsWith(" left; now third"), counts::progress);
  }

  @Test
  void testsThatNoFactoryAnnouncedAreCountedWhenTheyAreMade() {
    counts.registered("factory");
    counts.announced("another", 1);
    counts.registered("another");
    counts.registered("another");
    assertTrue(counts.progress().contains("0 of 6 done, 0.0/s, just begun"), counts::progress);
  }

  @Test
  void theLastLineTellsWhatFailedAndWhyTestsWereSkipped() {
    counts.passed();
    counts.failed();
    counts.skipped("there is no DSN\nand more");
    counts.skipped("there is no DSN");
    assertTrue(counts.total().startsWith("[tests] a-module: 1 passed, 1 failed in "));
    assertTrue(counts.total().endsWith("; skipped 2: there is no DSN"), counts::total);
  }
}
