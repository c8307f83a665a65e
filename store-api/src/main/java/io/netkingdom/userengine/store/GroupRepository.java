package io.netkingdom.userengine.store;

import java.util.Objects;
import java.util.Optional;

/**
 * The groups of one tenant, and who is in them.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface GroupRepository {

  /**
   * Creates a group. A draft without an id is given one.
   *
   * @throws StoreException.Conflict naming the first of {@code id}, {@code displayName} and {@code
   *     externalId} that is taken
   */
  Group create(GroupDraft draft);

  /** The group of that id, if there is one. */
  Optional<Group> find(GroupId id);

  /**
   * The group of that id.
   *
   * @throws StoreException.NotFound if there is none
   */
  default Group get(GroupId id) {
    return find(id).orElseThrow(() -> new StoreException.NotFound("group"));
  }

  /** The group whose name has the same canonical key, if there is one. */
  Optional<Group> findByDisplayName(GroupName displayName);

  /**
   * The group whose name has the same canonical key, if there is one.
   *
   * @throws StoreException.InvalidInput if no group can have that name
   */
  default Optional<Group> findByDisplayName(String displayName) {
    return findByDisplayName(GroupName.of(displayName));
  }

  /** The group to which another system gave exactly that id, if there is one. */
  Optional<Group> findByExternalId(ExternalId externalId);

  /**
   * The group to which another system gave exactly that id, if there is one.
   *
   * @throws StoreException.InvalidInput if no group can have that external id
   */
  default Optional<Group> findByExternalId(String externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return findByExternalId(ExternalId.of(externalId));
  }

  /**
   * Stores an edited group, as {@link UserRepository#update} does a user.
   *
   * @return the group as it is stored now
   * @throws StoreException.NotFound if there is no group of that id
   * @throws StoreException.StaleVersion if the stored group has another version
   * @throws StoreException.Conflict naming the first of {@code displayName} and {@code externalId}
   *     that another group holds
   */
  Group update(Group edited);

  /**
   * Creates the group of that name, or gives the one that has it all of the draft's attributes.
   *
   * @throws StoreException.Conflict naming the first of {@code id}, which counts only when a group
   *     would be created, and {@code externalId} that another group holds
   */
  UpsertResult<Group> upsert(GroupDraft draft);

  /**
   * Deletes a group and its memberships, and no user. Its name and external id are free again.
   *
   * @return whether there was one
   */
  boolean delete(GroupId id);

  /**
   * The groups in the order of their names' keys.
   *
   * @throws StoreException.InvalidInput if the request's token is not one of this listing
   */
  Page<Group> list(PageRequest request);

  /**
   * The groups whose name begins with a text, in the order of their names' keys.
   *
   * @param prefix see {@link GroupName#prefixKey}
   * @throws StoreException.InvalidInput if no name can begin so, or the request's token is not one
   *     of this listing
   */
  Page<Group> listByPrefix(String prefix, PageRequest request);

  /**
   * Puts a user into a group.
   *
   * @return the membership, {@link UpsertResult.Unchanged} if it was there
   * @throws StoreException.UnknownReference naming the first of {@code groupId} and {@code userId}
   *     that does not exist
   */
  UpsertResult<Membership> addMember(GroupId groupId, UserId userId);

  /**
   * Takes a user out of a group.
   *
   * @return whether the user was in it
   */
  boolean removeMember(GroupId groupId, UserId userId);

  /** The membership of a user in a group, if the user is in it. */
  Optional<Membership> findMember(GroupId groupId, UserId userId);

  /**
   * The members of a group in unsigned order of their user ids; none of an unknown group.
   *
   * @throws StoreException.InvalidInput if the request's token is not one of this listing
   */
  Page<Membership> listMembers(GroupId groupId, PageRequest request);

  /**
   * The memberships of a user in unsigned order of their group ids; none of an unknown user.
   *
   * @throws StoreException.InvalidInput if the request's token is not one of this listing
   */
  Page<Membership> listMemberships(UserId userId, PageRequest request);
}
