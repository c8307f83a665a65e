package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;

/** The repositories of one session. */
public class PostgresRepositories implements Repositories {

  private final PostgresSession session;
  private final UserRepository users;
  private final FederatedIdentityRepository identities;
  private final GroupRepository groups;
  private final ProfileRepository profiles;
  private final AuditRepository audit;
  private final OutboxRepository outbox;

  public PostgresRepositories(PostgresSession session) {
    this.session = session;
    this.users = new PostgresUsers(session);
    this.identities = new PostgresIdentities(session);
    this.groups = new PostgresGroups(session);
    this.profiles = new PostgresProfiles(session);
    this.audit = new PostgresAudit(session);
    this.outbox = new PostgresOutbox(session);
  }

  @Override
  public final UserRepository users() {
    return users;
  }

  @Override
  public final FederatedIdentityRepository identities() {
    return identities;
  }

  @Override
  public final GroupRepository groups() {
    return groups;
  }

  @Override
  public final ProfileRepository profiles() {
    return profiles;
  }

  @Override
  public final AuditRepository audit() {
    return audit;
  }

  @Override
  public final OutboxRepository outbox() {
    return outbox;
  }

  @Override
  public final RecordCounts counts() {
    return session.run(RecordTables.COUNT_TENANT, session.parameters(), RecordTables::readCounts);
  }
}
