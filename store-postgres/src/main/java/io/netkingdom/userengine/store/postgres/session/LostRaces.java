package io.netkingdom.userengine.store.postgres.session;

import io.netkingdom.userengine.store.StoreException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Statements that lose a race against another transaction's INSERT, and then cannot see what they
 * lost to. Run again they can, unless that has been deleted meanwhile.
 */
public final class LostRaces {

  /** One more than is ever needed, unless somebody inserts and deletes the same key in a loop. */
  private static final int ATTEMPTS = 5;

  private LostRaces() {}

  /**
   * Runs an attempt until it has a result.
   *
   * @throws StoreException.Retryable if it never has
   */
  public static <T> T until(Supplier<Optional<T>> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new StoreException.Retryable("other transactions kept taking and freeing the key", null);
  }
}
