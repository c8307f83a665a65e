package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.memory.MemorySavepoint;
import java.util.List;
import java.util.Optional;

/** What goes wrong with work in a transaction of the caller's. */
final class JoiningSins {

  private JoiningSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new JoinCommits(),
        new JoinWorksApart(),
        new JoinChangesSettings(),
        new JoinRunsAgain(),
        new JoinedHandlesLiveOn(),
        new JoinNeedsNoTables(),
        new JoinKeepsHalf(),
        new JoinNoticesNothing());
  }

  /** As a library does that ends a transaction which it did not begin. */
  private static final class JoinCommits extends BrokenStore {
    JoinCommits() {
      kills("TXN-11", "what another transaction sees before the caller commits");
      kills("TXN-21", "the user that was changed");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          T result = super.join(tenant, work);
          commit();
          return result;
        }
      };
    }
  }

  /** On a connection of its own. */
  private static final class JoinWorksApart extends BrokenStore {
    JoinWorksApart() {
      kills("TXN-11", "what another transaction sees before the caller commits");
      kills("TXN-21", "the user that was changed");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          return new TransactionalStore(engine, StoreOptions.defaults())
              .inTransaction(tenant, work);
        }
      };
    }
  }

  /** Its own lock timeout, and it stays. */
  private static final class JoinChangesSettings extends BrokenStore {
    JoinChangesSettings() {
      kills("TXN-22", "the caller's settings after a join");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          settings.put("lock_timeout", "10000");
          return super.join(tenant, work);
        }
      };
    }
  }

  /** A handle of joined work joins again when its work is over. */
  private static final class JoinedHandlesLiveOn extends BrokenStore {
    JoinedHandlesLiveOn() {
      kills("TXN-11", "using a handle of joined work after that work: expected IllegalUse");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          return super.join(tenant, tx -> work.in(living(tenant, tx)));
        }

        private StoreTransaction living(TenantId tenant, StoreTransaction tx) {
          return new ForwardingHandle(tx) {
            @Override
            public UserRepository users() {
              return new ForwardingUsers(honest.users()) {
                @Override
                public Optional<User> find(UserId id) {
                  try {
                    return super.find(id);
                  } catch (StoreException.IllegalUse e) {
                    return join(tenant, again -> again.users().find(id));
                  }
                }
              };
            }
          };
        }
      };
    }
  }

  /** Work that joins begins whatever the tables are like. */
  private static final class JoinNeedsNoTables extends BrokenStore {
    JoinNeedsNoTables() {
      kills("MIG-03", "a call of a store that is not ready: expected NotMigrated");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          try {
            return super.join(tenant, work);
          } catch (StoreException.NotMigrated e) {
            return null;
          }
        }
      };
    }
  }

  /** What work wrote before it failed is there. */
  private static final class JoinKeepsHalf extends BrokenStore {
    JoinKeepsHalf() {
      kills("TXN-26", "what joined work sees of work that failed before");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        void undo(MemorySavepoint savepoint) {}
      };
    }
  }

  /** Work may end what is its caller's. */
  private static final class JoinNoticesNothing extends BrokenStore {
    JoinNoticesNothing() {
      kills("TXN-27", "joined work that committed: expected IllegalUse");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        void noticeThatItEnded() {}
      };
    }
  }

  /** In a transaction that the engine has given up. */
  private static final class JoinRunsAgain extends BrokenStore {
    JoinRunsAgain() {
      kills("TXN-23", "how often joined work runs");
    }

    @Override
    CallerTransaction callers(CallersOwn honest) {
      return new CallersOwn(honest.engine) {
        @Override
        public <T, X extends Exception> T join(TenantId tenant, TransactionWork<T, X> work)
            throws X {
          try {
            return super.join(tenant, work);
          } catch (StoreException.Retryable e) {
            return super.join(tenant, work);
          }
        }
      };
    }
  }
}
