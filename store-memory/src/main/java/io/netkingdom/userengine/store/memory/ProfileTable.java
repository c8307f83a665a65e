package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.CodePointOrder;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Profile documents by user and namespace, and by user. Immutable. */
record ProfileTable(
    PMap<ProfileKey, ProfileDocument> byKey, SortedIndex<UserId, String> namespacesOf) {

  static final ProfileTable EMPTY =
      new ProfileTable(HashTreePMap.empty(), SortedIndex.empty(CodePointOrder.INSTANCE));

  int size() {
    return byKey.size();
  }

  @Nullable ProfileDocument find(ProfileKey key) {
    return byKey.get(key);
  }

  List<ProfileDocument> find(UserId userId) {
    return keysOf(userId).stream().map(byKey::get).toList();
  }

  private List<ProfileKey> keysOf(UserId userId) {
    return namespacesOf.of(userId).stream()
        .map(namespace -> new ProfileKey(userId, namespace))
        .toList();
  }

  /** This table with a document in the place of the one with the same key, if any. */
  ProfileTable plus(ProfileDocument document) {
    ProfileKey key = document.key();
    return new ProfileTable(
        byKey.plus(key, document), namespacesOf.plus(key.userId(), key.namespace()));
  }

  /** This table without the document of that key. */
  ProfileTable minus(ProfileKey key) {
    return new ProfileTable(byKey.minus(key), namespacesOf.minus(key.userId(), key.namespace()));
  }

  /** This table without the documents of a user. */
  ProfileTable minus(UserId userId) {
    return new ProfileTable(byKey.minusAll(keysOf(userId)), namespacesOf.minus(userId));
  }
}
