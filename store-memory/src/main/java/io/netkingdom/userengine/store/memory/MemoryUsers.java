package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.EmailAddress;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Users, in a transaction. */
record MemoryUsers(MemoryTransaction tx) implements UserRepository {

  /** A user to be inserted, with an id. */
  static User newUser(UserDraft draft, Instant now) {
    return User.created(draft.id() == null ? UserId.generate(now) : draft.id(), draft, now);
  }

  @Override
  public User create(UserDraft draft) {
    TenantRecords records = tx.lockAndRead();
    User user = newUser(draft, tx.now());
    tx.write(records.withUsers(records.users().insert(user)));
    return user;
  }

  @Override
  public User update(User edited) {
    TenantRecords records = tx.lockAndRead();
    User stored = records.users().find(edited.id());
    if (stored == null) {
      throw new StoreException.NotFound("user");
    }
    if (stored.version() != edited.version()) {
      throw new StoreException.StaleVersion("user", edited.version(), stored.version());
    }
    return stored.hasSameAttributesAs(edited)
        ? stored
        : replace(records, stored.withAttributesOf(edited.asDraft()).modified(tx.now()));
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    TenantRecords records = tx.lockAndRead();
    User stored = records.users().find(draft.userName());
    if (stored == null) {
      return new UpsertResult.Created<>(create(draft));
    }
    User wanted = stored.withAttributesOf(draft);
    return stored.hasSameAttributesAs(wanted)
        ? new UpsertResult.Unchanged<>(stored)
        : new UpsertResult.Updated<>(replace(records, wanted.modified(tx.now())));
  }

  private User replace(TenantRecords records, User user) {
    tx.write(records.withUsers(records.users().replace(user)));
    return user;
  }

  @Override
  public List<RowOutcome> upsertAll(List<UserDraft> drafts) {
    return drafts.stream().map(this::row).toList();
  }

  private RowOutcome row(UserDraft draft) {
    try {
      return new RowOutcome.Stored(upsert(draft));
    } catch (StoreException.Conflict e) {
      return RowOutcome.Rejected.of(e);
    } catch (StoreException.InvalidInput e) {
      return RowOutcome.Rejected.of(e);
    }
  }

  @Override
  public boolean delete(UserId id) {
    TenantRecords records = tx.lockAndRead();
    if (records.users().find(id) == null) {
      return false;
    }
    tx.write(records.withoutUser(id));
    return true;
  }

  @Override
  public boolean erase(UserId id) {
    TenantRecords records = tx.lockAndRead();
    boolean found = records.users().find(id) != null;
    tx.write(found ? records.erasingUser(id) : records.erasingTracesOf(id));
    return found;
  }

  @Override
  public Optional<User> find(UserId id) {
    return Optional.ofNullable(tx.read().users().find(id));
  }

  @Override
  public Optional<User> findByUserName(UserName userName) {
    return Optional.ofNullable(tx.read().users().find(userName));
  }

  @Override
  public Optional<User> findByExternalId(ExternalId externalId) {
    return Optional.ofNullable(tx.read().users().find(externalId));
  }

  @Override
  public List<User> findByEmail(EmailAddress address) {
    return tx.read().users().find(address);
  }

  @Override
  public Page<User> list(PageRequest request) {
    return list("", request);
  }

  @Override
  public Page<User> listByPrefix(String prefix, PageRequest request) {
    return list(UserName.prefixKey(prefix), request);
  }

  private Page<User> list(String prefixKey, PageRequest request) {
    return tx.read().users().page(Listings.users(tx.tenant(), prefixKey, request), prefixKey);
  }
}
