package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a reset drops, on whatever server; what nothing makes it drop is {@link AttackIT}'s. */
@ExtendWith(LivePostgres.class)
class ResetIT {

  private static final TenantId TENANT = TenantId.of("reset");

  private final LiveDatabase database;
  private final Sqls sqls;

  ResetIT(LiveDatabase database) {
    this.database = database;
    this.sqls = new Sqls(database);
  }

  @BeforeEach
  @AfterEach
  void begin() {
    database.reset();
  }

  private void makeTables() {
    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      store.migrate();
      store.tenant(TENANT).users().create(UserDraft.named("ada"));
    }
  }

  @Test
  void dropsTheTablesThatATestMade() {
    makeTables();

    database.reset();

    try (UserEngineStore store = database.open(StoreOptions.defaults())) {
      assertTrue(store.readiness() instanceof Readiness.Uninitialised);
    }
  }

  @Test
  void whatAKilledRunLeftIsDroppedByTheNext() throws SQLException {
    makeTables();
    sqls.execute("DROP TABLE {schema}.user_engine_identities");

    database.reset();

    assertEquals("t", sqls.ask("SELECT to_regclass('{schema}.user_engine_users') IS NULL"));
  }

  @Test
  void aConnectionThatLeadsElsewhereIsRefused() throws SQLException {
    LiveDatabase misled = database.named("another");

    LiveRefusal refusal = assertThrows(LiveRefusal.class, misled::reset);

    assertTrue(refusal.toString().contains("not into \"another\""), refusal.toString());
  }

  @Test
  void aStoreThatIsLedElsewhereMakesNoTables() throws SQLException {
    LiveDatabase misled = database.named("another");

    try (UserEngineStore store = misled.open(StoreOptions.defaults())) {
      assertThrows(LiveRefusal.class, store::migrate);
    }

    assertEquals("t", sqls.ask("SELECT to_regclass('{schema}.user_engine_users') IS NULL"));
  }
}
