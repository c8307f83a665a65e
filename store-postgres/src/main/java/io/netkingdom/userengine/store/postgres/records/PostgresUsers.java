package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.Erasure;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.Listings;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users. Each operation is one statement, except {@link #erase} and {@link #upsertAll}. */
final class PostgresUsers implements UserRepository {

  // Waits until nobody writes anything about the user any more: whoever does holds its row, or the
  // advisory lock where there is none. Above READ COMMITTED it waits for nothing: what the others
  // commit then is not in the snapshot that erases.
  private static final String LOCK_TO_ERASE =
      """
      WITH {settings}, level AS MATERIALIZED (
        SELECT pg_catalog.current_setting('transaction_isolation') AS name FROM settings
      ), alone AS MATERIALIZED (
        SELECT pg_catalog.pg_advisory_xact_lock%s
        FROM level CROSS JOIN (VALUES (:id::uuid)) AS told (id)
        WHERE level.name = 'read committed' OR level.name = 'read uncommitted'
      ), held AS MATERIALIZED (
        SELECT u.id
        FROM (SELECT count(*) AS locks FROM alone) waited CROSS JOIN {schema}.user_engine_users u
        WHERE waited.locks > 0 AND u.tenant_id = :tenant AND u.id = :id
        FOR UPDATE OF u
      )
      SELECT
        (SELECT count(*) FROM alone) > 0 AS sees_the_committed,
        (SELECT count(*) FROM held) > 0 AS has_row
      """
          .formatted(Subjects.LOCK);

  private static final String ERASE =
      """
      WITH gone_identities AS (
        DELETE FROM {schema}.user_engine_identities
        WHERE tenant_id = :tenant AND user_id = :id
      ), gone_memberships AS (
        DELETE FROM {schema}.user_engine_memberships
        WHERE tenant_id = :tenant AND user_id = :id
      ), gone_profiles AS (
        DELETE FROM {schema}.user_engine_profiles
        WHERE tenant_id = :tenant AND user_id = :id
      ), scrubbed_audit AS (
        UPDATE {schema}.user_engine_audit
        SET actor_label = :label, target_label = :label, details = :document::jsonb
        WHERE tenant_id = :tenant
          AND ((actor_type = 'user' AND actor_id = :subject)
            OR (target_type = 'user' AND target_id = :subject))
      ), scrubbed_outbox AS (
        UPDATE {schema}.user_engine_outbox
        SET payload = :document::jsonb, headers = '{}'
        WHERE tenant_id = :tenant AND aggregate_type = 'user' AND aggregate_id = :subject
      )
      UPDATE {schema}.user_engine_users
      SET erased = :now, user_name = NULL, user_name_key = NULL, external_id = NULL,
          display_name = NULL, active = false, emails = '[]', created = :now,
          last_modified = :now, version = 1
      WHERE tenant_id = :tenant AND id = :id AND erased IS NULL
      RETURNING id
      """;

  private static final String FIND_BY_EMAIL =
      """
      SELECT * FROM {schema}.user_engine_users
      WHERE tenant_id = :tenant AND emails @> :email::jsonb
      ORDER BY id
      """;

  private final PostgresSession session;
  private final KeyedRecords<User> records;

  PostgresUsers(PostgresSession session) {
    this.session = session;
    this.records = new KeyedRecords<>(session, UserRow.TABLE, "user", UserRow::read);
  }

  @Override
  public User create(UserDraft draft) {
    User user = UserRow.fresh(session, draft);
    return records.create(user, UserRow.parameters(session, user));
  }

  @Override
  public User update(User edited) {
    Map<String, @Nullable Object> parameters = UserRow.parameters(session, edited);
    parameters.put("now", session.now());
    return records.update(edited.version(), parameters, User::version);
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    return records.upsert(UserRow.parameters(session, UserRow.fresh(session, draft)));
  }

  @Override
  public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
    return session.atomically(() -> UserBatch.upsert(session, this::upsert, drafts));
  }

  @Override
  public boolean delete(UserId id) {
    return records.delete(id.value());
  }

  // Two statements, so that the second one sees what was committed while the first one waited. A
  // user made between the two, with the id of one who was deleted, is waited for as well.
  @Override
  public boolean erase(UserId id) {
    Map<String, @Nullable Object> parameters = with("id", id.value());
    parameters.put("subject", id.toString());
    parameters.put("label", Erasure.LABEL);
    parameters.put("document", Erasure.DOCUMENT.toString());
    parameters.put("now", session.now());
    return session.atomically(
        () -> {
          boolean erased = false;
          boolean isHeld = false;
          while (!isHeld) {
            boolean hasRow = session.run(LOCK_TO_ERASE, parameters, PostgresUsers::hasRow);
            boolean erasedNow = session.run(ERASE, parameters, ResultSet::next);
            erased |= erasedNow;
            isHeld = hasRow || !erasedNow;
          }
          return erased;
        });
  }

  private static boolean hasRow(ResultSet rows) throws SQLException {
    rows.next();
    if (!rows.getBoolean("sees_the_committed")) {
      throw new StoreException.InvalidInput(
          "isolation",
          "erasing needs READ_COMMITTED: above it, records that are committed meanwhile stay;"
              + " erase in a transaction of that level, or outside one");
    }
    return rows.getBoolean("has_row");
  }

  @Override
  public Optional<User> find(UserId id) {
    return records.find(id.value());
  }

  @Override
  public Optional<User> findByUserName(UserName userName) {
    return records.findByName(userName.key());
  }

  @Override
  public Optional<User> findByExternalId(ExternalId externalId) {
    return records.findByExternalId(externalId);
  }

  @Override
  public List<User> findByEmail(EmailAddress address) {
    return session.run(
        FIND_BY_EMAIL, with("email", EmailsJson.containing(address)), Columns.all(UserRow::read));
  }

  @Override
  public Page<User> list(PageRequest request) {
    return listByKey("", request);
  }

  @Override
  public Page<User> listByPrefix(String prefix, PageRequest request) {
    return listByKey(UserName.prefixKey(prefix), request);
  }

  private Page<User> listByKey(String prefix, PageRequest request) {
    return records.list(
        prefix, Listings.users(session.tenant(), prefix, request), user -> user.userName().key());
  }

  private Map<String, @Nullable Object> with(String name, Object value) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put(name, value);
    return parameters;
  }
}
