package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.AuditRepository;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.GroupRepository;
import io.netkingdom.userengine.store.OutboxRepository;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.UserRepository;

/**
 * Passes everything on.
 *
 * @param <R> what it passes it on to
 */
class ForwardingRepositories<R extends Repositories> implements Repositories {

  final R honest;

  ForwardingRepositories(R honest) {
    this.honest = honest;
  }

  @Override
  public UserRepository users() {
    return honest.users();
  }

  @Override
  public FederatedIdentityRepository identities() {
    return honest.identities();
  }

  @Override
  public GroupRepository groups() {
    return honest.groups();
  }

  @Override
  public ProfileRepository profiles() {
    return honest.profiles();
  }

  @Override
  public AuditRepository audit() {
    return honest.audit();
  }

  @Override
  public OutboxRepository outbox() {
    return honest.outbox();
  }

  @Override
  public RecordCounts counts() {
    return honest.counts();
  }
}
