package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.EmailAddress;
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
import java.util.List;
import java.util.Optional;

/** Passes everything on. */
class ForwardingUsers implements UserRepository {

  final UserRepository honest;

  ForwardingUsers(UserRepository honest) {
    this.honest = honest;
  }

  @Override
  public User create(UserDraft draft) {
    return honest.create(draft);
  }

  @Override
  public Optional<User> find(UserId id) {
    return honest.find(id);
  }

  @Override
  public Optional<User> findByUserName(UserName userName) {
    return honest.findByUserName(userName);
  }

  @Override
  public Optional<User> findByExternalId(ExternalId externalId) {
    return honest.findByExternalId(externalId);
  }

  @Override
  public List<User> findByEmail(EmailAddress address) {
    return honest.findByEmail(address);
  }

  @Override
  public User update(User edited) {
    return honest.update(edited);
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    return honest.upsert(draft);
  }

  @Override
  public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
    return honest.upsertAll(drafts);
  }

  @Override
  public boolean delete(UserId id) {
    return honest.delete(id);
  }

  @Override
  public boolean erase(UserId id) {
    return honest.erase(id);
  }

  @Override
  public Page<User> list(PageRequest request) {
    return honest.list(request);
  }

  @Override
  public Page<User> listByPrefix(String prefix, PageRequest request) {
    return honest.listByPrefix(prefix, request);
  }
}
