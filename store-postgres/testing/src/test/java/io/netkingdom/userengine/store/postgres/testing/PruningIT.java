package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.StoreConformance;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.testing.ExplainingSource.Plans;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On partitioned tables every statement of a tenant's scans the one partition of each table that
 * its rows are in. The statements are those that the plan makes a store send.
 */
@ExtendWith(LivePostgres.class)
class PruningIT {

  private static final int PARTITIONS = 3;

  /** Rules that send what others send too, thousands of times. */
  private static final Set<String> REPETITIVE = Set.of("ISO", "KEY", "MOD");

  /** What only the statement that counts the records of all tenants has. */
  private static final String COUNTS_OF_ALL_TENANTS = "WHERE true";

  private final LiveDatabase database;
  private final ExplainingSource source;

  PruningIT(LiveDatabase database) {
    this.database = database.withTenantPartitions(PARTITIONS);
    this.source = new ExplainingSource(this.database);
  }

  private UserEngineStore open(StoreOptions options) {
    return PostgresUserEngineStore.open(
        source,
        PostgresOptions.defaults()
            .withStore(options)
            .withSchema(database.schema())
            .withTenantPartitions(PARTITIONS)
            .withAfterMigration(Marker::write));
  }

  private StoreFixture fixture() {
    StoreFixture sound = new PostgresStoreFixture(database, "postgres-explained");
    return (StoreFixture)
        Proxy.newProxyInstance(
            StoreFixture.class.getClassLoader(),
            new Class<?>[] {StoreFixture.class},
            (proxy, method, arguments) -> {
              try {
                return switch (method.getName()) {
                  case "open" -> open((StoreOptions) arguments[0]);
                  case "callerTransaction" ->
                      Optional.of(
                          JdbcCallerTransaction.begin(source::getConnection, database.schema()));
                  default -> method.invoke(sound, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AfterEach
  void end() throws SQLException {
    source.close();
    database.reset();
  }

  @Test
  void aStatementOfATenantScansOnePartition() {
    Set<String> rules =
        Manifest.current().rules().stream()
            .map(Manifest.Entry::id)
            .filter(id -> !REPETITIVE.contains(id.substring(0, 3)))
            .collect(Collectors.toSet());
    Ledger ledger = StoreConformance.run(fixture(), rules);

    assertTrue(
        ledger.rules().stream().noneMatch(rule -> rule.verdict() == Verdict.FAIL),
        () -> String.valueOf(ledger.broken()));
    assertEquals(Map.of(), source.unanswered());
    List<Map.Entry<String, Plans>> ofSeveral =
        source.plans().entrySet().stream()
            .filter(plans -> plans.getValue().mostPartitions() > 1)
            .toList();
    assertEquals(1, ofSeveral.size(), ofSeveral::toString);
    assertTrue(ofSeveral.get(0).getKey().contains(COUNTS_OF_ALL_TENANTS), ofSeveral::toString);
    long ofOne =
        source.plans().values().stream().filter(plans -> plans.mostPartitions() == 1).count();
    assertTrue(ofOne > 40, () -> "of one partition: " + ofOne);
  }
}
