package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What goes wrong with transactions and their isolation. */
final class TransactionFaults {

  private static final int POOL = 20;

  private TransactionFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        fault("CommitForgets")
            .transaction(tx -> tx.commit(tx.honest::rollback))
            .mustFail("TXN-01", "the committed user")
            .mustFail("TXN-07", "whether the user is there, where commit returned"),
        fault("WrapsExceptions")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  try {
                    return honest.inTransaction(tenant, options, work);
                  } catch (StoreException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                })
            .mustFail("TXN-02", "what a callback throws reaches the caller unchanged"),
        // Goes by the type of what came out of the callback, whoever threw it.
        fault("RetriesByType")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  try {
                    return honest.inTransaction(tenant, options, work);
                  } catch (StoreException.Retryable e) {
                    return honest.inTransaction(tenant, options, work);
                  }
                })
            .mustFail("TXN-02", "how often a callback ran that threw of itself: expected 1"),
        // Rolls back on exceptions, as frameworks do by default, and not on Errors.
        fault("CommitsOnError")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  AtomicReference<Error> error = new AtomicReference<>();
                  Object result =
                      honest.inTransaction(
                          tenant,
                          options,
                          tx -> {
                            try {
                              return work.in(tx);
                            } catch (Error e) {
                              error.set(e);
                              return null;
                            }
                          });
                  if (error.get() != null) {
                    throw error.get();
                  }
                  return result;
                })
            .mustFail("TXN-02", "find of the new user"),
        // As where reads go to a replica.
        fault("ReadsCommittedOnly")
            .transaction(
                tx ->
                    tx.users()
                        .find((own, id) -> tx.committed(records -> records.users().find(id)))
                        .counts(own -> tx.committed(Repositories::counts)))
            .mustFail("TXN-03", "the new user by id")
            .mustFail("CNT-03", "users inside the transaction"),
        // Every statement commits by itself: uncommitted writes are seen, and stay after a
        // rollback.
        fault("DirtyRead")
            .transaction(
                tx ->
                    tx.users()
                        .create((own, draft) -> tx.alone(records -> records.users().create(draft)))
                        .users()
                        .update((own, edit) -> tx.alone(records -> records.users().update(edit))))
            .mustFail("ISO-01", "the new user, as another transaction sees it")
            .mustFail("ISO-09", "after a first change that is not committed")
            .mustFail("TXN-02", "find of the new user")
            .mustFail("TXN-04", "find of its user")
            .mustFail("TXN-19", "find of a nested call's user before the outer commit")
            .mustFail("LIF-06", "the user of the open transaction"),
        // As PostgreSQL without savepoints.
        fault("AnyErrorEndsIt")
            .transaction(
                tx -> {
                  AtomicBoolean aborted = new AtomicBoolean();
                  tx.users()
                      .create(
                          (honest, draft) -> {
                            if (aborted.get()) {
                              throw new StoreException.EngineFailure(
                                  "current transaction is aborted", null);
                            }
                            try {
                              return honest.create(draft);
                            } catch (StoreException e) {
                              aborted.set(true);
                              throw e;
                            }
                          });
                })
            .mustFail("TXN-06", "unexpected EngineFailure"),
        // As a driver does whose commit returns normally although the server rolled back.
        fault("CommitAfterAnErrorRollsBack")
            .transaction(
                tx ->
                    tx.users()
                        .create(
                            (honest, draft) -> {
                              try {
                                return honest.create(draft);
                              } catch (StoreException e) {
                                tx.commit(tx.honest::rollback);
                                throw e;
                              }
                            }))
            .mustFail("TXN-07", "whether the user is there, where commit returned"),
        withOptions("ReadOnlyWrites", TransactionFaults::writable)
            .mustFail("TXN-08", "a write in a read-only transaction: expected ReadOnly"),
        // The store's own options count for its transactions only.
        fault("ReadOnlyOptionsAreForgotten")
            .options(honest -> honest.withTransactions(writable(honest.transactions())))
            .mustFail("TXN-25", "a write in a read-only transaction: expected ReadOnly"),
        // A single operation that a read-only transaction refuses is done outside of it.
        fault("SingleOperationsWriteBeside")
            .singles(
                (tenant, calls) ->
                    calls
                        .users()
                        .create(
                            (honest, draft) -> {
                              try {
                                return honest.create(draft);
                              } catch (StoreException.ReadOnly e) {
                                return Elsewhere.call(() -> honest.create(draft));
                              }
                            }))
            .mustFail("TXN-08", "a write in a read-only transaction: expected ReadOnly"),
        withOptions("NeverRetries", options -> options.withRetry(RetryPolicy.none()))
            .mustFail("TXN-09", "unexpected Retryable"),
        fault("AttemptIsAlwaysOne")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  AtomicInteger runs = new AtomicInteger();
                  return honest.inTransaction(
                      tenant, options, tx -> work.in(firstAttempt(tx, runs)));
                })
            .mustFail("TXN-09", "the attempts that the callback was told of"),
        // Handles that lead to single operations when their transaction has ended.
        fault("HandlesLiveOn")
            .inTransaction(
                (store, tenant, options, work) ->
                    store.inTransaction(tenant, options, tx -> work.in(living(tx, store))))
            .mustFail("TXN-10", "expected IllegalUse, but"),
        rollbackLeaksAConnection(),
        doomedTransactionsStayOpen(),
        withOptions(
                "RetriesForEver",
                options -> {
                  RetryPolicy retry = options.retry();
                  return options.withRetry(retry.withMaxAttempts(4 * retry.maxAttempts()));
                })
            .mustFail("TXN-14", "how often the callback ran"),
        fault("RunsEverythingTwice")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  if (options.lockTimeout().equals(Duration.ofSeconds(5))) {
                    try {
                      honest.inTransaction(
                          tenant,
                          options,
                          tx -> {
                            work.in(tx);
                            throw new Undo();
                          });
                    } catch (Undo e) {
                      // A rehearsal.
                    }
                  }
                  return honest.inTransaction(tenant, options, work);
                })
            .mustFail("TXN-15", "how often the callback ran: expected 1, but was 2"),
        fault("DoomIsForgotten")
            .inTransaction(
                (honest, tenant, options, work) -> {
                  try {
                    return honest.inTransaction(tenant, options, work);
                  } catch (StoreException.RolledBack e) {
                    return null;
                  }
                })
            .mustFail("TXN-05", "expected RolledBack, but it returned normally")
            .mustFail("TXN-07", "whether the user is there, where commit returned")
            .mustFail("TXN-20", "committing after a caught Timeout: expected RolledBack"),
        fault("SerializableIsReadCommitted")
            .engine(
                engine ->
                    new ForwardingEngine(engine) {
                      @Override
                      public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
                        return honest.begin(
                            tenant, options.withIsolation(IsolationLevel.READ_COMMITTED));
                      }
                    })
            .mustFail("ISO-05", "what happened at SERIALIZABLE and is not declared")
            .mustFail("ISO-04", "at least one of the two users is still active")
            .mustFail("ISO-10", "the user later on")
            .mustFail("ISO-11", "the address was given at most once")
            .mustFail("GRP-16", "at least one of the two is still a member")
            .mustFail("ISO-13", "not both increments from 1 to 2 are committed"),
        users("LockTimeoutIsEngineFailure")
            .update(
                (honest, edited) -> {
                  try {
                    return honest.update(edited);
                  } catch (StoreException.Timeout e) {
                    throw new StoreException.EngineFailure("55P03", null);
                  }
                })
            .mustFail("ISO-06", "and not with EngineFailure"),
        rollbackUndoesOthers());
  }

  /** What the callback throws to make an honest store roll back. */
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Runs transactions with other options than those that were asked for. */
  private static FaultyStore withOptions(String name, UnaryOperator<TransactionOptions> change) {
    return fault(name)
        .inTransaction(
            (honest, tenant, options, work) ->
                honest.inTransaction(tenant, change.apply(options), work));
  }

  static TransactionOptions writable(TransactionOptions options) {
    return TransactionOptions.defaults()
        .withIsolation(options.isolation())
        .withLockTimeout(options.lockTimeout())
        .withRetry(options.retry());
  }

  private static StoreTransaction firstAttempt(StoreTransaction tx, AtomicInteger runs) {
    return new FaultyRecords.Handle(tx, calls -> {}) {
      @Override
      public int attempt() {
        // Else the checks that disturb the first attempt would disturb each.
        return runs.incrementAndGet() <= 4 ? 1 : honest.attempt();
      }
    };
  }

  private static StoreTransaction living(StoreTransaction tx, UserEngineStore store) {
    return new FaultyRecords.Handle(
        tx,
        calls ->
            calls
                .users()
                .findByUserName(
                    (honest, userName) -> {
                      try {
                        return honest.findByUserName(userName);
                      } catch (StoreException.IllegalUse e) {
                        return store.tenant(tx.tenant()).users().findByUserName(userName);
                      }
                    }));
  }

  private static FaultyStore rollbackLeaksAConnection() {
    AtomicInteger leaked = new AtomicInteger();
    return fault("RollbackLeaksAConnection")
        .engine(
            engine ->
                new ForwardingEngine(engine) {
                  @Override
                  public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
                    if (leaked.get() >= POOL) {
                      leaked.set(0);
                      throw new StoreException.Unavailable("no connection is free", null);
                    }
                    return honest.begin(tenant, options);
                  }
                })
        .transaction(
            tx ->
                tx.rollback(
                    () -> {
                      tx.honest.rollback();
                      leaked.incrementAndGet();
                    }))
        .mustFail("TXN-12", "Unavailable (no connection");
  }

  /** Refuses to commit, and forgets to roll back: what the transaction has locked stays locked. */
  private static FaultyStore doomedTransactionsStayOpen() {
    FaultyStore fault = fault("DoomedTransactionsStayOpen");
    return fault
        .inTransaction(
            (honest, tenant, options, work) -> {
              try {
                return honest.inTransaction(tenant, options, work);
              } catch (StoreException.RolledBack e) {
                // Another one in its place, which holds the same lock.
                StorageEngine engine = fault.memory().open(InstantSource.system());
                engine.begin(tenant, options).users().delete(UserId.generate(Instant.EPOCH));
                throw e;
              }
            })
        .mustFail("TXN-12", "unexpected Timeout");
  }

  /** Rolls back to what the tenant was when the transaction began. */
  private static FaultyStore rollbackUndoesOthers() {
    FaultyStore fault = fault("RollbackUndoesOthers");
    return fault
        .transaction(
            tx -> {
              Runnable turnBack = fault.memory().turnBack(tx.tenant);
              tx.rollback(
                  () -> {
                    turnBack.run();
                    tx.honest.rollback();
                  });
            })
        .mustFail("ISO-08", "the user committed before");
  }
}
