package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserRepository;
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
import java.util.function.Function;

/**
 * A store that is correct but for one sin, which the subclass commits by overriding one of the
 * methods below. It says which rules it must fail, and with which words.
 */
public abstract class BrokenStore implements StoreFixture {

  private final Map<String, String> kills = new LinkedHashMap<>();
  private SharedMemory memory = new SharedMemory();

  /** States that a rule must fail, with a message that contains these words. */
  final void kills(String rule, String words) {
    kills.put(rule, words);
  }

  /** The rules that must fail, each with words of its message. */
  public final Map<String, String> kills() {
    return Collections.unmodifiableMap(kills);
  }

  /** The name of the sin. */
  public final String name() {
    return getClass().getSimpleName();
  }

  StoreOptions options(StoreOptions honest) {
    return honest;
  }

  UserEngineStore store(UserEngineStore honest) {
    return honest;
  }

  StorageEngine engine(StorageEngine honest) {
    return honest;
  }

  EngineTransaction transaction(
      EngineTransaction honest, TenantId tenant, TransactionOptions options) {
    return honest;
  }

  UserRepository users(Repositories honest) {
    return honest.users();
  }

  FederatedIdentityRepository identities(Repositories honest) {
    return honest.identities();
  }

  GroupRepository groups(Repositories honest) {
    return honest.groups();
  }

  ProfileRepository profiles(Repositories honest) {
    return honest.profiles();
  }

  AuditRepository audit(Repositories honest) {
    return honest.audit();
  }

  OutboxRepository outbox(Repositories honest) {
    return honest.outbox();
  }

  RecordCounts counts(Repositories honest) {
    return honest.counts();
  }

  final SharedMemory memory() {
    return memory;
  }

  /** What the next store is opened on. */
  SharedMemory memoryToOpen() {
    return memory;
  }

  @Override
  public final String adapter() {
    return "broken-memory";
  }

  @Override
  public final UserEngineStore open(StoreOptions options) {
    StoreOptions used = options(options);
    StorageEngine engine = engine(new Engine(memoryToOpen().open(used.clock())));
    return store(new TransactionalStore(engine, used));
  }

  @Override
  public final void reset() {
    memory = new SharedMemory();
  }

  @Override
  public final void close() {}

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public boolean sharedBetweenStores() {
    return true;
  }

  @Override
  public boolean serializable() {
    return true;
  }

  @Override
  public boolean schemaMigrated() {
    return true;
  }

  @Override
  public boolean joinsCallersTransactions() {
    return true;
  }

  @Override
  public final Optional<CallerTransaction> callerTransaction() {
    return Optional.of(callers(new CallersOwn(new Engine(memory.open(InstantSource.system())))));
  }

  /** The transaction of the memory adapter itself. */
  static EngineTransaction honest(EngineTransaction transaction) {
    if (transaction instanceof SpoiledTransaction spoiled) {
      return honest(spoiled.honest);
    }
    if (transaction instanceof ForwardingTransaction forwarding) {
      return honest(forwarding.honest);
    }
    return transaction;
  }

  /** What the sin makes of work in a transaction of the caller's. */
  CallerTransaction callers(CallersOwn honest) {
    return honest;
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return switch (level) {
      case READ_COMMITTED ->
          EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
      case SERIALIZABLE -> EnumSet.noneOf(Anomaly.class);
    };
  }

  /** The engine whose repositories the sin may replace. */
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
          tenant, readOnly, options, records -> operation.apply(new Spoiled(records)));
    }

    @Override
    public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
      EngineTransaction begun = honest.begin(tenant, options);
      return transaction(new SpoiledTransaction(begun), tenant, options);
    }
  }

  private class Spoiled implements Repositories {
    private final Repositories honest;

    Spoiled(Repositories honest) {
      this.honest = honest;
    }

    @Override
    public UserRepository users() {
      return BrokenStore.this.users(honest);
    }

    @Override
    public FederatedIdentityRepository identities() {
      return BrokenStore.this.identities(honest);
    }

    @Override
    public GroupRepository groups() {
      return BrokenStore.this.groups(honest);
    }

    @Override
    public ProfileRepository profiles() {
      return BrokenStore.this.profiles(honest);
    }

    @Override
    public AuditRepository audit() {
      return BrokenStore.this.audit(honest);
    }

    @Override
    public OutboxRepository outbox() {
      return BrokenStore.this.outbox(honest);
    }

    @Override
    public RecordCounts counts() {
      return BrokenStore.this.counts(honest);
    }
  }

  private final class SpoiledTransaction extends Spoiled implements EngineTransaction {
    private final EngineTransaction honest;

    SpoiledTransaction(EngineTransaction honest) {
      super(honest);
      this.honest = honest;
    }

    @Override
    public void commit() {
      honest.commit();
    }

    @Override
    public void rollback() {
      honest.rollback();
    }
  }

  /** Passes everything on. */
  static class ForwardingEngine implements StorageEngine {
    final StorageEngine honest;

    ForwardingEngine(StorageEngine honest) {
      this.honest = honest;
    }

    @Override
    public <T> T single(
        TenantId tenant,
        boolean readOnly,
        TransactionOptions options,
        Function<? super Repositories, ? extends T> operation) {
      return honest.single(tenant, readOnly, options, operation);
    }

    @Override
    public EngineTransaction begin(TenantId tenant, TransactionOptions options) {
      return honest.begin(tenant, options);
    }

    @Override
    public Readiness readiness() {
      return honest.readiness();
    }

    @Override
    public MigrationReport migrate() {
      return honest.migrate();
    }

    @Override
    public RecordCounts counts() {
      return honest.counts();
    }

    @Override
    public RecordCounts estimatedCounts() {
      return honest.estimatedCounts();
    }

    @Override
    public void close() {
      honest.close();
    }
  }

  /** Passes everything on. */
  static class ForwardingTransaction extends ForwardingRepositories<EngineTransaction>
      implements EngineTransaction {

    ForwardingTransaction(EngineTransaction honest) {
      super(honest);
    }

    @Override
    public void commit() {
      honest.commit();
    }

    @Override
    public void rollback() {
      honest.rollback();
    }
  }
}
