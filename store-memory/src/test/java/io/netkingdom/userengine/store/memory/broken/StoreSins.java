package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.GroupId;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.memory.MemoryUserEngineStore;
import io.netkingdom.userengine.store.memory.SharedMemory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** What goes wrong with tenants, time, counts, lifecycle and bootstrap. */
final class StoreSins {

  private StoreSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new LenientLookup(),
        new OneTenantForAll(),
        new OwnClock(),
        new RoundsUp(),
        new WholeMilliseconds(),
        new EstimatesCounts(),
        new EstimateIsLabelledExact(),
        new CountsWhatItKnows(),
        new CountsNothingThatCascades(),
        new TenantsCountTogether(),
        new DeleteIgnoresTheTenant(),
        new NoTablesCountAsZero(),
        new TenantsCountInTables(),
        new OneThreadOnly(),
        new CloseIsIgnored(),
        new ClosedStoreRunsCallbacks(),
        new StoresAreApart(),
        new OwnTransactionOptions(),
        new InterruptedThreadsAreRefused(),
        new InterruptsAreSwallowed(),
        new InterruptedThreadsAreNotRunAgain(),
        new AlwaysReady(),
        new AskingMigrates(),
        new EveryMigrationApplies(),
        new SecondMigrationFails(),
        new NeverReady(),
        new TransactionsUseNoSchema(),
        new DeniesWhatItCan());
  }

  /** Text that nothing can be called is looked up nevertheless, and found to be nobody's. */
  private static final class LenientLookup extends BrokenStore {
    LenientLookup() {
      kills("KEY-02", "looking for a name that the profile forbids: expected InvalidInput");
      kills("KEY-05", "looking for a user of that name: expected InvalidInput");
      kills("TXT-05", "a longer address: expected InvalidInput");
      kills("ERR-01", "expected InvalidInput, but it returned normally");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          Repositories records = honest.tenant(tenant);
          return with(
              records,
              new ForwardingUsers(records.users()) {
                @Override
                public Optional<User> findByUserName(String userName) {
                  try {
                    return super.findByUserName(userName);
                  } catch (StoreException.InvalidInput e) {
                    return Optional.empty();
                  }
                }

                @Override
                public List<User> findByEmail(String address) {
                  try {
                    return super.findByEmail(address);
                  } catch (StoreException.InvalidInput e) {
                    return List.of();
                  }
                }
              });
        }
      };
    }
  }

  private static final class OneTenantForAll extends BrokenStore {
    OneTenantForAll() {
      kills("KEY-08", "unexpected Conflict");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      TenantId all = TenantId.of("all");
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return honest.tenant(all);
        }

        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return honest.inTransaction(all, options, work);
        }
      };
    }
  }

  private static final class DeleteIgnoresTheTenant extends BrokenStore {
    private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();

    DeleteIgnoresTheTenant() {
      kills("DEL-04", "deleting another tenant's user: expected false");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          tenants.add(tenant);
          Repositories records = honest.tenant(tenant);
          return with(
              records,
              new ForwardingUsers(records.users()) {
                @Override
                public boolean delete(UserId id) {
                  // Its own first: inside a transaction no other tenant can be reached.
                  return super.delete(id)
                      || tenants.stream()
                          .filter(other -> !other.equals(tenant))
                          .anyMatch(other -> store.tenant(other).users().delete(id));
                }
              });
        }
      };
    }
  }

  /** The records of a tenant with other users. */
  private static Repositories with(Repositories records, UserRepository users) {
    return new ForwardingRepositories<>(records) {
      @Override
      public UserRepository users() {
        return users;
      }
    };
  }

  private static final class OwnClock extends BrokenStore {
    OwnClock() {
      kills("USR-08", "lastModified after the clock moved on");
      kills("USR-09", "created, by the clock that the store was given");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      return honest.withClock(InstantSource.system());
    }
  }

  /** As a database does that keeps microseconds of what it is given in nanoseconds. */
  private static final class RoundsUp extends BrokenStore {
    RoundsUp() {
      kills("TXT-01", "created, cut to microseconds");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      InstantSource clock = honest.clock();
      return honest.withClock(() -> clock.instant().plusNanos(500));
    }
  }

  private static final class WholeMilliseconds extends BrokenStore {
    WholeMilliseconds() {
      kills("TXT-06", "created: expected 0001-01-01T00:00:00.000001Z");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      InstantSource clock = honest.clock();
      return honest.withClock(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  private static RecordCounts changed(RecordCounts counts, LongUnaryOperator users) {
    if (!(counts instanceof RecordCounts.Exact exact)) {
      return counts;
    }
    Map<RecordKind, Long> changed = new EnumMap<>(exact.byKind());
    changed.merge(RecordKind.USER, 0L, (count, zero) -> users.applyAsLong(count));
    return new RecordCounts.Exact(changed);
  }

  private static final class EstimatesCounts extends BrokenStore {
    EstimatesCounts() {
      kills("CNT-01", "users overall");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public RecordCounts counts() {
          return changed(honest.counts(), count -> count / 100 * 100);
        }
      };
    }
  }

  private static final class EstimateIsLabelledExact extends BrokenStore {
    EstimateIsLabelledExact() {
      kills("CNT-04", "an estimate that is labelled exact");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public RecordCounts estimatedCounts() {
          return changed(honest.counts(), count -> count / 100 * 100);
        }
      };
    }
  }

  private static RecordCounts changed(RecordCounts counts, Map<RecordKind, Long> by) {
    if (!(counts instanceof RecordCounts.Exact exact)) {
      return counts;
    }
    Map<RecordKind, Long> changed = new EnumMap<>(exact.byKind());
    by.forEach((kind, count) -> changed.merge(kind, count, Long::sum));
    return new RecordCounts.Exact(changed);
  }

  /** As a list of tables that nobody went on with. */
  private static final class CountsWhatItKnows extends BrokenStore {
    CountsWhatItKnows() {
      kills("CNT-07", "the tenant's number of OUTBOX_RECORD");
      kills("CNT-08", "the counts after changes that add nothing");
    }

    @Override
    RecordCounts counts(Repositories honest) {
      RecordCounts counts = honest.counts();
      return counts instanceof RecordCounts.Exact exact
          ? changed(counts, Map.of(RecordKind.OUTBOX_RECORD, -exact.of(RecordKind.OUTBOX_RECORD)))
          : counts;
    }
  }

  /** As a counter beside the table does that a cascade passes by. */
  private static final class CountsNothingThatCascades extends BrokenStore {
    private final Map<TenantId, Long> gone = new ConcurrentHashMap<>();

    CountsNothingThatCascades() {
      kills("CNT-08", "the counts after a group was deleted");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public <T> T single(
            TenantId tenant,
            boolean readOnly,
            TransactionOptions options,
            Function<? super Repositories, ? extends T> operation) {
          return honest.single(
              tenant, readOnly, options, records -> operation.apply(counting(tenant, records)));
        }
      };
    }

    private Repositories counting(TenantId tenant, Repositories records) {
      return new ForwardingRepositories<>(records) {
        @Override
        public GroupRepository groups() {
          return new ForwardingGroups(honest.groups()) {
            @Override
            public boolean delete(GroupId id) {
              long members = listMembers(id, PageRequest.of(1_000)).items().size();
              gone.merge(tenant, members, Long::sum);
              return super.delete(id);
            }
          };
        }

        @Override
        public RecordCounts counts() {
          return changed(
              honest.counts(), Map.of(RecordKind.MEMBERSHIP, gone.getOrDefault(tenant, 0L)));
        }
      };
    }
  }

  private static final class TenantsCountTogether extends BrokenStore {
    private final AtomicLong created = new AtomicLong();

    TenantsCountTogether() {
      kills("CNT-01", "the tenant's users");
      kills("CNT-02", "the number of USER");
    }

    @Override
    UserRepository users(Repositories honest) {
      return new ForwardingUsers(honest.users()) {
        @Override
        public User create(UserDraft draft) {
          User user = super.create(draft);
          created.incrementAndGet();
          return user;
        }
      };
    }

    @Override
    RecordCounts counts(Repositories honest) {
      return changed(honest.counts(), count -> created.get());
    }
  }

  /** Counts all tenants before there are tables, but not one of them. */
  private static final class TenantsCountInTables extends BrokenStore {
    TenantsCountInTables() {
      kills("CNT-05", "unexpected NotMigrated");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Repositories tenant(TenantId tenant) {
          return new ForwardingRepositories<>(honest.tenant(tenant)) {
            @Override
            public RecordCounts counts() {
              RecordCounts counts = honest.counts();
              if (counts instanceof RecordCounts.NotReady unready) {
                throw new StoreException.NotMigrated(unready.readiness());
              }
              return counts;
            }
          };
        }
      };
    }
  }

  private static final class NoTablesCountAsZero extends BrokenStore {
    NoTablesCountAsZero() {
      kills("CNT-05", "counts before any table exists: expected NotReady");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public RecordCounts counts() {
          RecordCounts counts = honest.counts();
          return counts instanceof RecordCounts.NotReady
              ? new RecordCounts.Exact(
                  Arrays.stream(RecordKind.values())
                      .collect(Collectors.toMap(Function.identity(), kind -> 0L)))
              : counts;
        }
      };
    }
  }

  /** A tenant's transactions are for the thread that had the first one. */
  private static final class OneThreadOnly extends BrokenStore {
    private final Map<TenantId, Thread> owners = new ConcurrentHashMap<>();

    OneThreadOnly() {
      kills("LIF-01", "unexpected EngineFailure");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          Thread owner = owners.computeIfAbsent(tenant, any -> Thread.currentThread());
          if (!owner.equals(Thread.currentThread())) {
            throw new StoreException.EngineFailure("used from another thread", null);
          }
          return honest.inTransaction(tenant, options, work);
        }
      };
    }
  }

  private static final class CloseIsIgnored extends BrokenStore {
    CloseIsIgnored() {
      kills("LIF-02", "a call of a closed store: expected IllegalUse");
      kills("LIF-05", "a statement after the store was closed: expected IllegalUse");
      kills("LIF-06", "the outcome of the open transaction: expected IllegalUse");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public void close() {}
      };
    }
  }

  /** Notices that it is closed when a transaction is to end. */
  private static final class ClosedStoreRunsCallbacks extends BrokenStore {
    ClosedStoreRunsCallbacks() {
      kills("LIF-02", "how often a callback ran that was given to a closed store: expected 0");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        private volatile boolean closed;

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
      };
    }
  }

  private static final class StoresAreApart extends BrokenStore {
    StoresAreApart() {
      kills("LIF-03", "a user of another store");
      kills("LIF-04", "NotMigrated");
    }

    @Override
    SharedMemory memoryToOpen() {
      return new SharedMemory();
    }
  }

  private static final class OwnTransactionOptions extends BrokenStore {
    OwnTransactionOptions() {
      kills("LIF-07", "the options of the store");
    }

    @Override
    StoreOptions options(StoreOptions honest) {
      return honest.withTransactions(TransactionOptions.defaults());
    }
  }

  /** As a lock is that is asked for with a limit. */
  private static final class InterruptedThreadsAreRefused extends BrokenStore {
    InterruptedThreadsAreRefused() {
      kills("LIF-08", "unexpected Unavailable");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          if (Thread.currentThread().isInterrupted()) {
            throw new StoreException.Unavailable("interrupted", null);
          }
          return honest.inTransaction(tenant, options, work);
        }
      };
    }
  }

  private static final class InterruptsAreSwallowed extends BrokenStore {
    InterruptsAreSwallowed() {
      kills("LIF-08", "the thread is still interrupted after asking for readiness");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Readiness readiness() {
          Thread.interrupted();
          return honest.readiness();
        }
      };
    }
  }

  /** The pause before another attempt ends at once, and with it the attempts. */
  private static final class InterruptedThreadsAreNotRunAgain extends BrokenStore {
    InterruptedThreadsAreNotRunAgain() {
      kills("LIF-08", "unexpected Retryable");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          return honest.inTransaction(
              tenant,
              Thread.currentThread().isInterrupted()
                  ? options.withRetry(RetryPolicy.none())
                  : options,
              work);
        }
      };
    }
  }

  private static final class AlwaysReady extends BrokenStore {
    AlwaysReady() {
      kills("MIG-01", "readiness before any table exists: expected Uninitialised");
      kills("MIG-03", "a call of a store that is not ready: expected NotMigrated");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public Readiness readiness() {
          return new Readiness.Ready(1);
        }
      };
    }
  }

  private static final class AskingMigrates extends BrokenStore {
    AskingMigrates() {
      kills("MIG-02", "readiness, asked by eight threads");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public Readiness readiness() {
          Readiness before = honest.readiness();
          honest.migrate();
          return before;
        }
      };
    }
  }

  private static final class EveryMigrationApplies extends BrokenStore {
    EveryMigrationApplies() {
      kills("MIG-04", "the migrations that all calls applied, each once");
      kills("MIG-11", "what was applied again");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      return new ForwardingEngine(engine) {
        @Override
        public MigrationReport migrate() {
          honest.migrate();
          return new MigrationReport(List.of("0001_records"), 1);
        }
      };
    }
  }

  private static final class SecondMigrationFails extends BrokenStore {
    SecondMigrationFails() {
      kills("MIG-04", "unexpected MigrationFailed");
      kills("MIG-11", "unexpected MigrationFailed");
      kills("MIG-12", "unexpected MigrationFailed");
    }

    @Override
    StorageEngine engine(StorageEngine engine) {
      AtomicBoolean migrated = new AtomicBoolean();
      return new ForwardingEngine(engine) {
        @Override
        public MigrationReport migrate() {
          if (migrated.getAndSet(true)) {
            throw new StoreException.MigrationFailed("relation already exists", null);
          }
          return honest.migrate();
        }
      };
    }
  }

  private static final class NeverReady extends BrokenStore {
    NeverReady() {
      kills("MIG-10", "readiness after migrating");
      kills("MIG-13", "readiness inside a transaction: expected Ready");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public Readiness readiness() {
          return new Readiness.Unreachable("asked too early");
        }
      };
    }
  }

  /**
   * Learns whether there is a schema by making a statement fail, and only for single operations.
   */
  private static final class TransactionsUseNoSchema extends BrokenStore {
    TransactionsUseNoSchema() {
      kills("MIG-03", "expected NotMigrated, but it threw EngineFailure");
    }

    @Override
    UserEngineStore store(UserEngineStore store) {
      return new ForwardingStore(store) {
        @Override
        public <T, X extends Exception> T inTransaction(
            TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X {
          try {
            return honest.inTransaction(tenant, options, work);
          } catch (StoreException.NotMigrated e) {
            throw new StoreException.EngineFailure("42P01", null);
          }
        }
      };
    }
  }

  /** Declares no capability, so that their rules would go unchecked. */
  private static final class DeniesWhatItCan extends BrokenStore {
    DeniesWhatItCan() {
      kills("LIF-04", "declared as not durable, but a user outlived its store");
      kills("LIF-03", "declared as not shared, but another store saw the commit");
      kills("TXN-09", "declared as not serializable, but SERIALIZABLE was accepted");
      kills("MIG-01", "declared as without schema, but it is");
      kills("TXN-11", "declared as not joining, but there is a caller's transaction to join");
    }

    @Override
    public boolean durable() {
      return false;
    }

    @Override
    public boolean sharedBetweenStores() {
      return false;
    }

    @Override
    public boolean serializable() {
      return false;
    }

    @Override
    public boolean joinsCallersTransactions() {
      return false;
    }

    @Override
    public boolean schemaMigrated() {
      return false;
    }
  }
}
