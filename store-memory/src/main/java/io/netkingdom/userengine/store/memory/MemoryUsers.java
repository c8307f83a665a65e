package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.UserRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users, in a transaction. */
record MemoryUsers(MemoryTransaction tx) implements UserRepository {

  @Override
  public User create(UserDraft draft) {
    TenantRecords records = tx.lockAndRead();
    Instant now = tx.now();
    UserId id = draft.id() == null ? UserId.generate(now) : draft.id();
    if (records.users().find(id) != null) {
      throw new StoreException.Conflict("id");
    }
    return store(records, User.created(id, draft, now));
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
        : store(records, stored.withAttributesOf(edited.asDraft()).modified(tx.now()));
  }

  @Override
  public UpsertResult<User> upsert(UserDraft draft) {
    User stored = tx.lockAndRead().users().find(draft.userName());
    if (stored == null) {
      return new UpsertResult.Created<>(create(draft));
    }
    User wanted = stored.withAttributesOf(draft);
    return stored.hasSameAttributesAs(wanted)
        ? new UpsertResult.Unchanged<>(stored)
        : new UpsertResult.Updated<>(store(tx.lockAndRead(), wanted.modified(tx.now())));
  }

  /** Stores a user, unless another one holds one of its keys. */
  private User store(TenantRecords records, User user) {
    UserTable users = records.users();
    requireFree("userName", users.find(user.userName()), user.id());
    ExternalId externalId = user.externalId();
    if (externalId != null) {
      requireFree("externalId", users.find(externalId), user.id());
    }
    tx.write(records.withUsers(users.plus(user)));
    return user;
  }

  private static void requireFree(String field, @Nullable User holder, UserId id) {
    if (holder != null && !holder.id().equals(id)) {
      throw new StoreException.Conflict(field);
    }
  }

  @Override
  public boolean delete(UserId id) {
    TenantRecords records = tx.lockAndRead();
    if (records.users().find(id) == null) {
      return false;
    }
    tx.write(new TenantRecords(records.users().minus(id), records.identities().minus(id)));
    return true;
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
}
