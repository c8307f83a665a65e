package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.OutboxCursor;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.OutboxPage;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox. Each operation is one statement.
 *
 * <p>A reader must never pass a place where a record can still appear. So a row holds the id of the
 * transaction that wrote it, and a reader goes up to the oldest transaction that is still running:
 * all before that have ended, and nothing can be added to them. PostgreSQL manual, section 9.27.8.
 */
record PostgresOutbox(PostgresSession session) implements OutboxRepository {

  private static final String APPEND =
      "WITH {settings}, "
          + OutboxEpochs.HERE
          + OutboxEpochs.CURRENT
          + """
          , named AS MATERIALIZED (
            SELECT u.id
            FROM {schema}.user_engine_users u CROSS JOIN settings
            WHERE u.tenant_id = :tenant AND u.id = :aboutUser::uuid
            FOR KEY SHARE OF u
          ),
          """
          + Subjects.alone("(:aboutUser::uuid)")
          + """
          , created AS (
            INSERT INTO {schema}.user_engine_outbox
              (tenant_id, id, epoch, transaction_id, created, aggregate_type, aggregate_id,
               aggregate_version, event_type, payload, headers, dedup_key)
            SELECT :tenant, :id, epoch.number, pg_current_xact_id(), :now, :aggregateType,
                   :aggregateId, :aggregateVersion::bigint, :eventType, :payload::jsonb,
                   :headers::jsonb, :dedupKey
            FROM epoch CROSS JOIN (SELECT count(*) FROM named) held
              CROSS JOIN (SELECT count(*) FROM alone) waited
            WHERE
          """
          + OutboxEpochs.IS_DURABLE
          + """
            ON CONFLICT DO NOTHING
            RETURNING *
          )
          SELECT 'CREATED' AS outcome, created.*
          FROM created
          UNION ALL
          SELECT
            CASE
              WHEN NOT
          """
          + OutboxEpochs.IS_DURABLE
          + """
              THEN 'NOT_DURABLE'
              WHEN stored.id IS NULL THEN 'RACED'
              ELSE 'UNCHANGED'
            END, stored.*
          FROM settings
          LEFT JOIN {schema}.user_engine_outbox stored
            ON stored.tenant_id = :tenant AND stored.dedup_key = :dedupKey
          WHERE NOT EXISTS (SELECT 1 FROM created)
          """;

  private static final String FIND =
      "SELECT * FROM {schema}.user_engine_outbox WHERE tenant_id = :tenant AND id = :id";

  // What another database wrote is all there to be read. Of this one's earlier timelines a prepared
  // transaction may be left, which is older than all that came later. A transaction's id goes
  // through text, as pgjdbc-ng knows no parameter of the type xid8.
  private static final String READ_AFTER =
      "WITH "
          + OutboxEpochs.HERE
          + """
          , place AS MATERIALIZED (
            SELECT
              here.fingerprint,
              coalesce(max(e.epoch) FILTER (WHERE e.fingerprint <> here.fingerprint), 0) + 1
                AS first_epoch,
              coalesce(bool_or(e.epoch = :epoch AND e.began = :began), false) AS is_known
            FROM here LEFT JOIN {schema}.user_engine_outbox_epochs e ON true
            GROUP BY here.fingerprint
          )
          SELECT place.fingerprint, place.is_known, page.*,
            page.transaction_id::text AS transaction,
            (SELECT e.began FROM {schema}.user_engine_outbox_epochs e WHERE e.epoch = page.epoch)
              AS epoch_began
          FROM place
          LEFT JOIN LATERAL (
            SELECT o.*, sum(o.bytes) OVER (
                ORDER BY o.epoch, o.transaction_id, o.position
                ROWS UNBOUNDED PRECEDING) - o.bytes AS bytes_before
            FROM (
              SELECT *
              FROM {schema}.user_engine_outbox
              WHERE tenant_id = :tenant
                AND (epoch, transaction_id, position)
                  > (:epoch, :transactionId::text::xid8, :position)
                AND (epoch < place.first_epoch
                  OR transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
              ORDER BY epoch, transaction_id, position
              LIMIT :limit
            ) o
          ) page ON page.bytes_before <= :pageBytes
          ORDER BY page.epoch, page.transaction_id, page.position
          """;

