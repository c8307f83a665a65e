package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.Erasure;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.RowOutcome;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.adapter.Listings;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users. Each operation is one statement, except {@link #erase} and {@link #upsertAll}. */
final class PostgresUsers implements UserRepository {

  // Waits until nobody writes anything about the user any more: whoever does holds its row.
  private static final String LOCK_TO_ERASE =
      """
      WITH {settings}
      SELECT u.id
      FROM {schema}.user_engine_users u CROSS JOIN settings
      WHERE u.tenant_id = :tenant AND u.id = :id AND u.erased IS NULL
      FOR UPDATE OF u
      """;

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
  private final NamedRecords<User> records;

  PostgresUsers(PostgresSession session) {
    this.session = session;
    this.records = new NamedRecords<>(session, UserRow.TABLE, "user", UserRow::read);
  }

  @Override
  public User create(UserDraft draft) {
    User user = newUser(session, draft);
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
    return records.upsert(UserRow.parameters(session, newUser(session, draft)));
  }

  /** The user that a draft makes, if none is there. */
  static User newUser(PostgresSession session, UserDraft draft) {
    Instant now = session.now();
    UserId id = draft.id();
    return User.created(id == null ? UserId.generate(now) : id, draft, now);
  }

  @Override
  public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
    return session.atomically(() -> UserBatch.upsert(session, this, drafts));
  }

  @Override
  public boolean delete(UserId id) {
    return records.delete(id.value());
  }

  // Two statements, so that the second one sees what was committed while the first one waited.
  @Override
  public boolean erase(UserId id) {
    Map<String, @Nullable Object> parameters = with("id", id.value());
    parameters.put("subject", id.toString());
    parameters.put("label", Erasure.LABEL);
    parameters.put("document", Erasure.DOCUMENT.toString());
    parameters.put("now", session.now());
    return session.atomically(
        () -> {
          session.run(LOCK_TO_ERASE, parameters, ResultSet::next);
          return session.run(ERASE, parameters, ResultSet::next);
        });
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
