package io.netkingdom.userengine.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every adapter can be opened with. Immutable.
 *
 * @param clock where created, lastModified and generated ids take their time from; safe for use by
 *     many threads
 * @param transactions the options of a transaction that names none
 * @param pageTokenKey what page tokens are sealed with; null leaves them readable, and {@link
 *     PageToken} says what they then tell
 */
public record StoreOptions(
    InstantSource clock, TransactionOptions transactions, @Nullable PageTokenKey pageTokenKey) {

  private static final StoreOptions DEFAULTS =
      new StoreOptions(InstantSource.system(), TransactionOptions.defaults(), null);

  /** Refuses null. */
  public StoreOptions {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(transactions, "transactions");
  }

  /**
   * The system's clock, {@link TransactionOptions#defaults()}, and page tokens that are not sealed.
   */
  public static StoreOptions defaults() {
    return DEFAULTS;
  }

  /** The same with another clock. */
  public StoreOptions withClock(InstantSource clock) {
    return new StoreOptions(clock, transactions, pageTokenKey);
  }

  /**
   * The same with other defaults for transactions. Read-only ones make the store one to read from:
   * single operations that write are refused too; migrating is not.
   */
  public StoreOptions withTransactions(TransactionOptions transactions) {
    return new StoreOptions(clock, transactions, pageTokenKey);
  }

  /**
   * The same with page tokens that are sealed, or not. All instances of an application need the
   * same key: tokens of another one, or of none, are refused.
   */
  public StoreOptions withPageTokenKey(@Nullable PageTokenKey pageTokenKey) {
    return new StoreOptions(clock, transactions, pageTokenKey);
  }

  /**
   * The clock's time in the form that records hold.
   *
   * @throws StoreException.InvalidInput if the clock is outside the years 1 to 9999
   */
  public Instant now() {
    return Timestamps.of("clock", clock.instant());
  }
}
