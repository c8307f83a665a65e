package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Passes everything on. */
class ForwardingProfiles implements ProfileRepository {

  final ProfileRepository honest;

  ForwardingProfiles(ProfileRepository honest) {
    this.honest = honest;
  }

  @Override
  public Optional<ProfileDocument> find(ProfileKey key) {
    return honest.find(key);
  }

  @Override
  public List<ProfileDocument> findByUser(UserId userId) {
    return honest.findByUser(userId);
  }

  @Override
  public UpsertResult<ProfileDocument> replace(
      ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion) {
    return honest.replace(key, document, expectedVersion);
  }

  @Override
  public UpsertResult<ProfileDocument> merge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion) {
    return honest.merge(key, patch, expectedVersion);
  }

  @Override
  public boolean delete(ProfileKey key) {
    return honest.delete(key);
  }
}
