package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reading an outbox without a gap: transactions that commit late, and restored dumps. */
@ExtendWith(LivePostgres.class)
class OutboxIT {

  private static final TenantId TENANT = TenantId.of("outbox");

  private final LiveDatabase database;
  private final Sqls sql;
  private final UserEngineStore store;
  private final OutboxRepository outbox;
  private final CallerTransactions transactions;

  OutboxIT(LiveDatabase database) {
    this.database = database;
    this.sql = new Sqls(database);
    this.store = database.open(StoreOptions.defaults());
    this.outbox = store.tenant(TENANT).outbox();
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
    store.close();
    database.reset();
  }

  private static OutboxDraft event(String type) {
    return OutboxDraft.of("thing", "1", type, Json.object());
  }

  private static List<String> types(OutboxPage page) {
    return page.records().stream().map(record -> record.message().eventType()).toList();
  }

  /** A copy of the whole outbox into tables of new oids, as a dump and its restoration make it. */
  private void restore() throws SQLException {
    sql.execute(
        "CREATE TABLE {schema}.copy_of_outbox (LIKE {schema}.user_engine_outbox INCLUDING ALL)",
        """
        INSERT INTO {schema}.copy_of_outbox
          (tenant_id, id, epoch, transaction_id, position, created, aggregate_type, aggregate_id,
           aggregate_version, event_type, payload, headers, dedup_key)
        OVERRIDING SYSTEM VALUE
        SELECT tenant_id, id, epoch, transaction_id, position, created, aggregate_type,
          aggregate_id, aggregate_version, event_type, payload, headers, dedup_key
        FROM {schema}.user_engine_outbox
        """,
        "DROP TABLE {schema}.user_engine_outbox",
        "ALTER TABLE {schema}.copy_of_outbox RENAME TO user_engine_outbox");
  }

  private void dropRestored() throws SQLException {
    // Its marker does not cover a table that came by other means.
    sql.execute("DROP TABLE {schema}.user_engine_outbox");
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassed() throws SQLException {
    try (Connection late = database.connect()) {
      late.setAutoCommit(false);
      transactions.join(late, TENANT, tx -> tx.outbox().append(event("late")));
      outbox.append(event("early"));

      OutboxPage before = outbox.readAfter(OutboxCursor.BEGINNING, 10);
      assertEquals(List.of(), types(before), "the early one waits for the late one");
      assertEquals(OutboxCursor.BEGINNING, before.next());
      late.commit();
    }

    assertEquals(List.of("late", "early"), types(outbox.readAfter(OutboxCursor.BEGINNING, 10)));
  }

  @Test
  void aTransactionThatRollsBackHidesNothingForLong() throws SQLException {
    try (Connection late = database.connect()) {
      late.setAutoCommit(false);
      transactions.join(late, TENANT, tx -> tx.outbox().append(event("never")));
      outbox.append(event("early"));
      late.rollback();
    }

    assertEquals(List.of("early"), types(outbox.readAfter(OutboxCursor.BEGINNING, 10)));
  }

  @Test
  void afterARestoreAnOldCursorIsRefusedAndANewOneReachesEverything() throws SQLException {
    outbox.append(event("first"));
    outbox.append(event("second"));
    OutboxCursor old = outbox.readAfter(OutboxCursor.BEGINNING, 10).next();
    // As in a cluster of which the transaction ids are far behind.
    sql.execute("UPDATE {schema}.user_engine_outbox SET transaction_id = '4611686018427387904'");
    restore();
    try {
      StoreException.InvalidInput refusal =
          assertThrows(StoreException.InvalidInput.class, () -> outbox.readAfter(old, 10));
      assertEquals("cursor", refusal.field());

      OutboxPage restored = outbox.readAfter(OutboxCursor.BEGINNING, 10);
      assertEquals(List.of("first", "second"), types(restored));

      outbox.append(event("third"));
      OutboxPage next = outbox.readAfter(restored.next(), 10);
      assertEquals(List.of("third"), types(next));
      assertEquals(
          List.of("first", "second", "third"), types(outbox.readAfter(OutboxCursor.BEGINNING, 10)));
      assertEquals("2", sql.ask("SELECT max(epoch) FROM {schema}.user_engine_outbox"));
      assertThrows(StoreException.InvalidInput.class, () -> outbox.readAfter(old, 10));
    } finally {
      dropRestored();
    }
  }

  @Test
  void aSecondRestoreBeginsAThirdEpoch() throws SQLException {
    outbox.append(event("first"));
    restore();
    outbox.append(event("second"));
    OutboxCursor old = outbox.readAfter(OutboxCursor.BEGINNING, 10).next();
    restore();
    try {
      outbox.append(event("third"));

      assertThrows(StoreException.InvalidInput.class, () -> outbox.readAfter(old, 10));
      assertEquals(
          List.of("first", "second", "third"), types(outbox.readAfter(OutboxCursor.BEGINNING, 10)));
      assertEquals(
          "1 2 3",
          sql.ask(
              """
              SELECT string_agg(epoch::text, ' ' ORDER BY epoch)
              FROM {schema}.user_engine_outbox_epochs
              """));
    } finally {
      dropRestored();
    }
  }

  @Test
  void aCursorOfAnotherTenantIsRefused() {
    outbox.append(event("first"));
    OutboxCursor cursor = outbox.readAfter(OutboxCursor.BEGINNING, 10).next();

    assertThrows(
        StoreException.InvalidInput.class,
        () -> store.tenant(TenantId.of("other")).outbox().readAfter(cursor, 10));
  }
}
