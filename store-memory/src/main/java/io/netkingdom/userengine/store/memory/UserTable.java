package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.CodePointOrder;
import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Users by their id, with an index for each other way to find them. Immutable.
 *
 * @param erased the ids of erased users, which nobody can have again
 */
record UserTable(
    PMap<UserId, User> byId,
    PSortedMap<String, UserId> byUserNameKey,
    PMap<ExternalId, UserId> byExternalId,
    SortedIndex<String, UserId> byEmailKey,
    PSet<UserId> erased) {

  static final UserTable EMPTY =
      new UserTable(
          HashTreePMap.empty(),
          TreePMap.empty(CodePointOrder.INSTANCE),
          HashTreePMap.empty(),
          SortedIndex.empty(),
          HashTreePSet.empty());

  int size() {
    return byId.size();
  }

  @Nullable User find(UserId id) {
    return byId.get(id);
  }

  /** The user to whom a record refers. */
  User get(UserId id) {
    return Objects.requireNonNull(byId.get(id));
  }

  @Nullable User find(UserName userName) {
    return byIndexed(byUserNameKey.get(userName.key()));
  }

  @Nullable User find(ExternalId externalId) {
    return byIndexed(byExternalId.get(externalId));
  }

  private @Nullable User byIndexed(@Nullable UserId id) {
    return id == null ? null : byId.get(id);
  }

  List<User> find(EmailAddress address) {
    return byEmailKey.of(address.key()).stream().map(byId::get).toList();
  }

  Page<User> page(Keyset keyset, String prefixKey) {
    return Pages.of(
        keyset,
        Pages.beginningWith(prefixKey, byUserNameKey.navigableKeySet()),
        texts -> texts.get(0),
        List::of,
        key -> get(Objects.requireNonNull(byUserNameKey.get(key))));
  }

  /**
   * This table with one more user.
   *
   * @throws StoreException.Conflict naming the first of id, userName and externalId that is taken
   */
  UserTable insert(User user) {
    if (byId.containsKey(user.id()) || erased.contains(user.id())) {
      throw new StoreException.Conflict("id");
    }
    return put(user);
  }

  /**
   * This table with a user in the place of the one with the same id.
   *
   * @throws StoreException.Conflict naming the first of userName and externalId that another user
   *     holds
   */
  UserTable replace(User user) {
    return minus(user.id()).put(user);
  }

  private UserTable put(User user) {
    UserId id = user.id();
    ExternalId externalId = user.externalId();
    if (byUserNameKey.containsKey(user.userName().key())) {
      throw new StoreException.Conflict("userName");
    }
    if (externalId != null && byExternalId.containsKey(externalId)) {
      throw new StoreException.Conflict("externalId");
    }
    SortedIndex<String, UserId> emails = byEmailKey;
    for (Email email : user.emails()) {
      emails = emails.plus(email.address().key(), id);
    }
    return new UserTable(
        byId.plus(id, user),
        byUserNameKey.plus(user.userName().key(), id),
        externalId == null ? byExternalId : byExternalId.plus(externalId, id),
        emails,
        erased);
  }

  /** This table without the user of that id. */
  UserTable minus(UserId id) {
    User user = byId.get(id);
    if (user == null) {
      return this;
    }
    ExternalId externalId = user.externalId();
    SortedIndex<String, UserId> emails = byEmailKey;
    for (Email email : user.emails()) {
      emails = emails.minus(email.address().key(), id);
    }
    return new UserTable(
        byId.minus(id),
        byUserNameKey.minus(user.userName().key()),
        externalId == null ? byExternalId : byExternalId.minus(externalId),
        emails,
        erased);
  }

  /** This table without the user of that id, which stays taken. */
  UserTable erase(UserId id) {
    UserTable others = minus(id);
    return new UserTable(
        others.byId, others.byUserNameKey, others.byExternalId, others.byEmailKey, erased.plus(id));
  }
}
