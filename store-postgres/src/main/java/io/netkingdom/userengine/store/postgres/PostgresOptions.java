package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.postgres.migration.Layout;
import io.netkingdom.userengine.store.postgres.migration.MigrationSettings;
import io.netkingdom.userengine.store.postgres.migration.Migrator;
import io.netkingdom.userengine.store.postgres.schema.MigrationCallback;
import io.netkingdom.userengine.store.postgres.session.Statements;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a store on PostgreSQL is opened with. Immutable. */
public final class PostgresOptions {

  private static final Duration LONGEST = Duration.ofHours(1);
  // HikariCP's own floor.
  private static final Duration SHORTEST_CONNECTION_TIMEOUT = Duration.ofMillis(250);

  private static final PostgresOptions DEFAULTS = new PostgresOptions(new Values());

  private final StoreOptions store;
  private final String schema;
  private final @Nullable String provider;
  private final int poolSize;
  private final Duration connectionTimeout;
  private final Duration readinessTimeout;
  private final MigrationCallback afterMigration;
  private final int tenantPartitions;
  private final boolean rowLevelSecurity;

  /** What options are made of, while they are made. */
  private static final class Values {
    private StoreOptions store = StoreOptions.defaults();
    private String schema = "public";
    private @Nullable String provider;
    private int poolSize = 10;
    private Duration connectionTimeout = Duration.ofSeconds(10);
    private Duration readinessTimeout = Duration.ofSeconds(5);
    private MigrationCallback afterMigration = MigrationCallback.none();
    private int tenantPartitions;
    private boolean rowLevelSecurity;
  }

  private PostgresOptions(Values values) {
    this.store = values.store;
    this.schema = values.schema;
    this.provider = values.provider;
    this.poolSize = values.poolSize;
    this.connectionTimeout = values.connectionTimeout;
    this.readinessTimeout = values.readinessTimeout;
    this.afterMigration = values.afterMigration;
    this.tenantPartitions = values.tenantPartitions;
    this.rowLevelSecurity = values.rowLevelSecurity;
  }

  private PostgresOptions with(Consumer<Values> change) {
    Values values = new Values();
    values.store = store;
    values.schema = schema;
    values.provider = provider;
    values.poolSize = poolSize;
    values.connectionTimeout = connectionTimeout;
    values.readinessTimeout = readinessTimeout;
    values.afterMigration = afterMigration;
    values.tenantPartitions = tenantPartitions;
    values.rowLevelSecurity = rowLevelSecurity;
    change.accept(values);
    return new PostgresOptions(values);
  }

  /**
   * The schema {@code public}, the best provider, 10 connections, 10 s and 5 s to wait, no wish as
   * to partitions.
   */
  public static PostgresOptions defaults() {
    return DEFAULTS;
  }

  /** What every adapter can be opened with. */
  public StoreOptions store() {
    return store;
  }

  /** The same with other options of the kind that every adapter has. */
  public PostgresOptions withStore(StoreOptions store) {
    Objects.requireNonNull(store, "store");
    return with(values -> values.store = store);
  }

  /**
   * The schema that holds the tables, exactly as the catalogue has it; it must exist. 1 to 63
   * bytes.
   */
  public String schema() {
    return schema;
  }

  /**
   * The same in another schema.
   *
   * @throws StoreException.InvalidInput if it is out of its range
   */
  public PostgresOptions withSchema(String schema) {
    Objects.requireNonNull(schema, "schema");
    String name = new SchemaName(schema).value();
    return with(values -> values.schema = name);
  }

  /**
   * The name of the connection provider to use, or null for the best one on the class path; of no
   * effect on a store that is given a DataSource.
   */
  public @Nullable String provider() {
    return provider;
  }

  /** The same through the connection provider of that name. */
  public PostgresOptions withProvider(@Nullable String provider) {
    return with(values -> values.provider = provider);
  }

  /**
   * How many connections the store's own pool holds at the most, 1 to 1,000; of no effect on a
   * store that is given a DataSource.
   */
  public int poolSize() {
    return poolSize;
  }

  /**
   * The same with another bound on the connections of the store's own pool.
   *
   * @throws StoreException.InvalidInput if it is out of its range
   */
  public PostgresOptions withPoolSize(int poolSize) {
    if (poolSize < 1 || poolSize > 1_000) {
      throw new StoreException.InvalidInput("poolSize", "is not between 1 and 1,000");
    }
    return with(values -> values.poolSize = poolSize);
  }

