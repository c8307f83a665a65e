package io.netkingdom.userengine.store;

import org.jspecify.annotations.Nullable;

/**
 * What is done in a transaction.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it may throw; {@code RuntimeException} where there is none
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object, X extends Exception> {

  /**
   * Does the work. May be called more than once, each time in a new transaction, when the engine
   * gave the previous one up.
   *
   * @param tx the open transaction; of no use after this call returned, or in another thread
   * @throws X to roll everything back
   */
  T in(StoreTransaction tx) throws X;
}
