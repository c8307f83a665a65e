package io.netkingdom.userengine.store;

import java.util.Objects;

/** How a sign-in ended. A suspended user is not to be had from it. */
public sealed interface SignInResult {

  /**
   * What was done, for callers who know that nobody suspends the user.
   *
   * @throws IllegalStateException if the user is suspended: nobody is signed in
   */
  UpsertResult<SignedInUser> signedIn();

  /**
   * The user is active and has signed in.
   *
   * @param signedIn who signed in, and whether that created or changed something
   */
  record SignedIn(UpsertResult<SignedInUser> signedIn) implements SignInResult {

    /** Refuses null. */
    public SignedIn {
      Objects.requireNonNull(signedIn, "signedIn");
    }
  }

  /**
   * The user is not active, and must not be let in. The audit record tells of a failure; a user who
   * was there, and the link, are as before, lastSeen included. A user whom this sign-in created
   * inactive is stored.
   */
  record Suspended() implements SignInResult {

    @Override
    public UpsertResult<SignedInUser> signedIn() {
      throw new IllegalStateException("the user is suspended and has not signed in");
    }
  }
}
