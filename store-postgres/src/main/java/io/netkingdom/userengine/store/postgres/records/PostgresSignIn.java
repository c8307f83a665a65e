package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditId;
import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.OutboxId;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInChanges;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.SignedInUser;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in: one statement, with its audit and outbox records. */
final class PostgresSignIn {

  // The identity's INSERT comes first and gives way to another's, and then there is nothing to make
  // a user from: of many who sign in for the first time at once, one makes a user. The user's
  // INSERT must not give way, since its identity would be left alone, or be that of whoever took
  // the id: it fails, and all of it is undone.
  private static final String SIGN_IN =
      "WITH {settings}, "
          + OutboxEpochs.HERE
          + OutboxEpochs.CURRENT
          + UserRow.TABLE.fillIn(
              """
              , known AS MATERIALIZED (
                SELECT i.user_id
                FROM {schema}.user_engine_identities i
                WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
              ), stored AS MATERIALIZED (
                SELECT r.*
                FROM {table} r JOIN known ON known.user_id = r.id CROSS JOIN settings
                WHERE r.tenant_id = :tenant AND {live}
                FOR NO KEY UPDATE OF r
              ), link AS MATERIALIZED (
                SELECT i.*
                FROM {schema}.user_engine_identities i JOIN stored ON stored.id = i.user_id
                WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
                FOR NO KEY UPDATE OF i
              ), wanted AS MATERIALIZED (
                SELECT
                  CASE WHEN stored.id IS NULL OR :takesKeys
                       THEN :nameKey ELSE stored.{key} END AS {key},
                  CASE WHEN stored.id IS NULL OR :takesKeys
                       THEN :userName ELSE stored.user_name END AS user_name,
                  CASE WHEN stored.id IS NULL OR :takesKeys
                       THEN coalesce(:externalId, stored.external_id)
                       ELSE stored.external_id END AS external_id,
                  CASE WHEN :takesProfile
                       THEN coalesce(CASE WHEN :displayName <> '' THEN :displayName END, stored.display_name)
                       ELSE stored.display_name END AS display_name,
                  CASE WHEN :takesEmails THEN (
                         SELECT pg_catalog.jsonb_agg(
                           claimed.email || pg_catalog.jsonb_build_object(
                             'verified',
                             (claimed.email -> 'verified')::boolean
                               OR coalesce((held.email -> 'verified')::boolean, false),
                             'primary',
                             (claimed.email -> 'primary')::boolean
                               OR NOT :claimsPrimary
                                 AND coalesce((held.email -> 'primary')::boolean, false))
                           ORDER BY claimed.place)
                         FROM pg_catalog.jsonb_array_elements(:emails::jsonb)
                           WITH ORDINALITY AS claimed (email, place)
                         LEFT JOIN pg_catalog.jsonb_array_elements(stored.emails) AS held (email)
                           ON (held.email -> 'key') = (claimed.email -> 'key'))
                       ELSE stored.emails END AS emails
                FROM settings LEFT JOIN stored ON true
              ), facts AS MATERIALIZED (
                SELECT
                  known.user_id IS NULL AS is_new,
                  link.user_id IS NOT NULL AND stored.active AS is_found,
                  link.user_id IS NOT NULL AND NOT stored.active AS is_suspended,
                  NOT EXISTS (
                    SELECT stored.{key}, stored.user_name, stored.external_id,
                           stored.display_name, stored.emails
                    EXCEPT
                    SELECT wanted.{key}, wanted.user_name, wanted.external_id,
                           wanted.display_name, wanted.emails) AS is_same,
                  NOT EXISTS (SELECT link.provider_alias EXCEPT SELECT :providerAlias) AS is_same_link,
                  {is_durable} AND (
                    :mayChangeKeys
                    OR link.user_id IS NOT NULL
                      AND NOT EXISTS (
                        SELECT stored.{key}, stored.external_id
                        EXCEPT
                        SELECT wanted.{key}, wanted.external_id)) AS may_write,
                  CASE
                    WHEN known.user_id IS NOT NULL AND link.user_id IS NULL THEN NULL
                    WHEN NOT stored.active THEN NULL
                    WHEN known.user_id IS NULL
                      AND EXISTS (SELECT 1 FROM {table}
                                  WHERE tenant_id = :tenant AND id = :id) THEN 'id'
                    WHEN EXISTS (SELECT 1 FROM {table}
                                 WHERE tenant_id = :tenant AND {key} = wanted.{key}
                                   AND (stored.id IS NULL OR id <> stored.id)) THEN '{field}'
                    WHEN EXISTS (SELECT 1 FROM {table}
                                 WHERE tenant_id = :tenant AND external_id = wanted.external_id
                                   AND (stored.id IS NULL OR id <> stored.id)) THEN 'externalId'
                  END AS taken
                FROM epoch
                CROSS JOIN wanted
                LEFT JOIN known ON true
                LEFT JOIN stored ON true
                LEFT JOIN link ON true
              ), linked AS (
                INSERT INTO {schema}.user_engine_identities
                  (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen)
                SELECT :tenant, :issuer, :subject, :id, :providerAlias, :now,
                       CASE WHEN :active THEN :now::timestamptz END
                FROM facts
                WHERE is_new AND taken IS NULL AND may_write
                ON CONFLICT DO NOTHING
                RETURNING *
              ), created AS (
                INSERT INTO {table}
                  (tenant_id, id, {key}, {columns}, created, last_modified, version)
                SELECT :tenant, linked.user_id, :nameKey, {values}, :now, :now, 1
                FROM linked
                RETURNING *
              ), changed AS (
                UPDATE {table} r
                SET {key} = wanted.{key}, user_name = wanted.user_name,
                    external_id = wanted.external_id, display_name = wanted.display_name,
                    emails = wanted.emails,
                    last_modified = greatest(:now, r.last_modified + interval '1 microsecond'),
                    version = r.version + 1
                FROM stored CROSS JOIN wanted CROSS JOIN facts
                WHERE r.tenant_id = :tenant AND r.id = stored.id
                  AND is_found AND NOT is_same AND taken IS NULL AND may_write
                RETURNING r.*
              ), seen AS (
                UPDATE {schema}.user_engine_identities i
                SET provider_alias = :providerAlias, last_seen = greatest(:now, i.last_seen)
                FROM facts
                WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
                  AND is_found AND taken IS NULL AND may_write
                RETURNING i.*
              ), signed_in AS (
                SELECT 'CREATED' AS done, created.* FROM created
                UNION ALL
                SELECT 'UPDATED', changed.* FROM changed
                UNION ALL
                SELECT CASE WHEN is_same_link THEN 'UNCHANGED' ELSE 'UPDATED' END, stored.*
                FROM stored CROSS JOIN facts
                WHERE is_same AND EXISTS (SELECT 1 FROM seen)
                UNION ALL
                SELECT 'SUSPENDED', stored.*
                FROM stored CROSS JOIN facts
                WHERE is_suspended
              ), told AS (
                INSERT INTO {schema}.user_engine_audit
                  (tenant_id, id, occurred_at, actor_type, actor_id, actor_label, action,
                   target_type, target_id, target_label, outcome, request_id, details)
                SELECT :tenant, :auditId, :occurredAt, 'user', id::text, user_name, :action,
                       'user', id::text, user_name,
                       CASE WHEN active THEN 'SUCCESS' ELSE 'FAILURE' END, :requestId, :details::jsonb
                FROM signed_in
              ), announced AS (
                INSERT INTO {schema}.user_engine_outbox
                  (tenant_id, id, epoch, transaction_id, created, aggregate_type, aggregate_id,
                   aggregate_version, event_type, payload, headers)
                SELECT :tenant, :outboxId, epoch.number, pg_current_xact_id(), :now,
                       'user', id::text, version,
                       CASE WHEN done = 'CREATED' THEN :createdEvent ELSE :updatedEvent END,
                       :payload::jsonb, '{}'
                FROM signed_in CROSS JOIN epoch
                WHERE done <> 'UNCHANGED' AND done <> 'SUSPENDED'
              )
              SELECT
                CASE
                  WHEN NOT active THEN 'SUSPENDED'
                  WHEN done IS NOT NULL THEN done
                  WHEN taken IS NOT NULL THEN 'TAKEN'
                  WHEN NOT {is_durable} THEN 'NOT_DURABLE'
                  WHEN (is_new OR is_found) AND NOT may_write THEN 'NEW_KEYS'
                  ELSE 'RACED'
                END AS outcome,
                taken, identity.created AS link_created, identity.last_seen AS link_seen, signed_in.*
              FROM settings
              LEFT JOIN facts ON true
              LEFT JOIN signed_in ON true
              LEFT JOIN (SELECT * FROM linked UNION ALL SELECT * FROM seen) identity ON true
              """
                  .replace("{is_durable}", OutboxEpochs.IS_DURABLE));

