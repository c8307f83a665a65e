package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users. Each operation is one statement. A statement that lost a race against another transaction
 * says so, and is run once more: it then sees what the other one committed.
 *
 * <p>Only an UPDATE that changes a unique key can fail in a race, where an INSERT gives way with ON
 * CONFLICT DO NOTHING. Inside a transaction it needs a savepoint, and so a statement first leaves
 * the user alone when its keys are to change ({@code :mayChangeKeys}).
 */
record PostgresUsers(PostgresSession session) implements UserRepository {

  private static final String CREATE =
      """
      WITH settings AS MATERIALIZED (
        SELECT set_config('lock_timeout', :lockTimeout, true)
      ), created AS (
        INSERT INTO {schema}.user_engine_users
          (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails,
           created, last_modified, version)
        SELECT :tenant, :id, :userName, :userNameKey, :externalId, :displayName, :active,
               :emails::jsonb, :now, :now, 1
        FROM settings
        ON CONFLICT DO NOTHING
        RETURNING 1
      )
      SELECT CASE
        WHEN EXISTS (SELECT 1 FROM created) THEN 'CREATED'
        WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                     WHERE tenant_id = :tenant AND id = :id) THEN 'id'
        WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                     WHERE tenant_id = :tenant AND user_name_key = :userNameKey) THEN 'userName'
        WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                     WHERE tenant_id = :tenant AND external_id = :externalId) THEN 'externalId'
        ELSE 'RACED'
      END
      """;

  private static final String UPDATE =
      """
      WITH settings AS MATERIALIZED (
        SELECT set_config('lock_timeout', :lockTimeout, true)
      ), stored AS MATERIALIZED (
        SELECT u.*
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.id = :id
        FOR NO KEY UPDATE OF u
      ), facts AS MATERIALIZED (
        SELECT
          version = :version AS is_current,
          (user_name, external_id, display_name, active, emails) IS NOT DISTINCT FROM
            (:userName, :externalId, :displayName, :active, :emails::jsonb) AS is_same,
          (user_name_key, external_id) IS NOT DISTINCT FROM
            (:userNameKey, :externalId) AS keeps_keys,
          CASE
            WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                         WHERE tenant_id = :tenant AND user_name_key = :userNameKey
                           AND id <> :id) THEN 'userName'
            WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                         WHERE tenant_id = :tenant AND external_id = :externalId
                           AND id <> :id) THEN 'externalId'
          END AS taken
        FROM stored
      ), changed AS (
        UPDATE {schema}.user_engine_users u
        SET user_name = :userName, user_name_key = :userNameKey, external_id = :externalId,
            display_name = :displayName, active = :active, emails = :emails::jsonb,
            last_modified = greatest(:now, u.last_modified + interval '1 microsecond'),
            version = u.version + 1
        FROM facts
        WHERE u.tenant_id = :tenant AND u.id = :id
          AND is_current AND NOT is_same AND taken IS NULL AND (keeps_keys OR :mayChangeKeys)
        RETURNING u.*
      )
      SELECT 'UPDATED' AS outcome, NULL AS taken, changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN NOT is_current THEN 'STALE'
          WHEN is_same THEN 'UNCHANGED'
          WHEN taken IS NOT NULL THEN 'TAKEN'
          ELSE 'NEW_KEYS'
        END, taken, stored.*
      FROM stored CROSS JOIN facts
      WHERE NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String UPSERT =
      """
      WITH settings AS MATERIALIZED (
        SELECT set_config('lock_timeout', :lockTimeout, true)
      ), stored AS MATERIALIZED (
        SELECT u.*
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.user_name_key = :userNameKey
        FOR NO KEY UPDATE OF u
      ), facts AS MATERIALIZED (
        SELECT
          stored.id IS NOT NULL AS is_found,
          (stored.user_name, stored.external_id, stored.display_name, stored.active, stored.emails)
            IS NOT DISTINCT FROM
            (:userName, :externalId, :displayName, :active, :emails::jsonb) AS is_same,
          stored.external_id IS NOT DISTINCT FROM :externalId AS keeps_keys,
          CASE
            WHEN stored.id IS NULL
              AND EXISTS (SELECT 1 FROM {schema}.user_engine_users
                          WHERE tenant_id = :tenant AND id = :id) THEN 'id'
            WHEN EXISTS (SELECT 1 FROM {schema}.user_engine_users
                         WHERE tenant_id = :tenant AND external_id = :externalId
                           AND user_name_key <> :userNameKey) THEN 'externalId'
          END AS taken
        FROM settings LEFT JOIN stored ON true
      ), created AS (
        INSERT INTO {schema}.user_engine_users
          (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails,
           created, last_modified, version)
        SELECT :tenant, :id, :userName, :userNameKey, :externalId, :displayName, :active,
               :emails::jsonb, :now, :now, 1
        FROM facts
        WHERE NOT is_found AND taken IS NULL
        ON CONFLICT DO NOTHING
        RETURNING *
      ), changed AS (
        UPDATE {schema}.user_engine_users u
        SET user_name = :userName, external_id = :externalId, display_name = :displayName,
            active = :active, emails = :emails::jsonb,
            last_modified = greatest(:now, u.last_modified + interval '1 microsecond'),
            version = u.version + 1
        FROM stored CROSS JOIN facts
        WHERE u.tenant_id = :tenant AND u.id = stored.id
          AND NOT is_same AND taken IS NULL AND (keeps_keys OR :mayChangeKeys)
        RETURNING u.*
      )
      SELECT 'CREATED' AS outcome, NULL AS taken, created.*
      FROM created
      UNION ALL
      SELECT 'UPDATED', NULL, changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN is_found AND is_same THEN 'UNCHANGED'
          WHEN taken IS NOT NULL THEN 'TAKEN'
          WHEN is_found THEN 'NEW_KEYS'
          ELSE 'RACED'
        END, taken, stored.*
      FROM facts LEFT JOIN stored ON true
      WHERE NOT EXISTS (SELECT 1 FROM created) AND NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String DELETE =
      """
      WITH settings AS MATERIALIZED (
        SELECT set_config('lock_timeout', :lockTimeout, true)
      )
      DELETE FROM {schema}.user_engine_users u
      USING settings
      WHERE u.tenant_id = :tenant AND u.id = :id
      RETURNING u.id
      """;

