package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * Names one profile document of a user: the application, or the SCIM extension (RFC 7643, section
 * 3.3), that it belongs to. Compared exactly.
 *
 * @param userId the user
 * @param namespace 1 to {@value Limits#NAMESPACE} code points
 */
public record ProfileKey(UserId userId, String namespace) {

  /**
   * @throws StoreException.InvalidInput naming {@code namespace}, if it is empty, too long, or not
   *     valid text
   */
  public ProfileKey {
    Objects.requireNonNull(userId, "userId");
    Text.nonEmpty("namespace", namespace, Limits.NAMESPACE);
  }

  /**
   * The key of that user and namespace.
   *
   * @throws StoreException.InvalidInput naming {@code namespace}, if it is empty, too long, or not
   *     valid text
   */
  public static ProfileKey of(UserId userId, String namespace) {
    return new ProfileKey(userId, namespace);
  }
}
