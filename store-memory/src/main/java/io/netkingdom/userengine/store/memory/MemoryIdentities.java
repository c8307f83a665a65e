package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.FederatedIdentityRepository;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Federated identities, in a transaction. */
record MemoryIdentities(MemoryTransaction tx) implements FederatedIdentityRepository {

  @Override
  public UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft) {
    TenantRecords records = tx.lockAndRead();
    if (records.users().find(draft.userId()) == null) {
      throw new StoreException.UnknownReference("userId");
    }
    FederatedIdentity stored = records.identities().find(draft.key());
    if (stored == null) {
      return new UpsertResult.Created<>(
          store(
              records,
              new FederatedIdentity(
                  draft.userId(), draft.key(), draft.providerAlias(), tx.now(), null)));
    }
    if (!stored.userId().equals(draft.userId())) {
      throw new StoreException.Conflict("identity");
    }
    if (Objects.equals(stored.providerAlias(), draft.providerAlias())) {
      return new UpsertResult.Unchanged<>(stored);
    }
    return new UpsertResult.Updated<>(
        store(
            records,
            new FederatedIdentity(
                stored.userId(),
                stored.key(),
                draft.providerAlias(),
                stored.created(),
                stored.lastSeen())));
  }

  private FederatedIdentity store(TenantRecords records, FederatedIdentity identity) {
    tx.write(records.withIdentities(records.identities().plus(identity)));
    return identity;
  }

  @Override
  public boolean unlink(IdentityKey key) {
    TenantRecords records = tx.lockAndRead();
    if (records.identities().find(key) == null) {
      return false;
    }
    tx.write(records.withIdentities(records.identities().minus(key)));
    return true;
  }

  @Override
  public Optional<FederatedIdentity> find(IdentityKey key) {
    return Optional.ofNullable(tx.read().identities().find(key));
  }

  @Override
  public Optional<User> findUser(IdentityKey key) {
    TenantRecords records = tx.read();
    return Optional.ofNullable(records.identities().find(key))
        .map(identity -> records.users().find(identity.userId()));
  }

  @Override
  public List<FederatedIdentity> findByUser(UserId userId) {
    return tx.read().identities().find(userId);
  }
}
