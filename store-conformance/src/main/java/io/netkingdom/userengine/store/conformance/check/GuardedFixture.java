package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Exemption;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Tells what the fixture throws from what a store throws. */
record GuardedFixture(StoreFixture fixture) implements StoreFixture {

  private static <T> T guarded(String call, Supplier<T> fixture) {
    try {
      return fixture.get();
    } catch (RuntimeException | Error e) {
      throw new FixtureFailedException(call, e);
    }
  }

  private static void guarded(String call, Runnable fixture) {
    guarded(
        call,
        () -> {
          fixture.run();
          return true;
        });
  }

  @Override
  public String adapter() {
    return guarded("adapter()", fixture::adapter);
  }

  @Override
  public Environment environment() {
    return guarded("environment()", fixture::environment);
  }

  @Override
  public List<Exemption> exemptions() {
    return guarded("exemptions()", fixture::exemptions);
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    return guarded("open(StoreOptions)", () -> fixture.open(options));
  }

  @Override
  public Optional<CallerTransaction> callerTransaction() {
    return guarded("callerTransaction()", fixture::callerTransaction);
  }

  @Override
  public boolean isSomebodyWaiting() {
    return guarded("isSomebodyWaiting()", fixture::isSomebodyWaiting);
  }

  @Override
  public boolean durable() {
    return guarded("durable()", fixture::durable);
  }

  @Override
  public boolean sharedBetweenStores() {
    return guarded("sharedBetweenStores()", fixture::sharedBetweenStores);
  }

  @Override
  public boolean serializable() {
    return guarded("serializable()", fixture::serializable);
  }

  @Override
  public boolean schemaMigrated() {
    return guarded("schemaMigrated()", fixture::schemaMigrated);
  }

  @Override
  public boolean joinsCallersTransactions() {
    return guarded("joinsCallersTransactions()", fixture::joinsCallersTransactions);
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return guarded("permits(IsolationLevel)", () -> fixture.permits(level));
  }

  @Override
  public void reset() {
    guarded("reset()", fixture::reset);
  }

  @Override
  public void close() {
    guarded("close()", fixture::close);
  }
}
