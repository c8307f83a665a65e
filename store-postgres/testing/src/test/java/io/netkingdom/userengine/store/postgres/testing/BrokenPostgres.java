package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlFault;
import java.util.Optional;
import java.util.Set;

/** The PostgreSQL store on a real server, with a {@link SqlFault} in between. */
final class BrokenPostgres implements StoreFixture {

  private final LiveDatabase database;
  private final PostgresStoreFixture sound;
  private final RewritingSource source;

  BrokenPostgres(LiveDatabase database, SqlFault fault) {
    this.database = database;
    this.sound = new PostgresStoreFixture(database);
    this.source = new RewritingSource(database, fault);
  }

  @Override
  public String adapter() {
    return "broken-postgres";
  }

  @Override
  public Environment environment() {
    return sound.environment();
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    return PostgresUserEngineStore.open(
        source,
        PostgresOptions.defaults()
            .withStore(options)
            .withSchema(database.schema())
            .withAfterMigration(Marker::write));
  }

  @Override
  public Optional<CallerTransaction> callerTransaction() {
    return Optional.of(JdbcCallerTransaction.begin(source::getConnection, database.schema()));
  }

  @Override
  public boolean isSomebodyWaiting() {
    return sound.isSomebodyWaiting();
  }

  /** Cuts off what a failed check left open, so that it holds no lock. */
  @Override
  public void reset() {
    source.closeAll();
    database.reset();
  }

  /** The tables stay: the next run begins with dropping them. */
  @Override
  public void close() {
    source.closeAll();
  }

  @Override
  public boolean durable() {
    return sound.durable();
  }

  @Override
  public boolean sharedBetweenStores() {
    return sound.sharedBetweenStores();
  }

  @Override
  public boolean serializable() {
    return sound.serializable();
  }

  @Override
  public boolean schemaMigrated() {
    return sound.schemaMigrated();
  }

  @Override
  public boolean joinsCallersTransactions() {
    return sound.joinsCallersTransactions();
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return sound.permits(level);
  }
}