  private static final String FIND =
      "SELECT * FROM {schema}.user_engine_users WHERE tenant_id = :tenant AND id = :id";

  private static final String FIND_BY_USER_NAME =
      """
      SELECT * FROM {schema}.user_engine_users
      WHERE tenant_id = :tenant AND user_name_key = :userNameKey
      """;

  private static final String FIND_BY_EXTERNAL_ID =
      """
      SELECT * FROM {schema}.user_engine_users
      WHERE tenant_id = :tenant AND external_id = :externalId
      """;

  private static final String FIND_BY_EMAIL =
      """
      SELECT * FROM {schema}.user_engine_users
      WHERE tenant_id = :tenant AND emails @> :email::jsonb
      ORDER BY id
      """;

  /** What a writing statement answers with, and the user as it is now, where there is one. */
  private record Answer(String outcome, @Nullable String taken, @Nullable User user) {

    static Answer from(ResultSet rows) throws SQLException {
      return new Answer(
          rows.getString("outcome"),
          rows.getString("taken"),
          rows.getObject("id") == null ? null : UserRow.read(rows));
    }

    User requireUser() {
      if (user == null) {
        throw unexpected();
      }
      return user;
    }

    StoreException.Conflict conflict() {
      if (taken == null) {
        throw unexpected();
      }
      return new StoreException.Conflict(taken);
    }

    StoreException.EngineFailure unexpected() {
      return new StoreException.EngineFailure("the statement answered " + outcome, null);
    }
  }

