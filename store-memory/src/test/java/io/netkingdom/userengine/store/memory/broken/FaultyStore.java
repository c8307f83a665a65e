package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.ImportOptions;
import io.netkingdom.userengine.store.ImportReport;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRow;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.memory.SharedMemory;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store that is correct but for one fault: what some calls are answered with. It says which rules
 * it must fail, and with which words. Faults that remember something do so in a variable of the
 * method that makes them, so that each store begins anew.
 */
public final class FaultyStore extends RecordCalls<FaultyStore> implements StoreFixture {

  /** Runs work in a transaction, as {@link UserEngineStore#inTransaction} does. */
  @FunctionalInterface
  interface InTransaction {
    @Nullable Object run(
        UserEngineStore honest,
        TenantId tenant,
        TransactionOptions options,
        TransactionWork<Object, RuntimeException> work);
  }

  /** Imports users, as {@link UserEngineStore#importUsers} does. */
  @FunctionalInterface
  interface Import {
    ImportReport run(
        UserEngineStore honest,
        TenantId tenant,
        Iterable<? extends UserRow> source,
        ImportOptions options);
  }

  private final String name;
  private final Map<String, String> failures = new LinkedHashMap<>();
  private Function<Repositories, RecordCalls<?>> calls = records -> this;
  private Consumer<TransactionCalls> transaction = tx -> {};
  private UnaryOperator<StorageEngine> engine = UnaryOperator.identity();
  private UnaryOperator<StoreOptions> options = UnaryOperator.identity();
  private UnaryOperator<UserEngineStore> store = UnaryOperator.identity();
  private Consumer<CallersOwn> callers = own -> {};
  private BiFunction<IsolationLevel, Set<Anomaly>, Set<Anomaly>> permits = (level, some) -> some;
  private UnaryOperator<SharedMemory> memoryToOpen = UnaryOperator.identity();
  private boolean capable = true;
  private SharedMemory memory = new SharedMemory();

  private FaultyStore(String name) {
    this.name = name;
  }

  /** A store without any fault yet. */
  static FaultyStore fault(String name) {
    return new FaultyStore(name);
  }

  static UserCalls<FaultyStore> users(String name) {
    return fault(name).users();
  }

  static IdentityCalls<FaultyStore> identities(String name) {
    return fault(name).identities();
  }

  static GroupCalls<FaultyStore> groups(String name) {
    return fault(name).groups();
  }

  static ProfileCalls<FaultyStore> profiles(String name) {
    return fault(name).profiles();
  }

  static AuditCalls<FaultyStore> audit(String name) {
    return fault(name).audit();
  }

  static OutboxCalls<FaultyStore> outbox(String name) {
    return fault(name).outbox();
  }

  /** States that a rule must fail, with a message that contains these words. */
  FaultyStore mustFail(String rule, String words) {
    failures.put(rule, words);
    return this;
  }

  /** Changes records by what else there is of the tenant's. */
  FaultyStore records(BiConsumer<Repositories, RecordCalls<?>> changes) {
    calls = records -> RecordCalls.calls(fresh -> changes.accept(records, fresh));
    return this;
  }

  /** Changes each transaction when it begins. */
  FaultyStore transaction(Consumer<TransactionCalls> changes) {
    transaction = changes;
    return this;
  }

  FaultyStore engine(UnaryOperator<StorageEngine> change) {
    engine = change;
    return this;
  }

  FaultyStore options(UnaryOperator<StoreOptions> change) {
    options = change;
    return this;
  }

  FaultyStore store(UnaryOperator<UserEngineStore> change) {
    store = change;
    return this;
  }

  FaultyStore inTransaction(InTransaction instead) {
    return store(
        store ->
            new ForwardingStore(store) {
              @Override
              @SuppressWarnings("unchecked") // What comes out is what the work returned or threw.
              public <T, X extends Exception> T inTransaction(
                  TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) {
                return (T)
                    instead.run(
                        honest, tenant, options, (TransactionWork<Object, RuntimeException>) work);
              }
            });
  }

  FaultyStore importUsers(Import instead) {
    return store(
        store ->
            new ForwardingStore(store) {
              @Override
              public ImportReport importUsers(
                  TenantId tenant, Iterable<? extends UserRow> source, ImportOptions options) {
                return instead.run(honest, tenant, source, options);
              }
            });
  }

  /** Changes the single operations of the store, above what checks tokens and transactions. */
  FaultyStore singles(BiConsumer<TenantId, RecordCalls<?>> changes) {
    return store(store -> singles(store, changes));
  }

  static UserEngineStore singles(
      UserEngineStore store, BiConsumer<TenantId, RecordCalls<?>> changes) {
    return new ForwardingStore(store) {
      @Override
      public Repositories tenant(TenantId tenant) {
        return RecordCalls.changed(honest.tenant(tenant), calls -> changes.accept(tenant, calls));
      }
    };
  }

  /** Changes the transaction of the caller's that work joins. */
  FaultyStore callers(Consumer<CallersOwn> change) {
    callers = change;
    return this;
  }

  FaultyStore permits(BiFunction<IsolationLevel, Set<Anomaly>, Set<Anomaly>> instead) {
    permits = instead;
    return this;
  }

  FaultyStore memoryToOpen(UnaryOperator<SharedMemory> instead) {
    memoryToOpen = instead;
    return this;
  }

  FaultyStore declaresNoCapability() {
    capable = false;
    return this;
  }

  SharedMemory memory() {
    return memory;
  }

  /** The name of the fault. */
  public String name() {
    return name;
  }

  /** The rules that must fail, each with words of its message. */
  public Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  @Override
  public String adapter() {
    return "broken-memory";
  }

  @Override
  public UserEngineStore open(StoreOptions asked) {
    StoreOptions used = options.apply(asked);
    StorageEngine opened = engine.apply(new Engine(memoryToOpen.apply(memory).open(used.clock())));
    return store.apply(new TransactionalStore(opened, used));
  }

  @Override
  public void reset() {
    memory = new SharedMemory();
  }

  @Override
  public void close() {}

  @Override
  public boolean durable() {
    return capable;
  }

  @Override
  public boolean sharedBetweenStores() {
    return capable;
  }

  @Override
  public boolean serializable() {
    return capable;
  }

  @Override
  public boolean schemaMigrated() {
    return capable;
  }

  @Override
  public boolean joinsCallersTransactions() {
    return capable;
  }

  @Override
  public Optional<CallerTransaction> callerTransaction() {
    CallersOwn own = new CallersOwn(new Engine(memory.open(InstantSource.system())));
    callers.accept(own);
    return Optional.of(own);
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return permits.apply(
        level,
        switch (level) {
          case READ_COMMITTED ->
              EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
          case SERIALIZABLE -> EnumSet.noneOf(Anomaly.class);
        });
  }

  /** The engine whose records and transactions the fault changes. */
  private final class Engine extends ForwardingEngine {

    Engine(StorageEngine honest) {
      super(honest);
    }

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
          records -> operation.apply(new FaultyRecords<>(records, calls.apply(records))));
    }

    @Override
    public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
      EngineTransaction begun = honest.begin(tenant, options);
      EngineTransaction changed =
          new FaultyRecords.Transaction(begun, calls.apply(begun), begun::commit, begun::rollback);
      TransactionCalls tx = new TransactionCalls(changed, tenant, options, this);
      transaction.accept(tx);
      return tx.transaction();
    }
  }
}
