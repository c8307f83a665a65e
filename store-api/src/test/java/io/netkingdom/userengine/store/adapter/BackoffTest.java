package io.netkingdom.userengine.store.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void theLongestPauseDoublesUpToTheMaximum() {
    assertEquals(List.of(5L, 10L, 20L, 40L, 70L, 70L), bounds(5, 70, 6));
    assertEquals(List.of(5L, 10L, 20L, 40L, 80L, 80L), bounds(5, 80, 6));
    assertEquals(List.of(0L, 0L), bounds(0, 0, 2));
  }

  @Test
  void manyAttemptsDoNotOverflow() {
    RetryPolicy policy = RetryPolicy.of(100, Duration.ofNanos(1), Duration.ofMinutes(1));
    assertEquals(Duration.ofMinutes(1).toNanos(), Backoff.bound(policy, 99));
  }

  private static List<Long> bounds(long base, long max, int attempts) {
    RetryPolicy policy =
        RetryPolicy.of(attempts + 1, Duration.ofNanos(base), Duration.ofNanos(max));
    return IntStream.rangeClosed(1, attempts)
        .mapToObj(attempt -> Backoff.bound(policy, attempt))
        .toList();
  }

  @Test
  void thereIsNoPauseAfterTheLastAttempt() {
    RetryPolicy policy = RetryPolicy.of(2, Duration.ZERO, Duration.ZERO);
    assertTrue(Backoff.pause(policy, 1));
    assertFalse(Backoff.pause(policy, 2));
  }

  @Test
  void anInterruptEndsTheAttemptsAndIsKept() {
    RetryPolicy policy = RetryPolicy.of(2, Duration.ofMinutes(1), Duration.ofMinutes(1));
    Thread.currentThread().interrupt();
    boolean another = Backoff.pause(policy, 1);
    // Taken back whatever the outcome, for the sake of the tests after this one.
    boolean kept = Thread.interrupted();
    assertFalse(another);
    assertTrue(kept);
  }
}
