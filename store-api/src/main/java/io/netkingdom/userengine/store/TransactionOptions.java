package io.netkingdom.userengine.store;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a transaction runs. Immutable. */
public final class TransactionOptions {

  private static final Duration MIN_LOCK_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_LOCK_TIMEOUT = Duration.ofHours(1);

  private static final TransactionOptions DEFAULTS =
      new TransactionOptions(
          IsolationLevel.READ_COMMITTED, false, Duration.ofSeconds(10), RetryPolicy.defaults());

  private final IsolationLevel isolation;
  private final boolean readOnly;
  private final Duration lockTimeout;
  private final RetryPolicy retry;

  private TransactionOptions(
      IsolationLevel isolation, boolean readOnly, Duration lockTimeout, RetryPolicy retry) {
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(retry, "retry");
    if (lockTimeout.compareTo(MIN_LOCK_TIMEOUT) < 0
        || lockTimeout.compareTo(MAX_LOCK_TIMEOUT) > 0) {
      throw new StoreException.InvalidInput("lockTimeout", "is not between 1 ms and 1 hour");
    }
    this.isolation = isolation;
    this.readOnly = readOnly;
    this.lockTimeout = lockTimeout;
    this.retry = retry;
  }

  /** Read committed, read-write, lock waits of at most 10 seconds, the default retries. */
  public static TransactionOptions defaults() {
    return DEFAULTS;
  }

  /** The same at another isolation. */
  public TransactionOptions withIsolation(IsolationLevel isolation) {
    return new TransactionOptions(isolation, readOnly, lockTimeout, retry);
  }

  /** The same without the right to write. */
  public TransactionOptions asReadOnly() {
    return new TransactionOptions(isolation, true, lockTimeout, retry);
  }

  /**
   * The same with another bound on lock waits, 1 ms to 1 hour.
   *
   * @throws StoreException.InvalidInput naming {@code lockTimeout}, if it is out of its range
   */
  public TransactionOptions withLockTimeout(Duration lockTimeout) {
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    return new TransactionOptions(isolation, readOnly, lockTimeout, retry);
  }

  /** The same with other retries. */
  public TransactionOptions withRetry(RetryPolicy retry) {
    return new TransactionOptions(isolation, readOnly, lockTimeout, retry);
  }

  /** The weakest isolation that will do. */
  public IsolationLevel isolation() {
    return isolation;
  }

  /** Whether writes are refused. */
  public boolean readOnly() {
    return readOnly;
  }

  /**
   * How long one statement waits for a lock before it fails with {@link StoreException.Timeout}; 1
   * ms to 1 hour.
   */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /** How often the callback runs again when the engine gave the transaction up. */
  public RetryPolicy retry() {
    return retry;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransactionOptions that
        && Objects.equals(isolation, that.isolation)
        && readOnly == that.readOnly
        && Objects.equals(lockTimeout, that.lockTimeout)
        && Objects.equals(retry, that.retry);
  }

  @Override
  public int hashCode() {
    return Objects.hash(isolation, readOnly, lockTimeout, retry);
  }

  @Override
  public String toString() {
    return "TransactionOptions[isolation="
        + isolation
        + ", readOnly="
        + readOnly
        + ", lockTimeout="
        + lockTimeout
        + ", retry="
        + retry
        + "]";
  }
}
