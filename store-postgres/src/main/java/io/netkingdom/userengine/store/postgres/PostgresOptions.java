package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a store on PostgreSQL is opened with. Immutable.
 *
 * @param store what every adapter can be opened with
 * @param schema the schema that holds the tables, exactly as the catalogue has it; it must exist. 1
 *     to 63 bytes
 * @param provider the name of the connection provider to use, or null for the best one on the class
 *     path; of no effect on a store that is given a DataSource
 * @param poolSize how many connections the store's own pool holds at the most, 1 to 1,000; of no
 *     effect on a store that is given a DataSource
 * @param connectionTimeout how long to wait for a connection of the store's own, out of its pool or
 *     beside it, 250 ms to 1 hour
 * @param readinessTimeout how long a server may take to answer when it is asked for its readiness,
 *     1 ms to 1 hour
 * @param afterMigration what to do in the transaction of every migration
 * @param tenantPartitions into how many partitions, by the tenant's hash, {@link
 *     io.netkingdom.userengine.store.UserEngineStore#migrate} divides each table that it makes, 2
 *     to 1,024; 0 for as many as the tables have that are there, and for plain tables where there
 *     are none. Tables that are there are not converted: where these have another number, migrate
 *     fails with {@link StoreException.MigrationFailed} and changes nothing. Nothing else depends
 *     on it: a store is ready on tables of either kind, whatever was asked for. PostgreSQL manual,
 *     section 5.12
 * @param rowLevelSecurity whether row level security that applies to the role is meant. The store
 *     believes what it sees: policies that keep rows of a tenant from the role make it answer that
 *     there is no such record. False makes readiness {@link
 *     io.netkingdom.userengine.store.Readiness.Restricted} where any applies. PostgreSQL manual,
 *     section 5.9
 */
public record PostgresOptions(
    StoreOptions store,
    String schema,
    @Nullable String provider,
    int poolSize,
    Duration connectionTimeout,
    Duration readinessTimeout,
    MigrationCallback afterMigration,
    int tenantPartitions,
    boolean rowLevelSecurity) {

  private static final Duration LONGEST = Duration.ofHours(1);
  // HikariCP's own floor.
  private static final Duration SHORTEST_CONNECTION_TIMEOUT = Duration.ofMillis(250);

  private static final PostgresOptions DEFAULTS =
      new PostgresOptions(
          StoreOptions.defaults(),
          "public",
          null,
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          MigrationCallback.none(),
          0,
          false);

  /**
   * @throws StoreException.InvalidInput if a value is out of its range
   */
  public PostgresOptions {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(connectionTimeout, "connectionTimeout");
    Objects.requireNonNull(readinessTimeout, "readinessTimeout");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(afterMigration, "afterMigration");
    schema = new SchemaName(schema).value();
    if (poolSize < 1 || poolSize > 1_000) {
      throw new StoreException.InvalidInput("poolSize", "is not between 1 and 1,000");
    }
    if (tenantPartitions != 0
        && (tenantPartitions < 2 || tenantPartitions > Layout.MOST_PARTITIONS)) {
      throw new StoreException.InvalidInput(
          "tenantPartitions", "is neither 0 nor between 2 and 1,024");
    }
    requireBetween("connectionTimeout", SHORTEST_CONNECTION_TIMEOUT, connectionTimeout);
    requireBetween("readinessTimeout", Duration.ofMillis(1), readinessTimeout);
  }

  private static void requireBetween(String field, Duration shortest, Duration value) {
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new StoreException.InvalidInput(
          field, "is not between " + shortest.toMillis() + " ms and 1 hour");
    }
  }

  /**
   * The schema {@code public}, the best provider, 10 connections, 10 s and 5 s to wait, no wish as
   * to partitions.
   */
  public static PostgresOptions defaults() {
    return DEFAULTS;
  }

  /** The same with other options of the kind that every adapter has. */
  public PostgresOptions withStore(StoreOptions store) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same in another schema. */
  public PostgresOptions withSchema(String schema) {
    Objects.requireNonNull(schema, "schema");
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same through the connection provider of that name. */
  public PostgresOptions withProvider(@Nullable String provider) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same with another bound on the connections of the store's own pool. */
  public PostgresOptions withPoolSize(int poolSize) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same with another bound on waiting for a connection of the store's own pool. */
  public PostgresOptions withConnectionTimeout(Duration connectionTimeout) {
    Objects.requireNonNull(connectionTimeout, "connectionTimeout");
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same with another bound on waiting for an answer about readiness. */
  public PostgresOptions withReadinessTimeout(Duration readinessTimeout) {
    Objects.requireNonNull(readinessTimeout, "readinessTimeout");
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same with work to be done in the transaction of every migration. */
  public PostgresOptions withAfterMigration(MigrationCallback afterMigration) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same with another number of partitions of each table that is made. */
  public PostgresOptions withTenantPartitions(int tenantPartitions) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }

  /** The same, on tables whose policies of row level security are meant, or not. */
  public PostgresOptions withRowLevelSecurity(boolean rowLevelSecurity) {
    return new PostgresOptions(
        store,
        schema,
        provider,
        poolSize,
        connectionTimeout,
        readinessTimeout,
        afterMigration,
        tenantPartitions,
        rowLevelSecurity);
  }
}
