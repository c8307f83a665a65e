package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Federated identities by issuer and subject, and by user. Immutable. */
record IdentityTable(
    PMap<IdentityKey, FederatedIdentity> byKey, SortedIndex<UserId, IdentityKey> byUser) {

  static final IdentityTable EMPTY = new IdentityTable(HashTreePMap.empty(), SortedIndex.empty());

  int size() {
    return byKey.size();
  }

  @Nullable FederatedIdentity find(IdentityKey key) {
    return byKey.get(key);
  }

  List<FederatedIdentity> find(UserId userId) {
    return byUser.of(userId).stream().map(byKey::get).toList();
  }

  /** This table with an identity in the place of the same user's with the same key, if any. */
  IdentityTable plus(FederatedIdentity identity) {
    return new IdentityTable(
        byKey.plus(identity.key(), identity), byUser.plus(identity.userId(), identity.key()));
  }

  /** This table without the identity of that key. */
  IdentityTable minus(IdentityKey key) {
    FederatedIdentity identity = byKey.get(key);
    return identity == null
        ? this
        : new IdentityTable(byKey.minus(key), byUser.minus(identity.userId(), key));
  }

  /** This table without the identities of a user. */
  IdentityTable minus(UserId userId) {
    return new IdentityTable(byKey.minusAll(byUser.of(userId)), byUser.minus(userId));
  }
}
