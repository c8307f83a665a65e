package io.netkingdom.userengine.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What every adapter can be opened with. Immutable. */
public final class StoreOptions {

  private static final StoreOptions DEFAULTS =
      new StoreOptions(InstantSource.system(), TransactionOptions.defaults(), null);

  private final InstantSource clock;
  private final TransactionOptions transactions;
  private final @Nullable PageTokenKey pageTokenKey;

  private StoreOptions(
      InstantSource clock, TransactionOptions transactions, @Nullable PageTokenKey pageTokenKey) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(transactions, "transactions");
    this.clock = clock;
    this.transactions = transactions;
    this.pageTokenKey = pageTokenKey;
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

  /**
   * Where created, lastModified and generated ids take their time from; safe for use by many
   * threads.
   */
  public InstantSource clock() {
    return clock;
  }

  /** The options of a transaction that names none. */
  public TransactionOptions transactions() {
    return transactions;
  }

  /**
   * What page tokens are sealed with; null leaves them readable, and {@link PageToken} says what
   * they then tell.
   */
  public @Nullable PageTokenKey pageTokenKey() {
    return pageTokenKey;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoreOptions that
        && clock.equals(that.clock)
        && transactions.equals(that.transactions)
        && Objects.equals(pageTokenKey, that.pageTokenKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(clock, transactions, pageTokenKey);
  }

  @Override
  public String toString() {
    return "StoreOptions[clock="
        + clock
        + ", transactions="
        + transactions
        + ", pageTokenKey="
        + pageTokenKey
        + "]";
  }
}
