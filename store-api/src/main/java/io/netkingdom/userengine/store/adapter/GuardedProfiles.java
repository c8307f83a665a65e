package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Profile documents, through the gate. */
record GuardedProfiles(Gate gate) implements ProfileRepository {

  @Override
  public Optional<ProfileDocument> find(ProfileKey key) {
    Objects.requireNonNull(key, "key");
    return gate.read(engine -> engine.profiles().find(key));
  }

  @Override
  public List<ProfileDocument> findByUser(UserId userId) {
    Objects.requireNonNull(userId, "userId");
    return gate.read(engine -> engine.profiles().findByUser(userId));
  }

  @Override
  public UpsertResult<ProfileDocument> replace(
      ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(document, "document");
    requireVersion(expectedVersion);
    return gate.write(engine -> engine.profiles().replace(key, document, expectedVersion));
  }

  @Override
  public UpsertResult<ProfileDocument> merge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(patch, "patch");
    requireVersion(expectedVersion);
    return gate.write(engine -> engine.profiles().merge(key, patch, expectedVersion));
  }

  private static void requireVersion(OptionalLong expectedVersion) {
    Objects.requireNonNull(expectedVersion, "expectedVersion");
    if (expectedVersion.isPresent() && expectedVersion.getAsLong() < 0) {
      throw new StoreException.InvalidInput("expectedVersion", "is negative");
    }
  }

  @Override
  public boolean delete(ProfileKey key) {
    Objects.requireNonNull(key, "key");
    return gate.write(engine -> engine.profiles().delete(key));
  }
}
