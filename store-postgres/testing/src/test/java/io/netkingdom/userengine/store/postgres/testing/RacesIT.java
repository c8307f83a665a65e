package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditRecord;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Erasure;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.StoreTransaction;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a statement does that waited for another transaction, and then found its snapshot stale. */
@ExtendWith(LivePostgres.class)
@Timeout(120)
class RacesIT {

  private static final TenantId TENANT = TenantId.of("races");
  private static final IdentityKey IDENTITY = IdentityKey.of("https://idp.example", "1");

  private final LiveDatabase database;
  private final Sqls sql;
  private final UserEngineStore store;
  private final Repositories records;
  private final CallerTransactions transactions;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  RacesIT(LiveDatabase database) {
    this.database = database;
    this.sql = new Sqls(database);
    this.store = database.open(StoreOptions.defaults());
    this.records = store.tenant(TENANT);
    this.transactions =
        CallerTransactions.on(PostgresOptions.defaults().withSchema(database.schema()));
  }

  @BeforeEach
  void begin() {
    database.reset();
    store.migrate();
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
    store.close();
    database.reset();
  }

  /**
   * Runs what comes second, which must wait for what comes first to commit.
   *
   * @param first run in a transaction that is committed when the second one waits
   */
  private <T> T afterWaitingFor(Consumer<StoreTransaction> first, Callable<T> second)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      transactions.join(
          connection,
          TENANT,
          tx -> {
            first.accept(tx);
            return true;
          });
      Future<T> waiting = executor.submit(second);
      while (sql.ask("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
        if (waiting.isDone()) {
          throw new AssertionError("it did not wait: " + waiting.get());
        }
      }
      connection.commit();
      return waiting.get(30, TimeUnit.SECONDS);
    }
  }

  private <T> T inTransaction(Function<StoreTransaction, T> work) {
    return store.inTransaction(TENANT, work::apply);
  }

  private void assertCount(long expected, RecordKind kind) {
    assertEquals(expected, assertInstanceOf(RecordCounts.Exact.class, records.counts()).of(kind));
  }

  @Test
  void aFirstSignInThatCameSecondInATransactionFindsTheUserAndLeavesItUsable() throws Exception {
    UpsertResult<SignedInUser> second =
        afterWaitingFor(
            tx -> tx.identities().signIn(SignIn.of(IDENTITY, UserDraft.named("eve"))).signedIn(),
            () ->
                inTransaction(
                    tx -> {
                      tx.users().create(UserDraft.named("before"));
                      UpsertResult<SignedInUser> result =
                          tx.identities()
                              .signIn(SignIn.of(IDENTITY, UserDraft.named("eve")))
                              .signedIn();
                      tx.users().create(UserDraft.named("after"));
                      return result;
                    }));

    assertInstanceOf(UpsertResult.Unchanged.class, second);
    assertCount(3, RecordKind.USER);
    assertCount(1, RecordKind.FEDERATED_IDENTITY);
    assertCount(2, RecordKind.AUDIT_RECORD);
    assertCount(1, RecordKind.OUTBOX_RECORD);
  }

  @Test
  void aFirstSignInNeverGetsTheUserWhoTookItsIdMeanwhile() throws Exception {
    UserId id = UserId.of(UUID.fromString("01a21011-c3ab-7570-88d3-afb83f2028d2"));

    StoreException.Conflict conflict =
        afterWaitingFor(
            tx -> tx.users().create(UserDraft.named("victim").withId(id)),
            () ->
                assertThrows(
                    StoreException.Conflict.class,
                    () ->
                        records
                            .identities()
                            .signIn(SignIn.of(IDENTITY, UserDraft.named("eve").withId(id)))
                            .signedIn()));

    assertEquals("id", conflict.field());
    assertCount(0, RecordKind.FEDERATED_IDENTITY);
    assertCount(0, RecordKind.AUDIT_RECORD);
  }

  @Test
  void anUpdateThatLostAnExternalIdIsAConflictAndTheTransactionGoesOn() throws Exception {
    User ada = records.users().create(UserDraft.named("ada"));

    String field =
        afterWaitingFor(
            tx -> tx.users().create(UserDraft.named("bob").withExternalId("e")),
            () ->
                inTransaction(
                    tx -> {
                      StoreException.Conflict conflict =
                          assertThrows(
                              StoreException.Conflict.class,
                              () -> tx.users().update(ada.withExternalId("e")));
                      tx.users().update(ada.withDisplayName("Ada"));
                      return conflict.field();
                    }));

    assertEquals("externalId", field);
    assertEquals("Ada", records.users().get(ada.id()).displayName());
  }

  @Test
  void aMergeIntoADocumentThatSomebodyElseMadeMeanwhileLosesNothing() throws Exception {
    User ada = records.users().create(UserDraft.named("ada"));
    ProfileKey key = ProfileKey.of(ada.id(), "app");

    afterWaitingFor(
        tx -> tx.profiles().replace(key, Json.object("a", 1)),
        () -> records.profiles().merge(key, Json.object("b", 2)));

    assertEquals(
        Json.object("a", 1, "b", 2), records.profiles().find(key).orElseThrow().document());
  }

  @Test
  void whatIsCommittedAboutAUserWhileItIsErasedIsErased() throws Exception {
    User ada = records.users().create(UserDraft.named("ada"));
    AuditSubject subject = AuditSubject.user(ada.id()).withLabel("Ada");

    boolean erased =
        afterWaitingFor(
            tx -> {
              tx.audit()
                  .append(
                      AuditDraft.of(AuditSubject.of("service", "s"), "did", subject)
                          .withDetails(Json.object("name", "Ada")));
              tx.outbox().append(OutboxDraft.of(ada.id(), "e", Json.object("name", "Ada")));
              tx.identities().link(ada.id(), "https://idp.example", "1");
              tx.profiles().replace(ProfileKey.of(ada.id(), "app"), Json.object("name", "Ada"));
            },
            () -> records.users().erase(ada.id()));

    assertTrue(erased);
    assertEquals(
        "t",
        sql.ask(
            """
            SELECT bool_and(details = '{"erased": true}' AND target_label = 'erased')
            FROM {schema}.user_engine_audit
            """));
    assertEquals(
        "t",
        sql.ask(
            "SELECT bool_and(payload = '{\"erased\": true}') FROM {schema}.user_engine_outbox"));
    assertCount(1, RecordKind.AUDIT_RECORD);
    assertCount(1, RecordKind.OUTBOX_RECORD);
    assertCount(0, RecordKind.FEDERATED_IDENTITY);
    assertCount(0, RecordKind.PROFILE_DOCUMENT);
    assertCount(0, RecordKind.USER);
  }

  @Test
  void whatJoinsAUserWhileItIsErasedIsRefused() throws Exception {
    User ada = records.users().create(UserDraft.named("ada"));

    StoreException.UnknownReference refusal =
        afterWaitingFor(
            tx -> tx.users().erase(ada.id()),
            () ->
                assertThrows(
                    StoreException.UnknownReference.class,
                    () -> records.identities().link(ada.id(), "https://idp.example", "1")));

    assertEquals("userId", refusal.field());
    assertCount(0, RecordKind.FEDERATED_IDENTITY);
  }

  @Test
  void anErasedUserIsNothingButItsId() throws SQLException {
    User ada =
        records
            .users()
            .create(
                UserDraft.named("ada")
                    .withExternalId("e")
                    .withEmail("ada@x.example")
                    .withDisplayName("Ada"));
    AuditSubject subject = AuditSubject.user(ada.id()).withLabel("Ada");
    AuditRecord audit = records.audit().append(AuditDraft.of(subject, "did", subject));
    OutboxRecord event =
        records.outbox().append(OutboxDraft.of(ada.id(), "e", Json.object("n", "Ada"))).record();

    records.users().erase(ada.id());

    assertEquals(audit.erased(), records.audit().find(audit.id()).orElseThrow());
    assertEquals(event.erased(), records.outbox().find(event.id()).orElseThrow());
    assertEquals(
        Erasure.LABEL, records.audit().find(audit.id()).orElseThrow().entry().actor().label());
    assertEquals(
        "t",
        sql.ask(
            """
            SELECT user_name IS NULL AND user_name_key IS NULL AND external_id IS NULL
              AND display_name IS NULL AND emails = '[]' AND NOT active AND created = erased
              AND last_modified = erased
            FROM {schema}.user_engine_users
            """));
    assertEquals(
        "id",
        assertThrows(
                StoreException.Conflict.class,
                () -> records.users().upsert(UserDraft.named("x").withId(ada.id())))
            .field());
    assertEquals(
        "id",
        assertThrows(
                StoreException.Conflict.class,
                () ->
                    records
                        .identities()
                        .signIn(SignIn.of(IDENTITY, UserDraft.named("x").withId(ada.id())))
                        .signedIn())
            .field());
    assertThrows(StoreException.NotFound.class, () -> records.users().update(ada));
    assertEquals(false, records.users().delete(ada.id()));
  }
}
