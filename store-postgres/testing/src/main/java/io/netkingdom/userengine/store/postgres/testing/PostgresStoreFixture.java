package io.netkingdom.userengine.store.postgres.testing;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the conformance kit on a store in PostgreSQL, through whichever driver is there. The kit's
 * command line finds it on the class path.
 */
@AutoService(StoreFixture.class)
public final class PostgresStoreFixture implements StoreFixture {

  // PostgreSQL manual, section 27.2.3.
  private static final String IS_SOMEBODY_WAITING =
      """
      SELECT EXISTS (
        SELECT 1 FROM pg_catalog.pg_stat_activity
        WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND wait_event_type OPERATOR(pg_catalog.=) 'Lock')
      """;

  private final Supplier<LiveDatabase> source;
  private final String adapter;
  private @Nullable LiveDatabase found;

  /**
   * A fixture on the database that the environment names, under the adapter's name {@code
   * postgres}. Where there is none, or it must not be reset, beginning a run is refused with a
   * {@link LiveRefusal}.
   */
  public PostgresStoreFixture() {
    this(LiveDatabase::fromEnvironment, "postgres");
  }

  /** A fixture on a database that may be reset, under the adapter's name {@code postgres}. */
  public PostgresStoreFixture(LiveDatabase database) {
    this(database, "postgres");
  }

  /**
   * A fixture on a database that may be reset.
   *
   * @param adapter the name in reports, for runs that differ in what a ledger does not tell
   */
  public PostgresStoreFixture(LiveDatabase database, String adapter) {
    this(() -> database, adapter);
    Objects.requireNonNull(database, "database");
  }

  private PostgresStoreFixture(Supplier<LiveDatabase> source, String adapter) {
    this.source = source;
    this.adapter = Objects.requireNonNull(adapter, "adapter");
  }

  /** Looked for when it is needed, so that a fixture that is merely found has no effect. */
  private LiveDatabase database() {
    LiveDatabase database = found;
    if (database == null) {
      database = source.get();
      found = database;
    }
    return database;
  }

  @Override
  public String adapter() {
    return adapter;
  }

  @Override
  public Environment environment() {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version")) {
      row.next();
      // Distributors append what they built it on.
      String version = row.getString(1).replaceAll(" .*", "");
      String product = connection.getMetaData().getDatabaseProductName();
      return new Environment(product + " " + version, database().driver());
    } catch (SQLException e) {
      throw new LiveRefusal("the server did not tell its version, SQLSTATE " + e.getSQLState());
    }
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    Objects.requireNonNull(options, "options");
    return database().open(options);
  }

  @Override
  public boolean isSomebodyWaiting() {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IS_SOMEBODY_WAITING)) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw new LiveRefusal("the server did not tell who waits, SQLSTATE " + e.getSQLState());
    }
  }

  @Override
  public void reset() {
    database().reset();
  }

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
  public Optional<CallerTransaction> callerTransaction() {
    return Optional.of(JdbcCallerTransaction.begin(database()::connect, database().schema()));
  }

  /** As PostgreSQL documents its levels; READ COMMITTED reads each statement in a snapshot. */
  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    Objects.requireNonNull(level, "level");
    return switch (level) {
      case READ_COMMITTED ->
          EnumSet.of(Anomaly.PMP, Anomaly.P4, Anomaly.G_SINGLE, Anomaly.G2_ITEM, Anomaly.G2);
      case SERIALIZABLE -> EnumSet.noneOf(Anomaly.class);
    };
  }

  /** Leaves the database as empty as it found it. */
  @Override
  public void close() {
    if (found != null) {
      found.reset();
    }
  }
}
