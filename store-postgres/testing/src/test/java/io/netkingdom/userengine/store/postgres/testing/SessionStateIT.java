package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.testing.broken.SqlFaults;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A DataSource gets each connection back as it was: a pooler may give it to anybody next. */
@ExtendWith(LivePostgres.class)
class SessionStateIT {

  private static final TenantId TENANT = TenantId.of("session");

  /** What outlives a transaction: settings, but for the transaction's own, and advisory locks. */
  private static final String STATE =
      """
      SELECT concat_ws('; ',
        (SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name)
          FROM pg_catalog.pg_settings
          WHERE source = 'session' AND NOT starts_with(name, 'transaction_')),
        (SELECT count(*) FROM pg_catalog.pg_locks
          WHERE locktype = 'advisory' AND pid = pg_backend_pid()))
      """;

  @Test
  void noSessionStateIsSet(LiveDatabase database) throws SQLException {
    database.reset();
    try (UserEngineStore marking = database.open(StoreOptions.defaults())) {
      marking.migrate();
    }
    // One thread, and so the same connection each time.
    RewritingSource source = new RewritingSource(database, SqlFaults.none());
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            source, PostgresOptions.defaults().withSchema(database.schema()))) {
      String before = state(source);
      store.migrate();
      assertEquals(before, state(source), "after migrating");
      work(store.tenant(TENANT), "alone", IsolationLevel.READ_COMMITTED);
      assertEquals(before, state(source), "after single operations");
      for (IsolationLevel level : IsolationLevel.values()) {
        TransactionOptions options = TransactionOptions.defaults().withIsolation(level);
        store.inTransaction(TENANT, options, tx -> work(tx, "at-" + level, level));
        assertEquals(before, state(source), "after a transaction");
        assertThrows(
            IllegalStateException.class,
            () ->
                store.inTransaction(
                    TENANT,
                    options,
                    tx -> {
                      work(tx, "undone", level);
                      throw new IllegalStateException();
                    }));
        assertEquals(before, state(source), "after a transaction that was rolled back");
      }
    } finally {
      source.closeAll();
      database.reset();
    }
  }

  private static String state(RewritingSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return row.getString(1);
    }
  }

  private static boolean work(Repositories records, String name, IsolationLevel level) {
    User user = records.users().create(UserDraft.named(name));
    records.users().update(user.withUserName(name + "-2"));
    records.users().upsertAll(List.of(UserDraft.named(name + "-3"), UserDraft.named(name + "-4")));
    records.identities().signIn(SignIn.of(IdentityKey.of("i", name), UserDraft.named(name + "-5")));
    records.profiles().merge(ProfileKey.of(user.id(), "app"), Json.object("a", 1));
    records.counts();
    // Above READ_COMMITTED an erasure is refused.
    return level == IsolationLevel.READ_COMMITTED
        ? records.users().erase(user.id())
        : records.users().delete(user.id());
  }
}
