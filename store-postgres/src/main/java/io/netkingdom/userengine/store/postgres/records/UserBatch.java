package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Upserts many users as if one by one, with few statements.
 *
 * <p>The batch is cut where a row repeats a name, an external id or an id of a row before. Within
 * such a segment no row can change what becomes of another, except by giving up an external id that
 * the other wants. Rows that conflict with what is stored, or are to change an external id, are
 * therefore left out by the statement that does all the others at once, and follow one by one, in
 * their order.
 */
final class UserBatch {

  // One parameter, and so one plan, whatever the number of rows. Users are locked in the order of
  // their ids and made in the order of their keys, so that two batches do not wait for each other
  // in a circle.
  //
  // Each row is looked up by itself, through LATERAL or a scalar subquery with LIMIT, and updated
  // as
  // the row that an INSERT conflicts with. In a join or an EXISTS the planner may read the whole
  // tenant instead, as nobody can tell it how many users that tenant will have.
  private static final String UPSERT =
      UserRow.TABLE.fillIn(
          """
          WITH {settings}, rows AS MATERIALIZED (
            SELECT r.*
            FROM settings CROSS JOIN jsonb_to_recordset(:rows::jsonb) AS r
              (index integer, id pg_catalog.uuid, {key} pg_catalog.text, user_name pg_catalog.text,
               external_id pg_catalog.text, display_name pg_catalog.text, active boolean,
               emails pg_catalog.jsonb)
          ), stored AS MATERIALIZED (
            SELECT locked.*
            FROM (
              SELECT known.id, r.{key}
              FROM rows r
              CROSS JOIN LATERAL (
                SELECT u.id FROM {table} u
                WHERE u.tenant_id = :tenant AND u.{key} = r.{key}
                LIMIT 1
              ) known
              ORDER BY known.id
            ) found
            CROSS JOIN LATERAL (
              SELECT * FROM {table} u
              WHERE u.tenant_id = :tenant AND u.id = found.id AND u.{key} = found.{key}
              FOR NO KEY UPDATE OF u
            ) locked
          ), facts AS MATERIALIZED (
            SELECT r.*, stored.id AS stored_id,
              NOT EXISTS (SELECT {stored} EXCEPT
                SELECT r.user_name, r.external_id, r.display_name, r.active, r.emails) AS is_same,
              CASE WHEN stored.id IS NULL
                THEN (SELECT 1 FROM {table} u
                      WHERE u.tenant_id = :tenant AND u.id = r.id
                      LIMIT 1) IS NULL
                  AND (SELECT 1 FROM {table} u
                       WHERE u.tenant_id = :tenant AND u.external_id = r.external_id
                       LIMIT 1) IS NULL
                ELSE NOT EXISTS (SELECT stored.external_id EXCEPT SELECT r.external_id)
              END AS is_easy
            FROM rows r LEFT JOIN stored ON stored.{key} = r.{key}
          ), created AS (
            INSERT INTO {table}
              (tenant_id, id, {key}, {columns}, created, last_modified, version)
            SELECT :tenant, id, {key}, {columns}, :now, :now, 1
            FROM facts
            WHERE stored_id IS NULL AND is_easy
            ORDER BY {key}
            ON CONFLICT DO NOTHING
            RETURNING *
          ), changed AS (
            INSERT INTO {table} AS u
              (tenant_id, id, {key}, {columns}, created, last_modified, version)
            SELECT :tenant, stored_id, {key}, {columns}, :now, :now, 1
            FROM facts
            WHERE stored_id IS NOT NULL AND is_easy AND NOT is_same
            ON CONFLICT (tenant_id, id) DO UPDATE
            SET user_name = excluded.user_name, display_name = excluded.display_name,
                active = excluded.active, emails = excluded.emails,
                last_modified = greatest(:now, u.last_modified + interval '1 microsecond'),
                version = u.version + 1
            RETURNING u.*
          )
          SELECT f.index, 'CREATED' AS outcome, created.*
          FROM created JOIN facts f ON f.id = created.id
          UNION ALL
          SELECT f.index, 'UPDATED', changed.*
          FROM changed JOIN facts f ON f.stored_id = changed.id
          UNION ALL
          SELECT f.index, 'UNCHANGED', stored.*
          FROM stored JOIN facts f ON f.stored_id = stored.id
          WHERE is_easy AND is_same
          """);

