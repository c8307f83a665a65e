package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import java.util.Map;

/**
 * All records of one tenant at one moment. Immutable: every change is another value, which shares
 * what did not change. Compared by identity, so that a value is outdated once another is committed.
 */
final class TenantRecords {

  /** A tenant of which nothing is stored. */
  static final TenantRecords NONE = new TenantRecords(UserTable.EMPTY, IdentityTable.EMPTY);

  private final UserTable users;
  private final IdentityTable identities;

  TenantRecords(UserTable users, IdentityTable identities) {
    this.users = users;
    this.identities = identities;
  }

  UserTable users() {
    return users;
  }

  IdentityTable identities() {
    return identities;
  }

  TenantRecords withUsers(UserTable value) {
    return new TenantRecords(value, identities);
  }

  TenantRecords withIdentities(IdentityTable value) {
    return new TenantRecords(users, value);
  }

  RecordCounts.Exact counts() {
    return new RecordCounts.Exact(
        Map.of(
            RecordKind.USER, (long) users.size(),
            RecordKind.FEDERATED_IDENTITY, (long) identities.size()));
  }
}