  private PostgresSignIn() {}

  static SignInResult run(PostgresSession session, SignIn signIn) {
    User fresh = UserRow.fresh(session, signIn.user());
    Instant now = fresh.created();
    AuditDraft audit = signIn.audit(fresh);
    Map<String, @Nullable Object> parameters = UserRow.parameters(session, fresh);
    parameters.put("issuer", signIn.identity().issuer());
    parameters.put("subject", signIn.identity().subject());
    parameters.put("providerAlias", signIn.providerAlias());
    SignInChanges mayChange = signIn.mayChange();
    parameters.put("takesKeys", mayChange == SignInChanges.KEYS_AND_PROFILE);
    parameters.put("takesProfile", mayChange != SignInChanges.NOTHING);
    parameters.put(
        "takesEmails", mayChange != SignInChanges.NOTHING && !signIn.user().emails().isEmpty());
    parameters.put("claimsPrimary", signIn.claimsPrimary());
    parameters.put("auditId", AuditId.generate(now).value());
    Instant occurredAt = session.auditTime(now);
    parameters.put("occurredAt", occurredAt);
    parameters.put("action", audit.action());
    parameters.put("requestId", audit.requestId());
    parameters.put("details", audit.details().toString());
    parameters.put("outboxId", OutboxId.generate(now).value());
    parameters.put("createdEvent", SignIn.USER_CREATED);
    parameters.put("updatedEvent", SignIn.USER_UPDATED);
    parameters.put("payload", signIn.payload().toString());
    SignInResult result =
        LostRaces.until(
            () -> {
              if (session.isTransaction()) {
                parameters.put("mayChangeKeys", false);
                Answer answer = session.run(SIGN_IN, parameters, rows -> answer(rows, signIn));
                if (!answer.outcome().equals("NEW_KEYS")) {
                  return answer.result();
                }
              }
              parameters.put("mayChangeKeys", true);
              return session
                  .runUnlessKeyIsTaken(SIGN_IN, parameters, rows -> answer(rows, signIn))
                  .flatMap(Answer::result);
            });
    session.auditWritten(occurredAt);
    return result;
  }

