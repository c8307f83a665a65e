package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.UserEngineStore;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A fixture of stores that hold nothing: enough for the kit's machinery, and for no rule. */
public class BareFixture implements StoreFixture {

  /** A secret, as a driver's exception may hold one. */
  public static final String CANARY = "canary-7d2e";

  /** How many stores were opened, and closed; and how often the fixture was closed. */
  public final AtomicInteger opened = new AtomicInteger();

  public final AtomicInteger closed = new AtomicInteger();
  public final AtomicInteger fixtureClosed = new AtomicInteger();

  @Override
  public String adapter() {
    return "bare";
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    opened.incrementAndGet();
    return new BareStore(options);
  }

  @Override
  public void reset() {}

  @Override
  public void close() {
    fixtureClosed.incrementAndGet();
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
  public boolean schemaMigrated() {
    return false;
  }

  @Override
  public boolean joinsCallersTransactions() {
    return false;
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return Set.of();
  }

  private final class BareStore implements UserEngineStore {
    private final StoreOptions options;

    BareStore(StoreOptions options) {
      this.options = options;
    }

    @Override
    public StoreOptions options() {
      return options;
    }

    @Override
    public Repositories tenant(TenantId tenant) {
      throw new IllegalStateException("postgresql://app:" + CANARY + "@db.example/accounts");
    }

    @Override
    public <T, X extends Exception> T inTransaction(
        TenantId tenant, TransactionOptions transaction, TransactionWork<T, X> work) {
      throw new IllegalStateException("password=" + CANARY);
    }

    @Override
    public Readiness readiness() {
      return new Readiness.Ready(0);
    }

    @Override
    public MigrationReport migrate() {
      return new MigrationReport(List.of(), 0);
    }

    @Override
    public RecordCounts counts() {
      return new RecordCounts.Exact(
          Arrays.stream(RecordKind.values())
              .collect(Collectors.toMap(Function.identity(), kind -> 0L)));
    }

    @Override
    public RecordCounts estimatedCounts() {
      return counts();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