  @Override
  public UpsertResult<OutboxRecord> append(OutboxDraft draft) {
    Instant now = session.now();
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", OutboxId.generate(now).value());
    parameters.put("now", now);
    parameters.put("aggregateType", draft.aggregateType());
    parameters.put("aggregateId", draft.aggregateId());
    parameters.put("aboutUser", Subjects.user(draft.aggregateType(), draft.aggregateId()));
    parameters.put("aggregateVersion", draft.aggregateVersion());
    parameters.put("eventType", draft.eventType());
    parameters.put("payload", draft.payload().toString());
    parameters.put("headers", write(draft.headers()).toString());
    parameters.put("dedupKey", draft.dedupKey());
    return LostRaces.until(() -> session.run(APPEND, parameters, PostgresOutbox::appended));
  }

  private static Optional<UpsertResult<OutboxRecord>> appended(ResultSet rows) throws SQLException {
    rows.next();
    String outcome = rows.getString("outcome");
    return switch (outcome) {
      case "CREATED" -> Optional.of(new UpsertResult.Created<>(read(rows)));
      case "UNCHANGED" -> Optional.of(new UpsertResult.Unchanged<>(read(rows)));
      case "RACED" -> Optional.empty();
      case "NOT_DURABLE" -> throw OutboxEpochs.notDurable();
      default -> throw new StoreException.EngineFailure("the statement answered " + outcome, null);
    };
  }

  @Override
  public Optional<OutboxRecord> find(OutboxId id) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", id.value());
    return session.run(FIND, parameters, Columns.first(PostgresOutbox::read));
  }

  @Override
  public OutboxPage readAfter(OutboxCursor cursor, int limit) {
    OutboxPlace place = OutboxPlace.read(cursor, session.tenant());
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("epoch", place.epoch());
    parameters.put("began", place.began());
    parameters.put("transactionId", place.transactionId());
    parameters.put("position", place.position());
    parameters.put("limit", limit);
    parameters.put("pageBytes", Limits.PAGE_BYTES);
    return session.run(READ_AFTER, parameters, rows -> page(rows, cursor, place));
  }

  private OutboxPage page(ResultSet rows, OutboxCursor cursor, OutboxPlace place)
      throws SQLException {
    List<OutboxRecord> records = new ArrayList<>();
    OutboxPlace last = null;
    while (rows.next()) {
      String here = rows.getString("fingerprint");
      if (place.fingerprint() != null
          && !(place.fingerprint().equals(here) && rows.getBoolean("is_known"))) {
        throw OutboxPlace.unknown();
      }
      if (rows.getObject("id") == null) {
        break; // the one row that says where this is, and nothing after the place
      }
      records.add(read(rows));
      last =
          new OutboxPlace(
              here,
              rows.getInt("epoch"),
              Columns.instant(rows, "epoch_began"),
              rows.getString("transaction"),
              rows.getLong("position"));
    }
    return new OutboxPage(records, last == null ? cursor : last.cursor(session.tenant()));
  }

  private static OutboxRecord read(ResultSet row) throws SQLException {
    OutboxDraft message =
        new OutboxDraft(
            row.getString("aggregate_type"),
            row.getString("aggregate_id"),
            Columns.optionalLong(row, "aggregate_version"),
            row.getString("event_type"),
            Columns.json(row, "payload"),
            readHeaders(Columns.object(row, "headers")),
            row.getString("dedup_key"));
    return new OutboxRecord(
        OutboxId.of(Columns.uuid(row, "id")), Columns.instant(row, "created"), message);
  }

  private static Json.JsonObject write(Map<String, String> headers) {
    Map<String, Json> members = new LinkedHashMap<>();
    headers.forEach((name, value) -> members.put(name, Json.of(value)));
    return new Json.JsonObject(members);
  }

  private static Map<String, String> readHeaders(Json.JsonObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.JsonString text) {
                headers.put(name, text.value());
              }
            });
    return headers;
  }
}
