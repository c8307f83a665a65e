package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import java.util.List;

/** What goes wrong with work in a transaction of the caller's. */
final class JoiningSins {

  private JoiningSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new JoinCommits(), new JoinWorksApart(), new JoinChangesSettings(), new JoinRunsAgain());
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
