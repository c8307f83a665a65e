package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.SignInResult;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.LostRaces;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Federated identities. Each operation is one statement, as for {@link PostgresUsers}. */
record PostgresIdentities(PostgresSession session) implements FederatedIdentityRepository {

  // The user is locked against deletion in the same statement, so that the foreign key cannot fail.
  private static final String LINK =
      """
      WITH {settings}, holder AS MATERIALIZED (
        SELECT u.id
        FROM {schema}.user_engine_users u CROSS JOIN settings
        WHERE u.tenant_id = :tenant AND u.id = :userId AND u.erased IS NULL
        FOR KEY SHARE OF u
      ), stored AS MATERIALIZED (
        SELECT i.*
        FROM {schema}.user_engine_identities i CROSS JOIN holder
        WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
        FOR NO KEY UPDATE OF i
      ), created AS (
        INSERT INTO {schema}.user_engine_identities
          (tenant_id, issuer, subject, user_id, provider_alias, created)
        SELECT :tenant, :issuer, :subject, :userId, :providerAlias, :now
        FROM holder
        WHERE NOT EXISTS (SELECT 1 FROM stored)
        ON CONFLICT DO NOTHING
        RETURNING *
      ), changed AS (
        UPDATE {schema}.user_engine_identities i
        SET provider_alias = :providerAlias
        FROM stored
        WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
          AND stored.user_id = :userId
          AND EXISTS (SELECT stored.provider_alias EXCEPT SELECT :providerAlias)
        RETURNING i.*
      )
      SELECT 'CREATED' AS outcome, created.*
      FROM created
      UNION ALL
      SELECT 'UPDATED', changed.*
      FROM changed
      UNION ALL
      SELECT CASE
          WHEN NOT EXISTS (SELECT 1 FROM holder) THEN 'UNKNOWN_USER'
          WHEN stored.user_id IS NULL THEN 'RACED'
          WHEN stored.user_id <> :userId THEN 'TAKEN'
          ELSE 'UNCHANGED'
        END, stored.*
      FROM settings LEFT JOIN stored ON true
      WHERE NOT EXISTS (SELECT 1 FROM created) AND NOT EXISTS (SELECT 1 FROM changed)
      """;

  private static final String UNLINK =
      """
      WITH {settings}
      DELETE FROM {schema}.user_engine_identities i
      USING settings
      WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
      RETURNING i.user_id
      """;

  private static final String FIND =
      """
      SELECT * FROM {schema}.user_engine_identities
      WHERE tenant_id = :tenant AND issuer = :issuer AND subject = :subject
      """;

  private static final String FIND_USER =
      """
      SELECT u.*
      FROM {schema}.user_engine_identities i
      JOIN {schema}.user_engine_users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
      WHERE i.tenant_id = :tenant AND i.issuer = :issuer AND i.subject = :subject
      """;

  private static final String FIND_BY_USER =
      """
      SELECT * FROM {schema}.user_engine_identities
      WHERE tenant_id = :tenant AND user_id = :userId
      ORDER BY issuer, subject
      """;

  @Override
  public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
    Map<String, @Nullable Object> parameters = of(draft.key());
    parameters.put("userId", draft.userId().value());
    parameters.put("providerAlias", draft.providerAlias());
    parameters.put("now", session.now());
    return LostRaces.until(() -> session.run(LINK, parameters, PostgresIdentities::linked));
  }

  private static Optional<UpsertResult<FederatedIdentity>> linked(ResultSet rows)
      throws SQLException {
    rows.next();
    String outcome = rows.getString("outcome");
    return switch (outcome) {
      case "CREATED" -> Optional.of(new UpsertResult.Created<>(read(rows)));
      case "UPDATED" -> Optional.of(new UpsertResult.Updated<>(read(rows)));
      case "UNCHANGED" -> Optional.of(new UpsertResult.Unchanged<>(read(rows)));
      case "RACED" -> Optional.empty();
      case "TAKEN" -> throw new StoreException.Conflict("identity");
      case "UNKNOWN_USER" -> throw new StoreException.UnknownReference("userId");
      default -> throw new StoreException.EngineFailure("the statement answered " + outcome, null);
    };
  }

  @Override
  public SignInResult signIn(SignIn signIn) {
    return PostgresSignIn.run(session, signIn);
  }

  @Override
  public boolean unlink(IdentityKey key) {
    return session.run(UNLINK, of(key), ResultSet::next);
  }

  @Override
  public Optional<FederatedIdentity> find(IdentityKey key) {
    return session.run(FIND, of(key), Columns.first(PostgresIdentities::read));
  }

  @Override
  public Optional<User> findUser(IdentityKey key) {
    return session.run(FIND_USER, of(key), Columns.first(UserRow::read));
  }

  @Override
  public List<FederatedIdentity> findByUser(UserId userId) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("userId", userId.value());
    return session.run(FIND_BY_USER, parameters, Columns.all(PostgresIdentities::read));
  }

  private Map<String, @Nullable Object> of(IdentityKey key) {
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("issuer", key.issuer());
    parameters.put("subject", key.subject());
    return parameters;
  }

  private static FederatedIdentity read(ResultSet row) throws SQLException {
    return new FederatedIdentity(
        UserId.of(Columns.uuid(row, "user_id")),
        IdentityKey.of(row.getString("issuer"), row.getString("subject")),
        row.getString("provider_alias"),
        Columns.instant(row, "created"),
        Columns.optionalInstant(row, "last_seen"));
  }
}
