package io.netkingdom.userengine.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The profile documents of one tenant's users.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface ProfileRepository {

  /** The document of that user and namespace, if there is one. */
  Optional<ProfileDocument> find(ProfileKey key);

  /**
   * All documents of a user, in code point order of their namespaces; none of an unknown user. They
   * come at once, each of up to {@value Limits#JSON_BYTES} bytes: how many namespaces a user has is
   * for the application to bound.
   */
  List<ProfileDocument> findByUser(UserId userId);

  /**
   * Stores a document in the place of the one that is there, if any.
   *
   * @param expectedVersion the version that is to be replaced, 0 if there is to be none; empty to
   *     replace whatever is there
   * @throws StoreException.StaleVersion if another version is there; 0 stands for none
   * @throws StoreException.UnknownReference naming {@code userId}, if there is no such user
   * @throws StoreException.InvalidInput naming {@code expectedVersion}, if it is negative
   */
  UpsertResult<ProfileDocument> replace(
      ProfileKey key, Json.JsonObject document, OptionalLong expectedVersion);

  /** As {@link #replace(ProfileKey, Json.JsonObject, OptionalLong)}, whatever is there. */
  default UpsertResult<ProfileDocument> replace(ProfileKey key, Json.JsonObject document) {
    return replace(key, document, OptionalLong.empty());
  }

  /**
   * Merges a patch into the document that is there, or into an empty one (RFC 7396). Patches that
   * are merged at the same time lose nothing of each other.
   *
   * @param expectedVersion the version that is to be patched, 0 if there is to be none; empty to
   *     patch whatever is there
   * @throws StoreException.StaleVersion if another version is there; 0 stands for none
   * @throws StoreException.UnknownReference naming {@code userId}, if there is no such user
   * @throws StoreException.InvalidInput naming {@code expectedVersion}, if it is negative; or
   *     {@code json}, if the merged document would exceed a limit
   */
  UpsertResult<ProfileDocument> merge(
      ProfileKey key, Json.JsonObject patch, OptionalLong expectedVersion);

  /** As {@link #merge(ProfileKey, Json.JsonObject, OptionalLong)}, whatever is there. */
  default UpsertResult<ProfileDocument> merge(ProfileKey key, Json.JsonObject patch) {
    return merge(key, patch, OptionalLong.empty());
  }

  /**
   * Removes a document.
   *
   * @return whether there was one
   */
  boolean delete(ProfileKey key);
}
