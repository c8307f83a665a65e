package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * A user who signed in, and through what.
 *
 * @param user the user as it is stored now
 * @param identity the link as it is stored now; its lastSeen is the time of this sign-in
 */
public record SignedInUser(User user, FederatedIdentity identity) {

  /** Refuses null. */
  public SignedInUser {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(identity, "identity");
  }
}
