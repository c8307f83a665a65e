package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.memory.broken.RecordCalls.Answer3;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Which calls of a repository of profile documents are answered otherwise; the others are passed
 * on.
 *
 * @param <F> what is at fault, and returned by each change
 */
final class ProfileCalls<F> {

  private final F owner;
  private BiFunction<ProfileRepository, ProfileKey, Optional<ProfileDocument>> find =
      ProfileRepository::find;
  private BiFunction<ProfileRepository, UserId, List<ProfileDocument>> findByUser =
      ProfileRepository::findByUser;
  private Answer3<
          ProfileRepository, ProfileKey, JsonObject, OptionalLong, UpsertResult<ProfileDocument>>
      replace = ProfileRepository::replace;
  private Answer3<
          ProfileRepository, ProfileKey, JsonObject, OptionalLong, UpsertResult<ProfileDocument>>
      merge = ProfileRepository::merge;
  private BiFunction<ProfileRepository, ProfileKey, Boolean> delete = ProfileRepository::delete;

  ProfileCalls(F owner) {
    this.owner = owner;
  }

  /** The repository with these answers. */
  ProfileRepository of(ProfileRepository honest) {
    return new Answering(honest, this);
  }

  F find(BiFunction<ProfileRepository, ProfileKey, Optional<ProfileDocument>> answer) {
    find = answer;
    return owner;
  }

  F findByUser(BiFunction<ProfileRepository, UserId, List<ProfileDocument>> answer) {
    findByUser = answer;
    return owner;
  }

  F replace(
      Answer3<
              ProfileRepository,
              ProfileKey,
              JsonObject,
              OptionalLong,
              UpsertResult<ProfileDocument>>
          answer) {
    replace = answer;
    return owner;
  }

  F merge(
      Answer3<
              ProfileRepository,
              ProfileKey,
              JsonObject,
              OptionalLong,
              UpsertResult<ProfileDocument>>
          answer) {
    merge = answer;
    return owner;
  }

  F delete(BiFunction<ProfileRepository, ProfileKey, Boolean> answer) {
    delete = answer;
    return owner;
  }

  /** Answers as it was told to. */
  private static final class Answering implements ProfileRepository {
    private final ProfileRepository honest;
    private final ProfileCalls<?> calls;

    Answering(ProfileRepository honest, ProfileCalls<?> calls) {
      this.honest = honest;
      this.calls = calls;
    }

    @Override
    public Optional<ProfileDocument> find(ProfileKey key) {
      return calls.find.apply(honest, key);
    }

    @Override
    public List<ProfileDocument> findByUser(UserId userId) {
      return calls.findByUser.apply(honest, userId);
    }

    @Override
    public UpsertResult<ProfileDocument> replace(
        ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
      return calls.replace.to(honest, key, document, expectedVersion);
    }

    @Override
    public UpsertResult<ProfileDocument> merge(
        ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
      return calls.merge.to(honest, key, patch, expectedVersion);
    }

    @Override
    public boolean delete(ProfileKey key) {
      return calls.delete.apply(honest, key);
    }
  }
}
