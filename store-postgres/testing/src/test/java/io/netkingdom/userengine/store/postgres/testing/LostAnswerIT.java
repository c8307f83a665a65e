package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * TXN-13: a connection that is lost while committing leaves the outcome unknown; one that is lost
 * before does not. Needs the embedded server, of which it knows the port.
 */
@ExtendWith(LivePostgres.class)
@Timeout(120)
class LostAnswerIT {

  private static final TenantId TENANT = TenantId.of("lost-answers");
  private static final TransactionOptions ONCE =
      TransactionOptions.defaults().withRetry(RetryPolicy.none());

  private final LiveDatabase database;

  LostAnswerIT(LiveDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void onTheEmbeddedServerOnly() {
    assumeTrue(Boolean.getBoolean(LiveGate.EMBEDDED), "needs the embedded server");
    database.reset();
  }

  @AfterEach
  void end() {
    if (Boolean.getBoolean(LiveGate.EMBEDDED)) {
      database.reset();
    }
  }

  private static LiveDatabase through(LossyProxy proxy) {
    return EmbeddedServer.databaseAtPort(proxy.port());
  }

  private static LossyProxy proxy() {
    return new LossyProxy(EmbeddedServer.shared().port());
  }

  private boolean isThere(String name) {
    try (UserEngineStore direct = database.open(StoreOptions.defaults())) {
      return direct.tenant(TENANT).users().findByUserName(name).isPresent();
    }
  }

  @Test
  void aLostAnswerToCommitLeavesTheOutcomeUnknownAndIsNotRetried() throws IOException {
    int[] runs = {0};
    try (LossyProxy proxy = proxy();
        UserEngineStore store = through(proxy).open(StoreOptions.defaults())) {
      store.migrate();

      assertThrows(
          StoreException.OutcomeUnknown.class,
          () ->
              store.inTransaction(
                  TENANT,
                  TransactionOptions.defaults(),
                  tx -> {
                    runs[0]++;
                    proxy.loseAnswerAfter("INSERT INTO");
                    return tx.users().create(UserDraft.named("ada"));
                  }));
    }
    assertEquals(1, runs[0]);
    assertTrue(isThere("ada"), "the server had committed");
  }

  @Test
  void aLostAnswerToASingleWriteLeavesTheOutcomeUnknown() throws IOException {
    try (LossyProxy proxy = proxy();
        UserEngineStore store = through(proxy).open(StoreOptions.defaults())) {
      store.migrate();
      store.tenant(TENANT).users().findByUserName("grace");
      proxy.loseAnswerTo("INSERT INTO");

      assertThrows(
          StoreException.OutcomeUnknown.class,
          () -> store.tenant(TENANT).users().create(UserDraft.named("grace")));
    }
    assertTrue(isThere("grace"), "the server had committed");
  }

  @Test
  void aConnectionThatIsLostBeforeCommitIsADefiniteFailure() throws IOException {
    try (LossyProxy proxy = proxy();
        UserEngineStore store = through(proxy).open(StoreOptions.defaults())) {
      store.migrate();

      assertThrows(
          StoreException.Unavailable.class,
          () ->
              store.inTransaction(
                  TENANT,
                  ONCE,
                  tx -> {
                    proxy.loseAnswerTo("INSERT INTO");
                    return tx.users().create(UserDraft.named("alan"));
                  }));
      assertTrue(!isThere("alan"), "nothing was committed");

      assertEquals(
          "alan",
          store.tenant(TENANT).users().create(UserDraft.named("alan")).userName().value(),
          "the store goes on with another connection");
    }
  }

  @Test
  void aLostAnswerToAReadIsADefiniteFailure() throws IOException {
    try (LossyProxy proxy = proxy();
        UserEngineStore store = through(proxy).open(StoreOptions.defaults())) {
      store.migrate();
      store.counts();
      proxy.loseAnswerTo("user_name_key");

      assertThrows(
          StoreException.Unavailable.class,
          () -> store.tenant(TENANT).users().findByUserName("ada"));
    }
  }
}
