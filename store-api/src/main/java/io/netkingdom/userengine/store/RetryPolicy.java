package io.netkingdom.userengine.store;

import java.time.Duration;
import java.util.Objects;

/**
 * How often, and after what pause, a transaction that the engine gave up is run again. The pause
 * before attempt n + 1 is drawn at random between zero and {@code min(maxDelay, baseDelay × 2ⁿ⁻¹)},
 * so that competitors do not meet again.
 *
 * @param maxAttempts runs in all, the first included; 1 to 100, where 1 means no retry
 * @param baseDelay the upper bound of the first pause; zero to 1 minute
 * @param maxDelay the upper bound of every pause; {@code baseDelay} to 1 minute
 */
public record RetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final RetryPolicy DEFAULTS =
      new RetryPolicy(10, Duration.ofMillis(5), Duration.ofMillis(500));

  /**
   * @throws StoreException.InvalidInput if a value is out of its range
   */
  public RetryPolicy {
    Objects.requireNonNull(baseDelay, "baseDelay");
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new StoreException.InvalidInput("maxAttempts", "is not between 1 and 100");
    }
    if (baseDelay.isNegative() || baseDelay.compareTo(LONGEST) > 0) {
      throw new StoreException.InvalidInput("baseDelay", "is not between 0 and 1 minute");
    }
    if (maxDelay.compareTo(baseDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
      throw new StoreException.InvalidInput("maxDelay", "is not between baseDelay and 1 minute");
    }
  }

  /** Ten attempts, pauses of up to 5 ms doubling up to 500 ms. */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** No retry: the first {@link StoreException.Retryable} reaches the caller. */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
  }

  /** The same with another number of runs in all. */
  public RetryPolicy withMaxAttempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, baseDelay, maxDelay);
  }
}
