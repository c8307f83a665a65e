package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.users;

import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What goes wrong with tenants, time and counts. */
final class StoreFaults {

  private StoreFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        // Text that nothing can be called is looked up nevertheless, and found to be nobody's.
        fault("LenientLookup")
            .singles((tenant, calls) -> calls.users().instead(StoreFaults::lenient))
            .mustFail(
                "KEY-02", "looking for a name that the profile forbids: expected InvalidInput")
            .mustFail("KEY-05", "looking for a user of that name: expected InvalidInput")
            .mustFail("TXT-05", "a longer address: expected InvalidInput")
            .mustFail("ERR-01", "expected InvalidInput, but it returned normally"),
        oneTenantForAll(),
        deleteIgnoresTheTenant(),
        fault("OwnClock")
            .options(honest -> honest.withClock(InstantSource.system()))
            .mustFail("USR-08", "lastModified after the clock moved on")
            .mustFail("USR-09", "created, by the clock that the store was given"),
        // As a database does that keeps microseconds of what it is given in nanoseconds.
        clock("RoundsUp", now -> now.plusNanos(500))
            .mustFail("TXT-01", "created, cut to microseconds"),
        clock("WholeMilliseconds", now -> now.truncatedTo(ChronoUnit.MILLIS))
            .mustFail("TXT-06", "created: expected 0001-01-01T00:00:00.000001Z"),
        fault("EstimatesCounts")
            .store(
                store ->
                    new ForwardingStore(store) {
                      @Override
                      public RecordCounts counts() {
                        return countedUsers(honest.counts(), count -> count / 100 * 100);
                      }
                    })
            .mustFail("CNT-01", "users overall"),
        fault("EstimateIsLabelledExact")
            .engine(
                engine ->
                    new ForwardingEngine(engine) {
                      @Override
                      public RecordCounts estimatedCounts() {
                        return countedUsers(honest.counts(), count -> count / 100 * 100);
                      }
                    })
            .mustFail("CNT-04", "an estimate that is labelled exact"),
        // As a list of tables that nobody went on with.
        fault("CountsWhatItKnows")
            .counts(honest -> changed(honest.counts(), RecordKind.OUTBOX_RECORD, count -> 0))
            .mustFail("CNT-07", "the tenant's number of OUTBOX_RECORD")
            .mustFail("CNT-08", "the counts after changes that add nothing"),
        countsNothingThatCascades(),
        tenantsCountTogether(),
        // Counts all tenants before there are tables, but not one of them.
        fault("TenantsCountInTables")
            .singles(
                (tenant, calls) ->
                    calls.counts(
                        honest -> {
                          RecordCounts counts = honest.counts();
                          if (counts instanceof RecordCounts.NotReady unready) {
                            throw new StoreException.NotMigrated(unready.readiness());
                          }
                          return counts;
                        }))
            .mustFail("CNT-05", "unexpected NotMigrated"),
        fault("NoTablesCountAsZero")
            .engine(
                engine ->
                    new ForwardingEngine(engine) {
                      @Override
                      public RecordCounts counts() {
                        RecordCounts counts = honest.counts();
                        return counts instanceof RecordCounts.NotReady
                            ? new RecordCounts.Exact(
                                Arrays.stream(RecordKind.values())
                                    .collect(Collectors.toMap(Function.identity(), kind -> 0L)))
                            : counts;
                      }
                    })
            .mustFail("CNT-05", "counts before any table exists: expected NotReady"));
  }

  private static FaultyStore clock(String name, UnaryOperator<Instant> change) {
    return fault(name)
        .options(
            honest -> {
              InstantSource clock = honest.clock();
              return honest.withClock(() -> change.apply(clock.instant()));
            });
  }

  private static UserRepository lenient(UserRepository users) {
    return new UserCalls.Answering(users, new UserCalls<>(users)) {
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
    };
  }

  private static FaultyStore oneTenantForAll() {
    TenantId all = TenantId.of("all");
    return fault("OneTenantForAll")
        .store(
            store ->
                new ForwardingStore(store) {
                  @Override
                  public Repositories tenant(TenantId tenant) {
                    return honest.tenant(all);
                  }

                  @Override
                  public <T, X extends Exception> T inTransaction(
                      TenantId tenant, TransactionOptions options, TransactionWork<T, X> work)
                      throws X {
                    return honest.inTransaction(all, options, work);
                  }
                })
        .mustFail("KEY-08", "unexpected Conflict");
  }

  private static FaultyStore deleteIgnoresTheTenant() {
    Set<TenantId> tenants = ConcurrentHashMap.newKeySet();
    return fault("DeleteIgnoresTheTenant")
        .store(
            store ->
                FaultyStore.singles(
                    store,
                    (tenant, calls) -> {
                      tenants.add(tenant);
                      // Its own first: inside a transaction no other tenant can be reached.
                      calls
                          .users()
                          .delete(
                              (honest, id) ->
                                  honest.delete(id)
                                      || tenants.stream()
                                          .filter(other -> !other.equals(tenant))
                                          .anyMatch(
                                              other -> store.tenant(other).users().delete(id)));
                    }))
        .mustFail("DEL-04", "deleting another tenant's user: expected false");
  }

  /** As a counter beside the table does that a cascade passes by. */
  private static FaultyStore countsNothingThatCascades() {
    Map<TenantId, Long> gone = new ConcurrentHashMap<>();
    return fault("CountsNothingThatCascades")
        .engine(
            engine ->
                new ForwardingEngine(engine) {
                  @Override
                  public <T> T single(
                      TenantId tenant,
                      boolean readOnly,
                      TransactionOptions options,
                      Function<? super Repositories, ? extends T> operation) {
                    return honest.single(
                        tenant,
                        readOnly,
                        options,
                        records -> operation.apply(counting(records, tenant, gone)));
                  }
                })
        .mustFail("CNT-08", "the counts after a group was deleted");
  }

  private static Repositories counting(
      Repositories records, TenantId tenant, Map<TenantId, Long> gone) {
    return RecordCalls.changed(
        records,
        calls -> {
          calls
              .groups()
              .delete(
                  (honest, id) -> {
                    long members = honest.listMembers(id, PageRequest.of(1_000)).items().size();
                    gone.merge(tenant, members, Long::sum);
                    return honest.delete(id);
                  });
          calls.counts(
              honest ->
                  changed(
                      honest.counts(),
                      RecordKind.MEMBERSHIP,
                      count -> count + gone.getOrDefault(tenant, 0L)));
        });
  }

  private static FaultyStore tenantsCountTogether() {
    AtomicLong created = new AtomicLong();
    return users("TenantsCountTogether")
        .create(
            (honest, draft) -> {
              User user = honest.create(draft);
              created.incrementAndGet();
              return user;
            })
        .counts(honest -> countedUsers(honest.counts(), count -> created.get()))
        .mustFail("CNT-01", "the tenant's users")
        .mustFail("CNT-02", "the number of USER");
  }

  private static RecordCounts countedUsers(RecordCounts counts, LongUnaryOperator change) {
    return changed(counts, RecordKind.USER, change);
  }

  private static RecordCounts changed(
      RecordCounts counts, RecordKind kind, LongUnaryOperator change) {
    if (!(counts instanceof RecordCounts.Exact exact)) {
      return counts;
    }
    Map<RecordKind, Long> changed = new EnumMap<>(exact.byKind());
    changed.put(kind, change.applyAsLong(exact.of(kind)));
    return new RecordCounts.Exact(changed);
  }
}
