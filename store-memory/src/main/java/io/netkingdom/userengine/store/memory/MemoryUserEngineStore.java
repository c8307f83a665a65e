package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.util.Objects;

/**
 * Opens stores that keep their records in memory: each has records of its own, which are gone when
 * it is closed.
 *
 * <p>Such a store is ready at once. Single operations and transactions of different tenants do not
 * wait for each other; of one tenant, one transaction writes at a time and the others wait at their
 * first write. {@code SERIALIZABLE} is kept by giving up a writer whose snapshot is outdated.
 *
 * <p>Reading an outbox after a cursor never lags behind: records come in the order of the commits.
 * A serializable transaction reads what was committed when it began.
 */
public final class MemoryUserEngineStore {

  private MemoryUserEngineStore() {}

  /** A new, empty store with the default options. */
  public static UserEngineStore create() {
    return create(StoreOptions.defaults());
  }

  /** A new, empty store. */
  public static UserEngineStore create(StoreOptions options) {
    Objects.requireNonNull(options, "options");
    return new TransactionalStore(new MemoryEngine(options.clock()), options);
  }
}