  private final PostgresSession session;
  private final Function<UserDraft, UpsertResult<User>> one;
  private final List<RowOutcome> outcomes = new ArrayList<>();

  private UserBatch(PostgresSession session, Function<UserDraft, UpsertResult<User>> one) {
    this.session = session;
    this.one = one;
  }

  /**
   * Upserts drafts in a transaction; a draft that conflicts does not spoil the others.
   *
   * @param one upserts one draft by itself
   */
  static List<RowOutcome> upsert(
      PostgresSession session,
      Function<UserDraft, UpsertResult<User>> one,
      List<UserDraft> drafts) {
    UserBatch batch = new UserBatch(session, one);
    segments(drafts).forEach(batch::upsertSegment);
    return List.copyOf(batch.outcomes);
  }

  /** Cuts drafts into runs of which no two rows share a name, an external id or an id. */
  static List<List<UserDraft>> segments(List<UserDraft> drafts) {
    List<List<UserDraft>> segments = new ArrayList<>();
    List<UserDraft> segment = new ArrayList<>();
    Set<Object> keys = new HashSet<>();
    for (UserDraft draft : drafts) {
      List<Object> own = keys(draft);
      if (own.stream().anyMatch(keys::contains)) {
        segments.add(segment);
        segment = new ArrayList<>();
        keys.clear();
      }
      segment.add(draft);
      keys.addAll(own);
    }
    if (!segment.isEmpty()) {
      segments.add(segment);
    }
    return segments;
  }

  private static List<Object> keys(UserDraft draft) {
    List<Object> keys = new ArrayList<>();
    keys.add(draft.userName().key());
    ExternalId externalId = draft.externalId();
    if (externalId != null) {
      keys.add(externalId);
    }
    UserId id = draft.id();
    if (id != null) {
      keys.add(id);
    }
    return keys;
  }

  private void upsertSegment(List<UserDraft> segment) {
    Map<Integer, UpsertResult<User>> done = segment.size() == 1 ? Map.of() : upsertAtOnce(segment);
    for (int i = 0; i < segment.size(); i++) {
      UpsertResult<User> result = done.get(i);
      outcomes.add(result == null ? upsertOne(segment.get(i)) : new RowOutcome.Stored(result));
    }
  }

  private RowOutcome upsertOne(UserDraft draft) {
    try {
      return new RowOutcome.Stored(one.apply(draft));
    } catch (StoreException.Conflict e) {
      return RowOutcome.Rejected.of(e);
    }
  }

  /** The results of all rows that can be done at once, by their index in the segment. */
  private Map<Integer, UpsertResult<User>> upsertAtOnce(List<UserDraft> segment) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("rows", write(segment));
    parameters.put("now", session.now());
    return session.run(UPSERT, parameters, UserBatch::results);
  }

  private String write(List<UserDraft> segment) {
    // The whole may be larger than a JSON value can be; its rows are not.
    StringJoiner rows = new StringJoiner(",", "[", "]");
    for (int i = 0; i < segment.size(); i++) {
      User user = UserRow.fresh(session, segment.get(i));
      ExternalId externalId = user.externalId();
      rows.add(
          Json.object(
                  "index", i,
                  "id", user.id().toString(),
                  "user_name_key", user.userName().key(),
                  "user_name", user.userName().value(),
                  "external_id", externalId == null ? null : externalId.value(),
                  "display_name", user.displayName(),
                  "active", user.active(),
                  "emails", EmailsJson.write(user.emails()))
              .toString());
    }
    return rows.toString();
  }

  private static Map<Integer, UpsertResult<User>> results(ResultSet rows) throws SQLException {
    Map<Integer, UpsertResult<User>> results = new HashMap<>();
    while (rows.next()) {
      User user = UserRow.read(rows);
      String outcome = rows.getString("outcome");
      results.put(
          rows.getInt("index"),
          switch (outcome) {
            case "CREATED" -> new UpsertResult.Created<>(user);
            case "UPDATED" -> new UpsertResult.Updated<>(user);
            case "UNCHANGED" -> new UpsertResult.Unchanged<>(user);
            default ->
                throw new StoreException.EngineFailure("the statement answered " + outcome, null);
          });
    }
    return results;
  }
}
