package io.netkingdom.userengine.store;

import java.time.Duration;
import java.util.Objects;

/**
 * How a transaction runs. Immutable.
 *
 * @param isolation the weakest isolation that will do
 * @param readOnly whether writes are refused
 * @param lockTimeout how long one statement waits for a lock before it fails with {@link
 *     StoreException.Timeout}; 1 ms to 1 hour
 * @param retry how often the callback runs again when the engine gave the transaction up
 */
public record TransactionOptions(
    IsolationLevel isolation, boolean readOnly, Duration lockTimeout, RetryPolicy retry) {

  private static final Duration MIN_LOCK_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_LOCK_TIMEOUT = Duration.ofHours(1);

  private static final TransactionOptions DEFAULTS =
      new TransactionOptions(
          IsolationLevel.READ_COMMITTED, false, Duration.ofSeconds(10), RetryPolicy.defaults());

  /**
   * @throws StoreException.InvalidInput if the lock timeout is out of its range
   */
  public TransactionOptions {
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(retry, "retry");
    if (lockTimeout.compareTo(MIN_LOCK_TIMEOUT) < 0
        || lockTimeout.compareTo(MAX_LOCK_TIMEOUT) > 0) {
      throw new StoreException.InvalidInput("lockTimeout", "is not between 1 ms and 1 hour");
    }
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

  /** The same with another bound on lock waits, 1 ms to 1 hour. */
  public TransactionOptions withLockTimeout(Duration lockTimeout) {
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    return new TransactionOptions(isolation, readOnly, lockTimeout, retry);
  }

  /** The same with other retries. */
  public TransactionOptions withRetry(RetryPolicy retry) {
    return new TransactionOptions(isolation, readOnly, lockTimeout, retry);
  }
}
