package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.memory.MemoryUserEngineStore;
import io.netkingdom.userengine.store.memory.SharedMemory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What goes wrong with lifecycle, readiness and migration. */
final class LifecycleFaults {

  private LifecycleFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        oneThreadOnly(),
        fault("CloseIsIgnored")
            .store(
                store ->
                    new ForwardingStore(store) {
                      @Override
                      public void close() {}
                    })
            .mustFail("LIF-02", "a call of a closed store: expected IllegalUse")
            .mustFail("LIF-05", "a statement after the store was closed: expected IllegalUse")
            .mustFail("LIF-06", "the outcome of the open transaction: expected IllegalUse"),
        // Notices that it is closed when a transaction is to end.
        fault("ClosedStoreRunsCallbacks")
            .store(ClosedStoreRunsCallbacks::new)
            .mustFail(
                "LIF-02", "how often a callback ran that was given to a closed store: expected 0"),
        fault("StoresAreApart")
            .memoryToOpen(shared -> new SharedMemory())
            .mustFail("LIF-03", "a user of another store")
            .mustFail("LIF-04", "NotMigrated"),
        fault("OwnTransactionOptions")
            .options(honest -> honest.withTransactions(TransactionOptions.defaults()))
            .mustFail("LIF-07", "the options of the store"),
        // As a lock is that is asked for with a limit.
        fault("InterruptedThreadsAreRefused")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  if (Thread.currentThread().isInterrupted()) {
                    throw new StoreException.Unavailable("interrupted", null);
                  }
                  return honest.inTransaction(tenant, options, work);
                })
            .mustFail("LIF-08", "unexpected Unavailable"),
        storeReadiness(
                "InterruptsAreSwallowed",
                honest -> {
                  Thread.interrupted();
                  return honest.readiness();
                })
            .mustFail("LIF-08", "the thread is still interrupted after asking for readiness"),
        // The pause before another attempt ends at once, and with it the attempts.
        fault("InterruptedThreadsAreNotRunAgain")
            .inTransaction(
                (honest, tenant, options, work) ->
                    honest.inTransaction(
                        tenant,
                        Thread.currentThread().isInterrupted()
                            ? options.withRetry(RetryPolicy.none())
                            : options,
                        work))
            .mustFail("LIF-08", "unexpected Retryable"),
        readiness("AlwaysReady", honest -> new Readiness.Ready(1))
            .mustFail("MIG-01", "readiness before any table exists: expected Uninitialised")
            .mustFail("MIG-03", "a call of a store that is not ready: expected NotMigrated"),
        readiness(
                "AskingMigrates",
                honest -> {
                  Readiness before = honest.readiness();
                  honest.migrate();
                  return before;
                })
            .mustFail("MIG-02", "readiness, asked by eight threads"),
        fault("EveryMigrationApplies")
            .engine(
                engine ->
                    new ForwardingEngine(engine) {
                      @Override
                      public MigrationReport migrate() {
                        honest.migrate();
                        return new MigrationReport(List.of("0001_records"), 1);
                      }
                    })
            .mustFail("MIG-04", "the migrations that all calls applied, each once")
            .mustFail("MIG-11", "what was applied again"),
        fault("SecondMigrationFails")
            .engine(SecondMigrationFails::new)
            .mustFail("MIG-04", "unexpected MigrationFailed")
            .mustFail("MIG-11", "unexpected MigrationFailed")
            .mustFail("MIG-12", "unexpected MigrationFailed"),
        storeReadiness("NeverReady", honest -> new Readiness.Unreachable("asked too early"))
            .mustFail("MIG-10", "readiness after migrating")
            .mustFail("MIG-13", "readiness inside a transaction: expected Ready"),
        // Learns whether there is a schema by making a statement fail, and only for single
        // operations.
        fault("TransactionsUseNoSchema")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  try {
                    return honest.inTransaction(tenant, options, work);
                  } catch (StoreException.NotMigrated e) {
                    throw new StoreException.EngineFailure("42P01", null);
                  }
                })
            .mustFail("MIG-03", "expected NotMigrated, but it threw EngineFailure"),
        // Declares no capability, so that their rules would go unchecked.
        fault("DeniesWhatItCan")
            .declaresNoCapability()
            .mustFail("LIF-04", "declared as not durable, but a user outlived its store")
            .mustFail("LIF-03", "declared as not shared, but another store saw the commit")
            .mustFail("TXN-09", "declared as not serializable, but SERIALIZABLE was accepted")
            .mustFail("MIG-01", "declared as without schema, but it is")
            .mustFail(
                "TXN-11", "declared as not joining, but there is a caller's transaction to join"));
  }

  private static FaultyStore readiness(String name, Function<StorageEngine, Readiness> answer) {
    return fault(name)
        .engine(
            engine ->
                new ForwardingEngine(engine) {
                  @Override
                  public Readiness readiness() {
                    return answer.apply(honest);
                  }
                });
  }

  private static FaultyStore storeReadiness(
      String name, Function<UserEngineStore, Readiness> answer) {
    return fault(name)
        .store(
            store ->
                new ForwardingStore(store) {
                  @Override
                  public Readiness readiness() {
                    return answer.apply(honest);
                  }
                });
  }

  /** A tenant's transactions are for the thread that had the first one. */
  private static FaultyStore oneThreadOnly() {
    Map<TenantId, Thread> owners = new ConcurrentHashMap<>();
    return fault("OneThreadOnly")
        .inTransaction(
            (honest, tenant, options, work) -> {
              Thread owner = owners.computeIfAbsent(tenant, any -> Thread.currentThread());
              if (!owner.equals(Thread.currentThread())) {
                throw new StoreException.EngineFailure("used from another thread", null);
              }
              return honest.inTransaction(tenant, options, work);
            })
        .mustFail("LIF-01", "unexpected EngineFailure");
  }

  private static final class ClosedStoreRunsCallbacks extends ForwardingStore {
    private volatile boolean closed;

    ClosedStoreRunsCallbacks(UserEngineStore honest) {
      super(honest);
    }

    @Override
    public <T, X extends Exception> T inTransaction(
        TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
      if (closed) {
        try (UserEngineStore other = MemoryUserEngineStore.create()) {
          other.inTransaction(tenant, options, work);
        }
      }
      return honest.inTransaction(tenant, options, work);
    }

    @Override
    public void close() {
      closed = true;
      honest.close();
    }
  }

  private static final class SecondMigrationFails extends ForwardingEngine {
    private final AtomicBoolean migrated = new AtomicBoolean();

    SecondMigrationFails(StorageEngine honest) {
      super(honest);
    }

    @Override
    public MigrationReport migrate() {
      if (migrated.getAndSet(true)) {
        throw new StoreException.MigrationFailed("relation already exists", null);
      }
      return honest.migrate();
    }
  }
}
