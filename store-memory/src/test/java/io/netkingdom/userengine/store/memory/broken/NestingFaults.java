package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong with calls inside of an open transaction. */
final class NestingFaults {

  private NestingFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        nested("NestedFailureIsForgiven", (honest, outer, tenant, options, work) -> work.in(outer))
            .mustFail(
                "TXN-05",
                "committing after a nested call failed and was caught: expected RolledBack")
            .mustFail("TXN-08", "a write in a read-only transaction: expected ReadOnly"),
        // What is nested is judged by the outermost call's options.
        nested(
                "NestedReadOnlyIsForgotten",
                (honest, outer, tenant, options, work) ->
                    honest.inTransaction(tenant, TransactionFaults.writable(options), work))
            .mustFail("TXN-08", "a write in a read-only transaction: expected ReadOnly")
            .mustFail("TXN-24", "a write in a read-only transaction: expected ReadOnly"),
        nested(
                "NestedRetries",
                (honest, outer, tenant, options, work) ->
                    honest.inTransaction(
                        tenant,
                        options,
                        tx -> {
                          try {
                            return work.in(tx);
                          } catch (StoreException.Retryable e) {
                            return work.in(tx);
                          }
                        }))
            .mustFail("TXN-16", "how often the nested callback ran"),
        nested(
                "JoinsAnything",
                (honest, outer, tenant, options, work) ->
                    honest.inTransaction(outer.tenant(), outer.options(), work))
            .mustFail("TXN-17", "a nested call for another tenant: expected InvalidInput"),
        fault("SingleOperationsReadOutside")
            .store(SingleOperationsReadOutside::new)
            .mustFail("TXN-18", "a user of the open transaction, found by a single operation"),
        nested(
                "NestedCommitsAlone",
                (honest, outer, tenant, options, work) -> {
                  TransactionOptions impatient = options.withLockTimeout(Duration.ofMillis(50));
                  return Elsewhere.call(() -> honest.inTransaction(tenant, impatient, work));
                })
            .mustFail("TXN-19", "find of a nested call's user before the outer commit"));
  }

  /** Runs work inside of an open transaction. */
  @FunctionalInterface
  private interface Nested {
    @Nullable Object run(
        UserEngineStore honest,
        StoreTransaction outer,
        TenantId tenant,
        TransactionOptions options,
        TransactionWork<Object, RuntimeException> work);
  }

  private static FaultyStore nested(String name, Nested instead) {
    return fault(name).store(store -> new NestingStore(store, instead));
  }

  /** Tells nested calls from outermost ones. */
  private static class NestingStore extends ForwardingStore {
    // One per store, as in an honest one.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<StoreTransaction> open = new ThreadLocal<>();

    private final Nested nested;

    NestingStore(UserEngineStore honest, Nested nested) {
      super(honest);
      this.nested = nested;
    }

    @Override
    @SuppressWarnings("unchecked") // What comes out is what the work returned or threw.
    public final <T, X extends Exception> T inTransaction(
        TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
      StoreTransaction outer = open.get();
      if (outer != null) {
        return (T)
            nested.run(
                honest, outer, tenant, options, (TransactionWork<Object, RuntimeException>) work);
      }
      return honest.inTransaction(
          tenant,
          options,
          tx -> {
            open.set(tx);
            try {
              return work.in(tx);
            } finally {
              open.remove();
            }
          });
    }

    final boolean isOpen() {
      return open.get() != null;
    }
  }

  private static final class SingleOperationsReadOutside extends NestingStore {

    SingleOperationsReadOutside(UserEngineStore honest) {
      super(
          honest,
          (store, outer, tenant, options, work) -> store.inTransaction(tenant, options, work));
    }

    @Override
    public Repositories tenant(TenantId tenant) {
      Repositories single = honest.tenant(tenant);
      return isOpen()
          ? RecordCalls.changed(
              single,
              calls ->
                  calls
                      .users()
                      .findByUserName(
                          (users, name) -> Elsewhere.call(() -> users.findByUserName(name))))
          : single;
    }
  }
}
