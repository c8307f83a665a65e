package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.List;
import java.util.Optional;

/**
 * What the author of an adapter writes: how to open a store, how to empty what it stores in, and
 * what the adapter can do.
 *
 * <p>The kit calls a fixture from one thread at a time. An exception of a fixture fails the rule at
 * hand; it never passes for a skip.
 */
public interface StoreFixture extends Capabilities, AutoCloseable {

  /**
   * The adapter's name in reports and file names.
   *
   * @return 1 to 64 characters out of {@code a-z}, {@code 0-9} and {@code -}
   */
  String adapter();

  /** What the adapter runs on. By default it runs on nothing but the JVM. */
  default Environment environment() {
    return Environment.none();
  }

  /** The rules that the adapter is known to break, for now. By default there are none. */
  default List<Exemption> exemptions() {
    return List.of();
  }

  /**
   * Opens a store. All stores that a fixture opens work on the same storage where the adapter
   * declares {@link #durable} or {@link #sharedBetweenStores}. The kit closes them.
   *
   * @param options for the store to be opened with, all of them: clock, transactions, and the key
   *     for page tokens
   */
  UserEngineStore open(StoreOptions options);

  /**
   * Begins a transaction as an application does that owns it, on the same storage as the stores.
   * The kit closes it. Asked for where {@link #joinsCallersTransactions} is declared; where it is
   * not, there must be none.
   */
  default Optional<CallerTransaction> callerTransaction() {
    return Optional.empty();
  }

  /**
   * Whether a transaction waits for another one to end. A check that begins a step which may wait
   * goes on when the step has ended or this is true, so that what the check does next meets the
   * step in its wait. It is asked again and again until then.
   *
   * @return true also where the storage cannot tell, as by default: a check then goes on at once,
   *     and which of the two comes first is left to chance
   */
  default boolean isSomebodyWaiting() {
    return true;
  }

  /**
   * Removes everything that stores of this fixture have stored, the schema included, so that the
   * next store begins where a new installation does. Called only while none is open.
   */
  void reset();

  /** Releases what the fixture holds; called once, after the last store was closed. */
  @Override
  void close();
}
