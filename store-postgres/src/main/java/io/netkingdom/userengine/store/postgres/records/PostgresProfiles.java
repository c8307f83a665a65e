package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Profile documents. Each operation is one statement, except {@link #merge}. */
record PostgresProfiles(PostgresSession session) implements ProfileRepository {

  private static final String REPLACE =
      """
      WITH {settings}, holder AS MATERIALIZED (
        SELECT u.id
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.id = :userId AND u.erased IS NULL
        FOR KEY SHARE OF u
      ), stored AS MATERIALIZED (
        SELECT p.*
        FROM {schema}.user_engine_profiles p CROSS JOIN holder
        WHERE p.tenant_id = :tenant AND p.user_id = :userId AND p.namespace = :namespace
        FOR NO KEY UPDATE OF p
      ), facts AS MATERIALIZED (
        SELECT
          stored.version IS NOT NULL AS is_found,
          coalesce(stored.version, 0) = coalesce(:expected::bigint, stored.version, 0)
            AS is_current,
          stored.document = :document::jsonb AS is_same
        FROM holder LEFT JOIN stored ON true
      ), created AS (
        INSERT INTO {schema}.user_engine_profiles
          (tenant_id, user_id, namespace, document, last_modified, version)
        SELECT :tenant, :userId, :namespace, :document::jsonb, :now, 1
        FROM facts
        WHERE NOT is_found AND is_current
        ON CONFLICT DO NOTHING
        RETURNING *
      ), changed AS (
        UPDATE {schema}.user_engine_profiles p
        SET document = :document::jsonb,
            last_modified = greatest(:now, p.last_modified + interval '1 microsecond'),
            version = p.version + 1
        FROM facts
        WHERE p.tenant_id = :tenant AND p.user_id = :userId AND p.namespace = :namespace
          AND is_found AND is_current AND NOT is_same
        RETURNING p.*
      )
      SELECT 'CREATED' AS outcome, created.*
      FROM created
      UNION ALL
      SELECT 'UPDATED', changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN is_found IS NULL THEN 'UNKNOWN_USER'
          WHEN NOT is_current THEN 'STALE'
          WHEN is_found THEN 'UNCHANGED'
          ELSE 'RACED'
        END, stored.*
      FROM settings LEFT JOIN facts ON true LEFT JOIN stored ON true
      WHERE NOT EXISTS (SELECT 1 FROM created) AND NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String LOCK_TO_MERGE =
      """
      WITH {settings}, holder AS MATERIALIZED (
        SELECT u.id
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.id = :userId AND u.erased IS NULL
        FOR KEY SHARE OF u
      ), stored AS MATERIALIZED (
        SELECT p.*
        FROM {schema}.user_engine_profiles p CROSS JOIN holder
        WHERE p.tenant_id = :tenant AND p.user_id = :userId AND p.namespace = :namespace
        FOR NO KEY UPDATE OF p
      )
      SELECT stored.*
      FROM holder LEFT JOIN stored ON true
      """;

  private static final String FIND =
      """
      SELECT * FROM {schema}.user_engine_profiles
      WHERE tenant_id = :tenant AND user_id = :userId AND namespace = :namespace
      """;

  private static final String FIND_BY_USER =
      """
      SELECT * FROM {schema}.user_engine_profiles
      WHERE tenant_id = :tenant AND user_id = :userId
      ORDER BY namespace
      """;

  private static final String DELETE =
      """
      WITH {settings}
      DELETE FROM {schema}.user_engine_profiles p
      USING settings
      WHERE p.tenant_id = :tenant AND p.user_id = :userId AND p.namespace = :namespace
      RETURNING p.version
      """;

  /** What a statement answers with, and the document as it is now, where there is one. */
  private record Answer(String outcome, Optional<ProfileDocument> stored) {

    long version() {
      return stored.map(ProfileDocument::version).orElse(0L);
    }
  }

  @Override
  public UpsertResult<ProfileDocument> replace(
      ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
    return LostRaces.until(
        () -> {
          Answer answer = write(key, document, expectedVersion);
          if (answer.outcome().equals("STALE")) {
            throw stale(expectedVersion, answer.version());
          }
          return result(answer);
        });
  }

  // The merge is Java's, since SQL has none and the limits of a document are kept there. The lock
  // keeps the document as it was read; where there is none yet, another's INSERT may come first,
  // and then it is that one's document which is merged into.
  @Override
  public UpsertResult<ProfileDocument> merge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
    return session.atomically(() -> LostRaces.until(() -> tryToMerge(key, patch, expectedVersion)));
  }

  private Optional<UpsertResult<ProfileDocument>> tryToMerge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
    Optional<ProfileDocument> stored = lock(key);
    long version = stored.map(ProfileDocument::version).orElse(0L);
    if (expectedVersion.isPresent() && expectedVersion.getAsLong() != version) {
      throw stale(expectedVersion, version);
    }
    Json.JsonObject merged =
        stored.map(ProfileDocument::document).orElseGet(Json::object).merge(patch);
    if (stored.isPresent() && stored.get().document().equals(merged)) {
      return Optional.of(new UpsertResult.Unchanged<>(stored.get()));
    }
    Answer answer = write(key, merged, OptionalLong.of(version));
    return answer.outcome().equals("STALE") ? Optional.empty() : result(answer);
  }

  private Optional<ProfileDocument> lock(ProfileKey key) {
    return session.run(
        LOCK_TO_MERGE,
        of(key),
        rows -> {
          if (!rows.next()) {
            throw new StoreException.UnknownReference("userId");
          }
          return readOptional(rows);
        });
  }

  private Answer write(ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
    Map<String, @Nullable Object> parameters = of(key);
    parameters.put("document", document.toString());
    parameters.put("expected", expectedVersion.isPresent() ? expectedVersion.getAsLong() : null);
    parameters.put("now", session.now());
    return session.run(
        REPLACE,
        parameters,
        rows -> {
          rows.next();
          return new Answer(rows.getString("outcome"), readOptional(rows));
        });
  }

  private static Optional<UpsertResult<ProfileDocument>> result(Answer answer) {
    return switch (answer.outcome()) {
      case "CREATED" -> answer.stored().map(UpsertResult.Created::new);
      case "UPDATED" -> answer.stored().map(UpsertResult.Updated::new);
      case "UNCHANGED" -> answer.stored().map(UpsertResult.Unchanged::new);
      case "RACED" -> Optional.empty();
      case "UNKNOWN_USER" -> throw new StoreException.UnknownReference("userId");
      default ->
          throw new StoreException.EngineFailure(
              "the statement answered " + answer.outcome(), null);
    };
  }

  private static StoreException.StaleVersion stale(OptionalLong expected, long actual) {
    return new StoreException.StaleVersion("profile", expected.orElse(0), actual);
  }

  @Override
  public Optional<ProfileDocument> find(ProfileKey key) {
    return session.run(FIND, of(key), Columns.first(PostgresProfiles::read));
  }

  @Override
  public List<ProfileDocument> findByUser(UserId userId) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("userId", userId.value());
    return session.run(FIND_BY_USER, parameters, Columns.all(PostgresProfiles::read));
  }

  @Override
  public boolean delete(ProfileKey key) {
    return session.run(DELETE, of(key), ResultSet::next);
  }

  private Map<String, @Nullable Object> of(ProfileKey key) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("userId", key.userId().value());
    parameters.put("namespace", key.namespace());
    return parameters;
  }

  private static Optional<ProfileDocument> readOptional(ResultSet row) throws SQLException {
    return row.getObject("namespace") == null ? Optional.empty() : Optional.of(read(row));
  }

  private static ProfileDocument read(ResultSet row) throws SQLException {
    return new ProfileDocument(
        ProfileKey.of(UserId.of(Columns.uuid(row, "user_id")), row.getString("namespace")),
        Columns.object(row, "document"),
        Columns.instant(row, "last_modified"),
        row.getLong("version"));
  }
}
