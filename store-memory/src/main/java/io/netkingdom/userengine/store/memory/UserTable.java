package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.Email;
import io.netkingdom.userengine.store.EmailAddress;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** Users by their id, with an index for each other way to find them. Immutable. */
record UserTable(
    PMap<UserId, User> byId,
    PMap<String, UserId> byUserNameKey,
    PMap<ExternalId, UserId> byExternalId,
    PMap<String, PSortedSet<UserId>> byEmailKey) {

  static final UserTable EMPTY =
      new UserTable(
          HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

  int size() {
    return byId.size();
  }

  @Nullable User find(UserId id) {
    return byId.get(id);
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
    return byEmailKey.getOrDefault(address.key(), TreePSet.empty()).stream()
        .map(byId::get)
        .toList();
  }

  /** This table with a user in the place of the one with the same id, if there is one. */
  UserTable plus(User user) {
    UserTable others = minus(user.id());
    UserId id = user.id();
    ExternalId externalId = user.externalId();
    PMap<String, PSortedSet<UserId>> emails = others.byEmailKey;
    for (Email email : user.emails()) {
      String key = email.address().key();
      emails = emails.plus(key, emails.getOrDefault(key, TreePSet.empty()).plus(id));
    }
    return new UserTable(
        others.byId.plus(id, user),
        others.byUserNameKey.plus(user.userName().key(), id),
        externalId == null ? others.byExternalId : others.byExternalId.plus(externalId, id),
        emails);
  }

  /** This table without the user of that id. */
  UserTable minus(UserId id) {
    User user = byId.get(id);
    if (user == null) {
      return this;
    }
    ExternalId externalId = user.externalId();
    PMap<String, PSortedSet<UserId>> emails = byEmailKey;
    for (Email email : user.emails()) {
      String key = email.address().key();
      PSortedSet<UserId> rest = emails.getOrDefault(key, TreePSet.empty()).minus(id);
      emails = rest.isEmpty() ? emails.minus(key) : emails.plus(key, rest);
    }
    return new UserTable(
        byId.minus(id),
        byUserNameKey.minus(user.userName().key()),
        externalId == null ? byExternalId : byExternalId.minus(externalId),
        emails);
  }
}
