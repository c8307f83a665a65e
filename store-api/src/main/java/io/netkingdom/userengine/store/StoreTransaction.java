package io.netkingdom.userengine.store;

/**
 * An open transaction, as its callback sees it. It reads its own writes; nobody else does before it
 * commits.
 *
 * <p>For the thread of the callback alone, and only until the callback returns: any other use is
 * refused with {@link StoreException.IllegalUse}.
 */
public interface StoreTransaction extends Repositories {

  /** The tenant that the transaction works in. */
  TenantId tenant();

  /** The options that the transaction runs with. */
  TransactionOptions options();

  /** Which run of the callback this is: 1 for the first, more after the engine gave one up. */
  int attempt();
}
