package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.FederatedIdentity;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** Federated identities by issuer and subject, and by user. Immutable. */
record IdentityTable(
    PMap<IdentityKey, FederatedIdentity> byKey, PMap<UserId, PSortedSet<IdentityKey>> byUser) {

  static final IdentityTable EMPTY = new IdentityTable(HashTreePMap.empty(), HashTreePMap.empty());

  int size() {
    return byKey.size();
  }

  @Nullable FederatedIdentity find(IdentityKey key) {
    return byKey.get(key);
  }

  List<FederatedIdentity> find(UserId userId) {
    return keysOf(userId).stream().map(byKey::get).toList();
  }

  private PSortedSet<IdentityKey> keysOf(UserId userId) {
    return byUser.getOrDefault(userId, TreePSet.empty());
  }

  /** This table with an identity in the place of the same user's with the same key, if any. */
  IdentityTable plus(FederatedIdentity identity) {
    UserId userId = identity.userId();
    return new IdentityTable(
        byKey.plus(identity.key(), identity),
        byUser.plus(userId, keysOf(userId).plus(identity.key())));
  }

  /** This table without the identity of that key. */
  IdentityTable minus(IdentityKey key) {
    FederatedIdentity identity = byKey.get(key);
    if (identity == null) {
      return this;
    }
    PSortedSet<IdentityKey> rest = keysOf(identity.userId()).minus(key);
    return new IdentityTable(
        byKey.minus(key),
        rest.isEmpty() ? byUser.minus(identity.userId()) : byUser.plus(identity.userId(), rest));
  }

  /** This table without the identities of a user. */
  IdentityTable minus(UserId userId) {
    return new IdentityTable(byKey.minusAll(keysOf(userId)), byUser.minus(userId));
  }
}