  /** What the statement answers with, and who signed in, if it did what it was to do. */
  private record Answer(String outcome, @Nullable String taken, @Nullable SignedInUser signedIn) {

    /** Empty if a race was lost. */
    Optional<SignInResult> result() {
      if (taken != null) {
        throw new StoreException.Conflict(taken);
      }
      Optional<SignedInUser> signed = Optional.ofNullable(signedIn);
      return switch (outcome) {
        case "CREATED" -> signed.map(UpsertResult.Created::new).map(SignInResult.SignedIn::new);
        case "UPDATED" -> signed.map(UpsertResult.Updated::new).map(SignInResult.SignedIn::new);
        case "UNCHANGED" -> signed.map(UpsertResult.Unchanged::new).map(SignInResult.SignedIn::new);
        case "SUSPENDED" -> Optional.of(new SignInResult.Suspended());
        case "RACED" -> Optional.empty();
        case "NOT_DURABLE" -> throw OutboxEpochs.notDurable();
        default ->
            throw new StoreException.EngineFailure("the statement answered " + outcome, null);
      };
    }
  }

  private static Answer answer(ResultSet rows, SignIn signIn) throws SQLException {
    rows.next();
    String outcome = rows.getString("outcome");
    boolean isSignedIn = rows.getObject("id") != null && !outcome.equals("SUSPENDED");
    return new Answer(outcome, rows.getString("taken"), isSignedIn ? signedIn(rows, signIn) : null);
  }

  private static SignedInUser signedIn(ResultSet rows, SignIn signIn) throws SQLException {
    User user = UserRow.read(rows);
    return new SignedInUser(
        user,
        new FederatedIdentity(
            user.id(),
            signIn.identity(),
            signIn.providerAlias(),
            Columns.instant(rows, "link_created"),
            Columns.optionalInstant(rows, "link_seen")));
  }
}
