package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store keeps to the level that it was asked for, whatever the server's default becomes. */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "makes databases, and so needs the embedded server")
class DefaultLevelIT {

  private static final TenantId TENANT = TenantId.of("levels");
  private static final TransactionOptions ONCE =
      TransactionOptions.defaults().withRetry(RetryPolicy.none());

  private ScratchDatabase scratch;
  private CountingSource source;
  private UserEngineStore store;

  @BeforeEach
  void begin() throws SQLException {
    scratch = ScratchDatabase.make();
    source = new CountingSource(scratch.database());
    store = open(StoreOptions.defaults().withTransactions(ONCE));
    store.migrate();
    users().list(PageRequest.of(1)); // asks for readiness, and so for the default
    source.takeSent();
  }

  @AfterEach
  void end() throws SQLException {
    store.close();
    scratch.close();
  }

  private UserEngineStore open(StoreOptions options) {
    return PostgresUserEngineStore.open(source, PostgresOptions.defaults().withStore(options));
  }

  private UserRepository users() {
    return store.tenant(TENANT).users();
  }

  private void setDefault(String level) throws SQLException {
    scratch
        .sqls()
        .execute(
            "ALTER DATABASE %s SET default_transaction_isolation = '%s'"
                .formatted(scratch.name(), level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"read uncommitted", "repeatable read", "serializable"})
  void aDefaultThatChangesIsNoticedBeforeAnythingIsWritten(String level) throws SQLException {
    setDefault(level);
    assertThrows(StoreException.Retryable.class, () -> users().create(UserDraft.named("ada")));
    assertTrue(users().findByUserName("ada").isEmpty());
    users().create(UserDraft.named("ada"));
    seesWhatIsCommittedMeanwhile(store);
  }

  /** As READ COMMITTED does, and no level above it. */
  private void seesWhatIsCommittedMeanwhile(UserEngineStore seeing) {
    seeing.inTransaction(
        TENANT,
        tx -> {
          assertTrue(tx.users().findByUserName("grace").isEmpty());
          try (UserEngineStore other = open(StoreOptions.defaults())) {
            // On a connection of its own: this thread's transaction is of another store.
            other.tenant(TENANT).users().create(UserDraft.named("grace"));
          }
          assertTrue(tx.users().findByUserName("grace").isPresent());
          return true;
        });
  }

  @Test
  void anOperationThatMayBeRunAgainSucceeds() throws SQLException {
    try (UserEngineStore retrying = open(StoreOptions.defaults())) {
      retrying.tenant(TENANT).users().list(PageRequest.of(1));
      setDefault("serializable");
      UserId ada = retrying.tenant(TENANT).users().create(UserDraft.named("ada")).id();
      List<Integer> attempts = new ArrayList<>();
      retrying.inTransaction(
          TENANT,
          tx -> {
            attempts.add(tx.attempt());
            return tx.users().erase(ada);
          });
      assertEquals(List.of(1), attempts);
    }
  }

  @Test
  void aStoreThatKnowsAsksForReadCommitted() throws SQLException {
    setDefault("repeatable read");
    try (UserEngineStore knowing = open(StoreOptions.defaults().withTransactions(ONCE))) {
      Repositories records = knowing.tenant(TENANT);
      UserId ada = records.users().create(UserDraft.named("ada")).id();
      seesWhatIsCommittedMeanwhile(knowing);
      assertTrue(records.users().erase(ada));
    }
  }

  @Test
  void whereTheDefaultIsReadCommittedNothingMoreIsSent() {
    users().create(UserDraft.named("ada"));
    assertEquals(List.of("STATEMENT"), source.takeSent());
  }

  @ParameterizedTest
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void aCallersTransactionAboveReadCommittedErasesNothing(int level) throws SQLException {
    UserId ada = users().create(UserDraft.named("ada")).id();
    try (Connection connection = scratch.database().connect()) {
      connection.setTransactionIsolation(level);
      connection.setAutoCommit(false);
      CallerTransactions.on(PostgresOptions.defaults())
          .join(
              connection,
              TENANT,
              tx -> {
                StoreException.InvalidInput refused =
                    assertThrows(StoreException.InvalidInput.class, () -> tx.users().erase(ada));
                assertEquals("isolation", refused.field());
                return tx.users().create(UserDraft.named("grace"));
              });
      connection.commit();
    }
    assertTrue(users().find(ada).isPresent());
    assertTrue(users().findByUserName("grace").isPresent());
  }
}
