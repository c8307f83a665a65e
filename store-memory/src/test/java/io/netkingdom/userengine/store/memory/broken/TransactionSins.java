package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** What goes wrong with transactions and their isolation. */
final class TransactionSins {

  private TransactionSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new CommitForgets(),
        new WrapsExceptions(),
        new RetriesByType(),
        new CommitsOnError(),
        new ReadsCommittedOnly(),
        new DirtyRead(),
        new NestedFailureIsForgiven(),
        new AnyErrorEndsIt(),
        new CommitAfterAnErrorRollsBack(),
        new ReadOnlyWrites(),
        new NestedReadOnlyIsForgotten(),
        new ReadOnlyOptionsAreForgotten(),
        new SingleOperationsWriteBeside(),
        new NeverRetries(),
        new AttemptIsAlwaysOne(),
        new HandlesLiveOn(),
        new RollbackLeaksAConnection(),
        new DoomedTransactionsStayOpen(),
        new RetriesForEver(),
        new RunsEverythingTwice(),
        new NestedRetries(),
        new JoinsAnything(),
        new SingleOperationsReadOutside(),
        new NestedCommitsAlone(),
        new DoomIsForgotten(),
        new SerializableIsReadCommitted(),
        new LockTimeoutIsEngineFailure(),
        new RollbackUndoesOthers());
  }

  /** What the callback throws to make an honest store roll back. */
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Runs something in a thread of its own, where no transaction is open. */
  private static <T> T elsewhere(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, command -> new Thread(command).start()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static final class CommitForgets extends BrokenStore {
    CommitForgets() {
      kills("TXN-01", "the committed user");
      kills("TXN-07", "whether the user is there, where commit returned");
    }

    @Override
    EngineTransaction transaction(
        EngineTransaction honest, TenantId tenant, TransactionOptions options) {
      return new ForwardingTransaction(honest) {
        @Override
        public void commit() {
          honest.rollback();
        }
      };
    }
  }

  private static final class WrapsExceptions extends BrokenStore {
    WrapsExceptions() {
      kills("TXN-02", "what a callback throws reaches the caller unchanged");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          try {
            return honest.inTransaction(tenant, options, work);
          } catch (StoreException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      };
    }
  }

  /** Goes by the type of what came out of the callback, whoever threw it. */
  private static final class RetriesByType extends BrokenStore {
    RetriesByType() {
      kills("TXN-02", "how often a callback ran that threw of itself: expected 1");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          try {
            return honest.inTransaction(tenant, options, work);
          } catch (StoreException.Retryable e) {
            return honest.inTransaction(tenant, options, work);
          }
        }
      };
    }
  }

  /** Rolls back on exceptions, as frameworks do by default, and not on Errors. */
  private static final class CommitsOnError extends BrokenStore {
    CommitsOnError() {
      kills("TXN-02", "find of the new user");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          Error[] error = new Error[1];
          T result =
              honest.inTransaction(
                  tenant,
                  options,
                  tx -> {
                    try {
                      return work.in(tx);
                    } catch (Error e) {
                      error[0] = e;
                      return null;
                    }
                  });
          if (error[0] != null) {
            throw error[0];
          }
          return result;
        }
      };
    }
  }

  /** As where reads go to a replica. */
  private static final class ReadsCommittedOnly extends BrokenStore {
    ReadsCommittedOnly() {
      kills("TXN-03", "the new user by id");
      kills("CNT-03", "users inside the transaction");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public Optional<User> find(UserId id) {
                  return replica(records -> records.users().find(id));
                }
              };
            }

            @Override
            public RecordCounts counts() {
              return replica(Repositories::counts);
            }

            private <T> T replica(Function<Repositories, T> read) {
              return engine.single(tenant, true, options, read);
            }
          };
        }
      };
    }
  }

  /** Every statement commits by itself: uncommitted writes are seen, and stay after a rollback. */
  private static final class DirtyRead extends BrokenStore {
    DirtyRead() {
      kills("ISO-01", "the new user, as another transaction sees it");
      kills("ISO-09", "after a first change that is not committed");
      kills("TXN-02", "find of the new user");
      kills("TXN-04", "find of its user");
      kills("TXN-19", "find of a nested call's user before the outer commit");
      kills("LIF-06", "the user of the open transaction");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public User create(UserDraft draft) {
                  return alone(records -> records.users().create(draft));
                }

                @Override
                public User update(User edited) {
                  return alone(records -> records.users().update(edited));
                }
              };
            }

            private <T> T alone(Function<Repositories, T> write) {
              return engine.single(tenant, false, options, write);
            }
          };
        }
      };
    }
  }

  /** Tells nested calls from outermost ones. */
  private abstract static class NestingStore extends ForwardingStore {
    // One per store, as in an honest one.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<StoreTransaction> open = new ThreadLocal<>();

    NestingStore(UserEngineStore honest) {
      super(honest);
    }

    abstract <T, X extends Exception> T nested(
        StoreTransaction outer,
        TenantId tenant,
        TransactionOptions options,
        TransactionWork<T, X> work)
        throws X;

    @Override
    public final <T, X extends Exception> T inTransaction(
        TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
      StoreTransaction outer = open.get();
      if (outer != null) {
        return nested(outer, tenant, options, work);
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

  private static final class NestedFailureIsForgiven extends BrokenStore {
    NestedFailureIsForgiven() {
      kills("TXN-05", "committing after a nested call failed and was caught: expected RolledBack");
      kills("TXN-08", "a write in a read-only transaction: expected ReadOnly");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new NestingStore(store) {
        @Override
        <T, X extends Exception> T nested(
            StoreTransaction outer,
            TenantId tenant,
            TransactionOptions options,
            TransactionWork<T, X> work)
            throws X {
          return work.in(outer);
        }
      };
    }
  }

  /** As PostgreSQL without savepoints. */
  private static final class AnyErrorEndsIt extends BrokenStore {
    AnyErrorEndsIt() {
      kills("TXN-06", "unexpected EngineFailure");
    }

    @Override
    EngineTransaction transaction(
        EngineTransaction honest, TenantId tenant, TransactionOptions options) {
      return new ForwardingTransaction(honest) {
        private boolean aborted;

        @Override
        public UserRepository users() {
          return new ForwardingUsers(honest.users()) {
            @Override
            public User create(UserDraft draft) {
              if (aborted) {
                throw new StoreException.EngineFailure("current transaction is aborted", null);
              }
              try {
                return super.create(draft);
              } catch (StoreException e) {
                aborted = true;
                throw e;
              }
            }
          };
        }
      };
    }
  }

  /** As a driver does whose commit returns normally although the server rolled back. */
  private static final class CommitAfterAnErrorRollsBack extends BrokenStore {
    CommitAfterAnErrorRollsBack() {
      kills("TXN-07", "whether the user is there, where commit returned");
    }

    @Override
    EngineTransaction transaction(
        EngineTransaction honest, TenantId tenant, TransactionOptions options) {
      return new ForwardingTransaction(honest) {
        private boolean failed;

        @Override
        public UserRepository users() {
          return new ForwardingUsers(honest.users()) {
            @Override
            public User create(UserDraft draft) {
              try {
                return super.create(draft);
              } catch (StoreException e) {
                failed = true;
                throw e;
              }
            }
          };
        }

        @Override
        public void commit() {
          if (failed) {
            honest.rollback();
          } else {
            honest.commit();
          }
        }
      };
    }
  }

  private static final class ReadOnlyWrites extends BrokenStore {
    ReadOnlyWrites() {
      kills("TXN-08", "a write in a read-only transaction: expected ReadOnly");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return honest.inTransaction(
              tenant,
              new TransactionOptions(
                  options.isolation(), false, options.lockTimeout(), options.retry()),
              work);
        }
      };
    }
  }

  /** What is nested is judged by the outermost call's options. */
  private static final class NestedReadOnlyIsForgotten extends BrokenStore {
    NestedReadOnlyIsForgotten() {
      kills("TXN-08", "a write in a read-only transaction: expected ReadOnly");
      kills("TXN-24", "a write in a read-only transaction: expected ReadOnly");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      ThreadLocal<Boolean> inside = new ThreadLocal<>();
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          boolean outermost = inside.get() == null;
          TransactionOptions forgotten =
              outermost
                  ? options
                  : new TransactionOptions(
                      options.isolation(), false, options.lockTimeout(), options.retry());
          inside.set(true);
          try {
            return honest.inTransaction(tenant, forgotten, work);
          } finally {
            if (outermost) {
              inside.remove();
            }
          }
        }
      };
    }
  }

  /** The store's own options count for its transactions only. */
  private static final class ReadOnlyOptionsAreForgotten extends BrokenStore {
    ReadOnlyOptionsAreForgotten() {
      kills("TXN-25", "a write in a read-only transaction: expected ReadOnly");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      TransactionOptions transactions = honest.transactions();
      return honest.withTransactions(
          new TransactionOptions(
              transactions.isolation(), false, transactions.lockTimeout(), transactions.retry()));
    }
  }

  /** A single operation that a read-only transaction refuses is done outside of it. */
  private static final class SingleOperationsWriteBeside extends BrokenStore {
    SingleOperationsWriteBeside() {
      kills("TXN-08", "a write in a read-only transaction: expected ReadOnly");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public User create(UserDraft draft) {
                  try {
                    return super.create(draft);
                  } catch (StoreException.ReadOnly e) {
                    return elsewhere(() -> honest.create(draft));
                  }
                }
              };
            }
          };
        }
      };
    }
  }

  private static final class NeverRetries extends BrokenStore {
    NeverRetries() {
      kills("TXN-09", "unexpected Retryable");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return honest.inTransaction(tenant, options.withRetry(RetryPolicy.none()), work);
        }
      };
    }
  }

  private static final class AttemptIsAlwaysOne extends BrokenStore {
    AttemptIsAlwaysOne() {
      kills("TXN-09", "the attempts that the callback was told of");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          AtomicInteger runs = new AtomicInteger();
          return honest.inTransaction(
              tenant,
              options,
              tx ->
                  work.in(
                      new ForwardingHandle(tx) {
                        @Override
                        public int attempt() {
                          // Else the checks that disturb the first attempt would disturb each.
                          return runs.incrementAndGet() <= 4 ? 1 : honest.attempt();
                        }
                      }));
        }
      };
    }
  }

  /** Handles that lead to single operations when their transaction has ended. */
  private static final class HandlesLiveOn extends BrokenStore {
    HandlesLiveOn() {
      kills("TXN-10", "expected IllegalUse, but");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return honest.inTransaction(
              tenant,
              options,
              tx ->
                  work.in(
                      new ForwardingHandle(tx) {
                        @Override
                        public UserRepository users() {
                          return new ForwardingUsers(tx.users()) {
                            @Override
                            public Optional<User> findByUserName(UserName userName) {
                              try {
                                return super.findByUserName(userName);
                              } catch (StoreException.IllegalUse e) {
                                return store.tenant(tenant).users().findByUserName(userName);
                              }
                            }
                          };
                        }
                      }));
        }
      };
    }
  }

  private static final class RollbackLeaksAConnection extends BrokenStore {
    private static final int POOL = 20;
    private final AtomicInteger leaked = new AtomicInteger();

    RollbackLeaksAConnection() {
      kills("TXN-12", "Unavailable (no connection");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          if (leaked.get() >= POOL) {
            leaked.set(0);
            throw new StoreException.Unavailable("no connection is free", null);
          }
          return new ForwardingTransaction(honest.begin(tenant, options)) {
            @Override
            public void rollback() {
              honest.rollback();
              leaked.incrementAndGet();
            }
          };
        }
      };
    }
  }

  /** Refuses to commit, and forgets to roll back: what the transaction has locked stays locked. */
  private static final class DoomedTransactionsStayOpen extends BrokenStore {
    DoomedTransactionsStayOpen() {
      kills("TXN-12", "unexpected Timeout");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      StorageEngine engine = memory().open(InstantSource.system());
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          try {
            return honest.inTransaction(tenant, options, work);
          } catch (StoreException.RolledBack e) {
            // Another one in its place, which holds the same lock.
            engine.begin(tenant, options).users().delete(UserId.generate(Instant.EPOCH));
            throw e;
          }
        }
      };
    }
  }

  private static final class RetriesForEver extends BrokenStore {
    RetriesForEver() {
      kills("TXN-14", "how often the callback ran");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          int allowed = options.retry().maxAttempts();
          return honest.inTransaction(
              tenant, options.withRetry(options.retry().withMaxAttempts(4 * allowed)), work);
        }
      };
    }
  }

  private static final class RunsEverythingTwice extends BrokenStore {
    RunsEverythingTwice() {
      kills("TXN-15", "how often the callback ran: expected 1, but was 2");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
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
        }
      };
    }
  }

  private static final class NestedRetries extends BrokenStore {
    NestedRetries() {
      kills("TXN-16", "how often the nested callback ran");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new NestingStore(store) {
        @Override
        <T, X extends Exception> T nested(
            StoreTransaction outer,
            TenantId tenant,
            TransactionOptions options,
            TransactionWork<T, X> work)
            throws X {
          return honest.inTransaction(
              tenant,
              options,
              tx -> {
                try {
                  return work.in(tx);
                } catch (StoreException.Retryable e) {
                  return work.in(tx);
                }
              });
        }
      };
    }
  }

  private static final class JoinsAnything extends BrokenStore {
    JoinsAnything() {
      kills("TXN-17", "a nested call for another tenant: expected InvalidInput");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new NestingStore(store) {
        @Override
        <T, X extends Exception> T nested(
            StoreTransaction outer,
            TenantId tenant,
            TransactionOptions options,
            TransactionWork<T, X> work)
            throws X {
          return honest.inTransaction(outer.tenant(), outer.options(), work);
        }
      };
    }
  }

  private static final class SingleOperationsReadOutside extends BrokenStore {
    SingleOperationsReadOutside() {
      kills("TXN-18", "a user of the open transaction, found by a single operation");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new NestingStore(store) {
        @Override
        <T, X extends Exception> T nested(
            StoreTransaction outer,
            TenantId tenant,
            TransactionOptions options,
            TransactionWork<T, X> work)
            throws X {
          return honest.inTransaction(tenant, options, work);
        }

        @Override
        public Repositories tenant(TenantId tenant) {
          Repositories single = honest.tenant(tenant);
          if (!isOpen()) {
            return single;
          }
          UserRepository outside =
              new ForwardingUsers(single.users()) {
                @Override
                public Optional<User> findByUserName(UserName userName) {
                  return elsewhere(() -> super.findByUserName(userName));
                }
              };
          return new ForwardingRepositories<>(single) {
            @Override
            public UserRepository users() {
              return outside;
            }
          };
        }
      };
    }
  }

  private static final class NestedCommitsAlone extends BrokenStore {
    NestedCommitsAlone() {
      kills("TXN-19", "find of a nested call's user before the outer commit");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new NestingStore(store) {
        @Override
        <T, X extends Exception> T nested(
            StoreTransaction outer,
            TenantId tenant,
            TransactionOptions options,
            TransactionWork<T, X> work)
            throws X {
          TransactionOptions impatient = options.withLockTimeout(Duration.ofMillis(50));
          return elsewhere(
              () -> {
                try {
                  return honest.inTransaction(tenant, impatient, work);
                } catch (RuntimeException e) {
                  throw e;
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
        }
      };
    }
  }

  private static final class DoomIsForgotten extends BrokenStore {
    DoomIsForgotten() {
      kills("TXN-05", "expected RolledBack, but it returned normally");
      kills("TXN-07", "whether the user is there, where commit returned");
      kills("TXN-20", "committing after a caught Timeout: expected RolledBack");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          try {
            return honest.inTransaction(tenant, options, work);
          } catch (StoreException.RolledBack e) {
            return null;
          }
        }
      };
    }
  }

  private static final class SerializableIsReadCommitted extends BrokenStore {
    SerializableIsReadCommitted() {
      kills("ISO-05", "what happened at SERIALIZABLE and is not declared");
      kills("ISO-04", "at least one of the two users is still active");
      kills("ISO-10", "the user later on");
      kills("ISO-11", "the address was given at most once");
      kills("GRP-16", "at least one of the two is still a member");
      kills("ISO-13", "not both increments from 1 to 2 are committed");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
          return honest.begin(tenant, options.withIsolation(IsolationLevel.READ_COMMITTED));
        }
      };
    }
  }

  private static final class LockTimeoutIsEngineFailure extends BrokenStore {
    LockTimeoutIsEngineFailure() {
      kills("ISO-06", "and not with EngineFailure");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User update(User edited) {
          try {
            return super.update(edited);
          } catch (StoreException.Timeout e) {
            throw new StoreException.EngineFailure("55P03", null);
          }
        }
      };
    }
  }

  /** Rolls back to what the tenant was when the transaction began. */
  private static final class RollbackUndoesOthers extends BrokenStore {
    RollbackUndoesOthers() {
      kills("ISO-08", "the user committed before");
    }

    @Override
    EngineTransaction transaction(
        EngineTransaction honest, TenantId tenant, TransactionOptions options) {
      Runnable turnBack = memory().turnBack(tenant);
      return new ForwardingTransaction(honest) {
        @Override
        public void rollback() {
          turnBack.run();
          honest.rollback();
        }
      };
    }
  }
}