  @Override
  public User create(UserDraft draft) {
    User user = newUser(draft);
    Map<String, @Nullable Object> parameters = UserRow.parameters(session, user);
    return Races.until(
        () -> {
          String answer = session.run(CREATE, parameters, PostgresUsers::firstText);
          return switch (answer) {
            case "CREATED" -> Optional.of(user);
            case "RACED" -> Optional.empty();
            default -> throw new StoreException.Conflict(answer);
          };
        });
  }

  @Override
  public User update(User edited) {
    Map<String, @Nullable Object> parameters = UserRow.parameters(session, edited);
    parameters.put("version", edited.version());
    parameters.put("now", session.now());
    Answer answer =
        write(UPDATE, parameters).orElseThrow(() -> new StoreException.NotFound("user"));
    return switch (answer.outcome()) {
      case "UPDATED", "UNCHANGED" -> answer.requireUser();
      case "STALE" ->
          throw new StoreException.StaleVersion(
              "user", edited.version(), answer.requireUser().version());
      case "TAKEN" -> throw answer.conflict();
      default -> throw answer.unexpected();
    };
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    Map<String, @Nullable Object> parameters = UserRow.parameters(session, newUser(draft));
    Answer answer = write(UPSERT, parameters).orElseThrow();
    return switch (answer.outcome()) {
      case "CREATED" -> new UpsertResult.Created<>(answer.requireUser());
      case "UPDATED" -> new UpsertResult.Updated<>(answer.requireUser());
      case "UNCHANGED" -> new UpsertResult.Unchanged<>(answer.requireUser());
      case "TAKEN" -> throw answer.conflict();
      default -> throw answer.unexpected();
    };
  }

  private User newUser(UserDraft draft) {
    Instant now = session.now();
    UserId id = draft.id();
    return User.created(id == null ? UserId.generate(now) : id, draft, now);
  }

  /**
   * Runs a statement that may change the unique keys of a user.
   *
   * @return its answer; empty if it had no row
   */
  private Optional<Answer> write(String template, Map<String, @Nullable Object> parameters) {
    return Races.until(
        () -> {
          if (session.isTransaction()) {
            parameters.put("mayChangeKeys", false);
            Optional<Answer> answer = session.run(template, parameters, PostgresUsers::answer);
            if (answer.isEmpty() || !answer.get().outcome().equals("NEW_KEYS")) {
              return unlessRaced(answer);
            }
          }
          parameters.put("mayChangeKeys", true);
          return session
              .runUnlessKeyIsTaken(template, parameters, PostgresUsers::answer)
              .flatMap(PostgresUsers::unlessRaced);
        });
  }

  private static Optional<Optional<Answer>> unlessRaced(Optional<Answer> answer) {
    boolean raced = answer.isPresent() && answer.get().outcome().equals("RACED");
    return raced ? Optional.empty() : Optional.of(answer);
  }

  private static Optional<Answer> answer(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(Answer.from(rows)) : Optional.empty();
  }

  private static String firstText(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getString(1);
  }

  @Override
  public boolean delete(UserId id) {
    return session.run(DELETE, with("id", id.value()), ResultSet::next);
  }

  @Override
  public Optional<User> find(UserId id) {
    return session.run(FIND, with("id", id.value()), UserRow::readOptional);
  }

  @Override
  public Optional<User> findByUserName(UserName userName) {
    return session.run(
        FIND_BY_USER_NAME, with("userNameKey", userName.key()), UserRow::readOptional);
  }

  @Override
  public Optional<User> findByExternalId(ExternalId externalId) {
    return session.run(
        FIND_BY_EXTERNAL_ID, with("externalId", externalId.value()), UserRow::readOptional);
  }

  @Override
  public List<User> findByEmail(EmailAddress address) {
    return session.run(
        FIND_BY_EMAIL, with("email", EmailsJson.containing(address)), UserRow::readAll);
  }

  private Map<String, @Nullable Object> with(String name, Object value) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put(name, value);
    return parameters;
  }
}
