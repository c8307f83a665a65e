package io.netkingdom.userengine.store.memory;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Profile documents, in a transaction. */
record MemoryProfiles(MemoryTransaction tx) implements ProfileRepository {

  private static final Json.JsonObject EMPTY = Json.object();

  @Override
  public Optional<ProfileDocument> find(ProfileKey key) {
    return Optional.ofNullable(tx.read().profiles().find(key));
  }

  @Override
  public List<ProfileDocument> findByUser(UserId userId) {
    return tx.read().profiles().find(userId);
  }

  @Override
  public UpsertResult<ProfileDocument> replace(
      ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
    return change(key, expectedVersion, stored -> document);
  }

  @Override
  public UpsertResult<ProfileDocument> merge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
    return change(key, expectedVersion, stored -> stored.merge(patch));
  }

  /**
   * Changes a document.
   *
   * @param change what makes the new document out of the stored one, or out of an empty one
   */
  private UpsertResult<ProfileDocument> change(
      ProfileKey key, OptionalLong expectedVersion, UnaryOperator<Json.JsonObject> change) {
    TenantRecords records = tx.lockAndRead();
    if (records.users().find(key.userId()) == null) {
      throw new StoreException.UnknownReference("userId");
    }
    ProfileDocument stored = records.profiles().find(key);
    long version = stored == null ? 0 : stored.version();
    if (expectedVersion.orElse(version) != version) {
      throw new StoreException.StaleVersion("profile", expectedVersion.getAsLong(), version);
    }
    if (stored == null) {
      return new UpsertResult.Created<>(
          store(records, new ProfileDocument(key, change.apply(EMPTY), tx.now(), 1)));
    }
    Json.JsonObject document = change.apply(stored.document());
    return document.equals(stored.document())
        ? new UpsertResult.Unchanged<>(stored)
        : new UpsertResult.Updated<>(store(records, stored.modified(document, tx.now())));
  }

  private ProfileDocument store(TenantRecords records, ProfileDocument document) {
    tx.write(records.withProfiles(records.profiles().plus(document)));
    return document;
  }

  @Override
  public boolean delete(ProfileKey key) {
    TenantRecords records = tx.lockAndRead();
    if (records.profiles().find(key) == null) {
      return false;
    }
    tx.write(records.withProfiles(records.profiles().minus(key)));
    return true;
  }
}
