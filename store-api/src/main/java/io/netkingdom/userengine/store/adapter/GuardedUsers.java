package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Limits;
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
import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Users, through the gate. */
record GuardedUsers(Gate gate) implements UserRepository {

  @Override
  public User create(UserDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.users().create(draft));
  }

  @Override
  public Optional<User> find(UserId id) {
    Objects.requireNonNull(id, "id");
    return gate.read(engine -> engine.users().find(id));
  }

  @Override
  public Optional<User> findByUserName(UserName userName) {
    Objects.requireNonNull(userName, "userName");
    return gate.read(engine -> engine.users().findByUserName(userName));
  }

  @Override
  public Optional<User> findByExternalId(ExternalId externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return gate.read(engine -> engine.users().findByExternalId(externalId));
  }

  @Override
  public List<User> findByEmail(EmailAddress address) {
    Objects.requireNonNull(address, "address");
    return gate.read(engine -> engine.users().findByEmail(address));
  }

  @Override
  public User update(User edited) {
    Objects.requireNonNull(edited, "edited");
    return gate.write(engine -> engine.users().update(edited));
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return gate.write(engine -> engine.users().upsert(draft));
  }

  @Override
  public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
    List<UserDraft> copy = Arguments.copy("drafts", drafts);
    if (copy.size() > Limits.BATCH) {
      throw new StoreException.InvalidInput("batch", "has more than " + Limits.BATCH + " rows");
    }
    return gate.write(engine -> engine.users().upsertAll(copy));
  }

  @Override
  public boolean erase(UserId id) {
    Objects.requireNonNull(id, "id");
    return gate.write(engine -> engine.users().erase(id));
  }

  @Override
  public Page<User> list(PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.users(gate.tenant(), "", opened);
    return gate.seal(gate.read(engine -> engine.users().list(opened)));
  }

  @Override
  public Page<User> listByPrefix(String prefix, PageRequest request) {
    PageRequest opened = gate.open(request);
    Listings.users(gate.tenant(), UserName.prefixKey(prefix), opened);
    return gate.seal(gate.read(engine -> engine.users().listByPrefix(prefix, opened)));
  }

  @Override
  public boolean delete(UserId id) {
    Objects.requireNonNull(id, "id");
    return gate.write(engine -> engine.users().delete(id));
  }
}
