package io.netkingdom.userengine.store;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after what pause, a transaction that the engine gave up is run again. The pause
 * before attempt n + 1 is drawn at random between zero and {@code min(maxDelay, baseDelay × 2ⁿ⁻¹)},
 * so that competitors do not meet again.
 */
public final class RetryPolicy {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final RetryPolicy DEFAULTS =
      new RetryPolicy(10, Duration.ofMillis(5), Duration.ofMillis(500));

  private final int maxAttempts;
  private final Duration baseDelay;
  private final Duration maxDelay;

  private RetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {
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
    this.maxAttempts = maxAttempts;
    this.baseDelay = baseDelay;
    this.maxDelay = maxDelay;
  }

  /**
   * A policy.
   *
   * @param maxAttempts runs in all, the first included; 1 to 100, where 1 means no retry
   * @param baseDelay the upper bound of the first pause; zero to 1 minute
   * @param maxDelay the upper bound of every pause; {@code baseDelay} to 1 minute
   * @throws StoreException.InvalidInput if a value is out of its range
   */
  public static RetryPolicy of(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    return new RetryPolicy(maxAttempts, baseDelay, maxDelay);
  }

  /** Ten attempts, pauses of up to 5 ms doubling up to 500 ms. */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** No retry: the first {@link StoreException.Retryable} reaches the caller. */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
  }

  /**
   * The same with another number of runs in all, 1 to 100.
   *
   * @throws StoreException.InvalidInput naming {@code maxAttempts}, if it is out of its range
   */
  public RetryPolicy withMaxAttempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, baseDelay, maxDelay);
  }

  /** Runs in all, the first included; 1 to 100, where 1 means no retry. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** The upper bound of the first pause; zero to 1 minute. */
  public Duration baseDelay() {
    return baseDelay;
  }

  /** The upper bound of every pause; {@code baseDelay} to 1 minute. */
  public Duration maxDelay() {
    return maxDelay;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetryPolicy that
        && maxAttempts == that.maxAttempts
        && Objects.equals(baseDelay, that.baseDelay)
        && Objects.equals(maxDelay, that.maxDelay);
  }

  @Override
  public int hashCode() {
    return Objects.hash(maxAttempts, baseDelay, maxDelay);
  }

  @Override
  public String toString() {
    return "RetryPolicy[maxAttempts="
        + maxAttempts
        + ", baseDelay="
        + baseDelay
        + ", maxDelay="
        + maxDelay
        + "]";
  }
}
