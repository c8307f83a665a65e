package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A batch looks its rows up one by one, however large the tenant is and whatever the planner has
 * been told of it: a plan that reads the tenant makes an import grow with the square of its rows.
 */
@ExtendWith(LivePostgres.class)
class BatchPlanIT {

  private static final TenantId LARGE = TenantId.of("large");

  /** A scan of users, and the condition with which it goes into its index, if it has one. */
  private static final Pattern SCAN =
      Pattern.compile(
          "Scan\\b[^\\n]* on (user_engine_users\\w*)[^\\n]*(?:\\n +Index Cond: ([^\\n]+))?");

  private static final Pattern ONE_USER =
      Pattern.compile("tenant_id = .*\\b(id|user_name_key|external_id) = ");

  // One large tenant beside many small ones: by the averages that the planner keeps, each is small.
  private static final String FILL =
      """
      INSERT INTO {schema}.user_engine_users
        (tenant_id, id, user_name, user_name_key, external_id, active, emails, created,
         last_modified, version)
      SELECT CASE WHEN n <= 30000 THEN 'large' ELSE 'small-' || n / 2 END, gen_random_uuid(),
        'user' || n, 'user' || n, 'x' || n, true, '[]', now(), now(), 1
      FROM generate_series(1, 36000) AS n
      """;

  private final LiveDatabase database;

  BatchPlanIT(LiveDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void begin() {
    database.reset();
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
    }
  }

  @AfterEach
  void end() {
    database.reset();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.replace("{schema}", '"' + database.schema() + '"'));
    }
  }

  @Test
  void ofAnEmptyTenant() throws SQLException {
    assertRowsAreLookedUpOneByOne();
  }

  @Test
  void ofALargeTenantBeforeTheServerKnowsIt() throws SQLException {
    run(FILL);
    assertRowsAreLookedUpOneByOne();
  }

  @Test
  void ofALargeTenantBesideSmallOnesThatTheServerKnows() throws SQLException {
    run(FILL);
    run("ANALYZE {schema}.user_engine_users");
    assertRowsAreLookedUpOneByOne();
  }

  private void assertRowsAreLookedUpOneByOne() throws SQLException {
    try (ExplainingSource source = new ExplainingSource(database);
        UserEngineStore store =
            PostgresUserEngineStore.open(
                source, PostgresOptions.defaults().withSchema(database.schema()))) {
      Repositories records = store.tenant(LARGE);
      records.users().upsertAll(drafts());
      List<String> plans =
          source.plans().entrySet().stream()
              .filter(statement -> statement.getKey().contains("jsonb_to_recordset"))
              .flatMap(statement -> statement.getValue().byKind().values().stream())
              .toList();
      assertEquals(2, plans.size(), "a plan of each kind");
      for (String plan : plans) {
        int lookups = 0;
        for (Matcher scan = SCAN.matcher(plan); scan.find(); lookups++) {
          String condition = scan.group(2);
          assertTrue(condition != null && ONE_USER.matcher(condition).find(), plan);
        }
        // A row by its name and then by its id, and whether its own id and external id are taken.
        assertEquals(4, lookups, plan);
      }
    }
  }

  /** Some that are new, and some that the large tenant has. */
  private static List<UserDraft> drafts() {
    return Stream.concat(
            Stream.of("new1", "new2", "new3"), Stream.of("user1", "user2000", "user29999"))
        .map(name -> UserDraft.named(name).withExternalId("of-" + name))
        .toList();
  }
}
