package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.UserRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The repositories of one session. */
final class PostgresRepositories implements Repositories {

  private static final String COUNT_TENANT =
      """
      SELECT
        (SELECT count(*) FROM {schema}.user_engine_users WHERE tenant_id = :tenant),
        (SELECT count(*) FROM {schema}.user_engine_identities WHERE tenant_id = :tenant)
      """;

  static final String COUNT_ALL =
      """
      SELECT
        (SELECT count(*) FROM {schema}.user_engine_users),
        (SELECT count(*) FROM {schema}.user_engine_identities)
      """;

  private final PostgresSession session;
  private final UserRepository users;
  private final FederatedIdentityRepository identities;

  PostgresRepositories(PostgresSession session) {
    this.session = session;
    this.users = new PostgresUsers(session);
    this.identities = new PostgresIdentities(session);
  }

  @Override
  public UserRepository users() {
    return users;
  }

  @Override
  public FederatedIdentityRepository identities() {
    return identities;
  }

  @Override
  public RecordCounts counts() {
    return session.run(COUNT_TENANT, session.parameters(), PostgresRepositories::readCounts);
  }

  /** The one row of {@link #COUNT_TENANT} or {@link #COUNT_ALL}: one moment for all kinds. */
  static RecordCounts readCounts(ResultSet rows) throws SQLException {
    rows.next();
    return new RecordCounts.Exact(
        Map.of(
            RecordKind.USER, rows.getLong(1),
            RecordKind.FEDERATED_IDENTITY, rows.getLong(2)));
  }
}