  /**
   * How long to wait for a connection of the store's own, out of its pool or beside it, 250 ms to 1
   * hour.
   */
  public Duration connectionTimeout() {
    return connectionTimeout;
  }

  /**
   * The same with another bound on waiting for a connection of the store's own pool.
   *
   * @throws StoreException.InvalidInput if it is out of its range
   */
  public PostgresOptions withConnectionTimeout(Duration connectionTimeout) {
    Objects.requireNonNull(connectionTimeout, "connectionTimeout");
    requireBetween("connectionTimeout", SHORTEST_CONNECTION_TIMEOUT, connectionTimeout);
    return with(values -> values.connectionTimeout = connectionTimeout);
  }

  /** How long a server may take to answer when it is asked for its readiness, 1 ms to 1 hour. */
  public Duration readinessTimeout() {
    return readinessTimeout;
  }

  /**
   * The same with another bound on waiting for an answer about readiness.
   *
   * @throws StoreException.InvalidInput if it is out of its range
   */
  public PostgresOptions withReadinessTimeout(Duration readinessTimeout) {
    Objects.requireNonNull(readinessTimeout, "readinessTimeout");
    requireBetween("readinessTimeout", Duration.ofMillis(1), readinessTimeout);
    return with(values -> values.readinessTimeout = readinessTimeout);
  }

  /** What to do in the transaction of every migration. */
  public MigrationCallback afterMigration() {
    return afterMigration;
  }

  /** The same with work to be done in the transaction of every migration. */
  public PostgresOptions withAfterMigration(MigrationCallback afterMigration) {
    Objects.requireNonNull(afterMigration, "afterMigration");
    return with(values -> values.afterMigration = afterMigration);
  }

  /**
   * Into how many partitions, by the tenant's hash, {@link
   * io.netkingdom.userengine.store.UserEngineStore#migrate} divides each table that it makes, 2 to
   * 1,024; 0 for as many as the tables have that are there, and for plain tables where there are
   * none. Tables that are there are not converted: where these have another number, migrate fails
   * with {@link StoreException.MigrationFailed} and changes nothing. Nothing else depends on it: a
   * store is ready on tables of either kind, whatever was asked for. PostgreSQL manual, section
   * 5.12.
   */
  public int tenantPartitions() {
    return tenantPartitions;
  }

  /**
   * The same with another number of partitions of each table that is made.
   *
   * @throws StoreException.InvalidInput if it is out of its range
   */
  public PostgresOptions withTenantPartitions(int tenantPartitions) {
    if (tenantPartitions != 0
        && (tenantPartitions < 2 || tenantPartitions > Layout.MOST_PARTITIONS)) {
      throw new StoreException.InvalidInput(
          "tenantPartitions", "is neither 0 nor between 2 and 1,024");
    }
    return with(values -> values.tenantPartitions = tenantPartitions);
  }

  /**
   * Whether row level security that applies to the role is meant. The store believes what it sees:
   * policies that keep rows of a tenant from the role make it answer that there is no such record.
   * False makes readiness {@link io.netkingdom.userengine.store.Readiness.Restricted} where any
   * applies. PostgreSQL manual, section 5.9.
   */
  public boolean rowLevelSecurity() {
    return rowLevelSecurity;
  }

  /** The same, on tables whose policies of row level security are meant, or not. */
  public PostgresOptions withRowLevelSecurity(boolean rowLevelSecurity) {
    return with(values -> values.rowLevelSecurity = rowLevelSecurity);
  }

  private static void requireBetween(String field, Duration shortest, Duration value) {
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new StoreException.InvalidInput(
          field, "is not between " + shortest.toMillis() + " ms and 1 hour");
    }
  }

  /** A migrator of that schema. */
  Migrator migrator() {
    return new Migrator(
        new MigrationSettings(
            new SchemaName(schema),
            afterMigration,
            new Layout(tenantPartitions),
            readinessTimeout,
            store.transactions().readOnly(),
            rowLevelSecurity));
  }

  /** The statements of that schema, at the level that a migrator found. */
  Statements statements(Migrator migrator) {
    return new Statements(new SchemaName(schema), store, migrator.defaultLevel());
  }

  @Override
  public String toString() {
    return "PostgresOptions[store="
        + store
        + ", schema="
        + schema
        + ", provider="
        + provider
        + ", poolSize="
        + poolSize
        + ", connectionTimeout="
        + connectionTimeout
        + ", readinessTimeout="
        + readinessTimeout
        + ", tenantPartitions="
        + tenantPartitions
        + ", rowLevelSecurity="
        + rowLevelSecurity
        + "]";
  }
}
