package io.netkingdom.userengine.store;

import java.util.List;
import java.util.Optional;

/**
 * The federated identities of one tenant's users.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface FederatedIdentityRepository {

  /**
   * Links an identity to a user, or gives the link that is there the draft's alias.
   *
   * @throws StoreException.Conflict naming {@code identity}, if it is linked to another user: a
   *     link is never moved in silence
   * @throws StoreException.UnknownReference naming {@code userId}, if there is no such user
   */
  UpsertResult<FederatedIdentity> link(FederatedIdentityDraft draft);

  /**
   * Links an identity without an alias to a user.
   *
   * @throws StoreException.InvalidInput if issuer or subject are not acceptable
   * @throws StoreException.Conflict naming {@code identity}, if it is linked to another user
   * @throws StoreException.UnknownReference naming {@code userId}, if there is no such user
   */
  default UpsertResult<FederatedIdentity> link(UserId userId, String issuer, String subject) {
    return link(FederatedIdentityDraft.of(userId, IdentityKey.of(issuer, subject)));
  }

  /**
   * Signs somebody in: finds the user who has the identity and gives it what the provider says, as
   * far as {@link SignIn#mayChange} allows; or, if nobody has it, creates the user and the link. A
   * user who is not active is {@link SignInResult.Suspended}, stays so, and is not changed. Writes
   * an audit record each time, and an outbox record when something was created or changed: the
   * user's attributes or the link's alias. That lastSeen moves on is no change. All of it is one
   * operation, and takes place or does not.
   *
   * @throws StoreException.Conflict naming {@code id}, {@code userName} or {@code externalId}, if
   *     it creates a user or may change the keys, and another user holds it: an equal name or
   *     e-mail address links nothing
   */
  SignInResult signIn(SignIn signIn);

  /** The link of that issuer and subject, if there is one. */
  Optional<FederatedIdentity> find(IdentityKey key);

  /** The user to whom that issuer and subject are linked, if there is one. */
  Optional<User> findUser(IdentityKey key);

  /** All links of a user, in code point order of issuer and subject; empty for an unknown user. */
  List<FederatedIdentity> findByUser(UserId userId);

  /**
   * Removes a link.
   *
   * @return whether there was one
   */
  boolean unlink(IdentityKey key);
}
