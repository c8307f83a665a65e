package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.RetryPolicy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The pause before another attempt. */
final class Backoff {

  private Backoff() {}

  /**
   * Waits before the next attempt.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @return false, at once, if there is to be no other: none is left, or the thread is interrupted
   */
  static boolean pause(RetryPolicy policy, int attempt) {
    if (attempt >= policy.maxAttempts()) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(bound(policy, attempt) + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The longest pause after an attempt, in nanoseconds: doubling, up to the policy's maximum. */
  static long bound(RetryPolicy policy, int attempt) {
    long max = policy.maxDelay().toNanos();
    long base = policy.baseDelay().toNanos();
    int doublings = Math.min(attempt - 1, Long.SIZE - 2);
    return base > (max >> doublings) ? max : base << doublings;
  }
}
