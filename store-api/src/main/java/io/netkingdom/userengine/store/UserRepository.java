package io.netkingdom.userengine.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The users of one tenant.
 *
 * <p>Every method can fail as {@link UserEngineStore} describes; only what is particular to a
 * method is named there.
 */
public interface UserRepository {

  /**
   * Creates a user. A draft without an id is given one.
   *
   * @throws StoreException.Conflict naming the first of {@code id}, {@code userName} and {@code
   *     externalId} that is taken
   */
  User create(UserDraft draft);

  /** The user of that id, if there is one. */
  Optional<User> find(UserId id);

  /**
   * The user of that id.
   *
   * @throws StoreException.NotFound if there is none
   */
  default User get(UserId id) {
    return find(id).orElseThrow(() -> new StoreException.NotFound("user"));
  }

  /** The user whose name has the same canonical key, if there is one. */
  Optional<User> findByUserName(UserName userName);

  /**
   * The user whose name has the same canonical key, if there is one.
   *
   * @throws StoreException.InvalidInput if no user can have that name
   */
  default Optional<User> findByUserName(String userName) {
    return findByUserName(UserName.of(userName));
  }

  /** The user to whom another system gave exactly that id, if there is one. */
  Optional<User> findByExternalId(ExternalId externalId);

  /**
   * The user to whom another system gave exactly that id, if there is one.
   *
   * @throws StoreException.InvalidInput if no user can have that external id
   */
  default Optional<User> findByExternalId(String externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return findByExternalId(ExternalId.of(externalId));
  }

  /**
   * Everybody who has that e-mail address, in ascending unsigned order of their ids. An address is
   * not unique: the result is no proof of who somebody is.
   */
  List<User> findByEmail(EmailAddress address);

  /**
   * Everybody who has that e-mail address, in ascending unsigned order of their ids.
   *
   * @throws StoreException.InvalidInput if it is not an address
   */
  default List<User> findByEmail(String address) {
    Objects.requireNonNull(address, "address");
    return findByEmail(EmailAddress.of(address));
  }

  /**
   * Stores an edited user: all of its attributes, provided that the stored user still has the
   * version that the edited one was read with. A change to the same values is none: it adds nothing
   * to the version and leaves lastModified. The edited user's created and lastModified are not
   * looked at.
   *
   * @return the user as it is stored now
   * @throws StoreException.NotFound if there is no user of that id
   * @throws StoreException.StaleVersion if the stored user has another version
   * @throws StoreException.Conflict naming the first of {@code userName} and {@code externalId}
   *     that another user holds
   */
  User update(User edited);

  /**
   * Creates the user of that name, or gives the one that has it all of the draft's attributes. The
   * draft's id is used only when a user is created.
   *
   * @throws StoreException.Conflict naming the first of {@code id}, which counts only when a user
   *     would be created, and {@code externalId} that another user holds
   */
  UpsertResult<User> upsert(UserDraft draft);

  /**
   * Upserts a bounded number of users, as if one by one in their order. A draft that conflicts does
   * not spoil its neighbours.
   *
   * @param drafts at most {@value Limits#BATCH}
   * @return what became of each, by its index
   * @throws StoreException.InvalidInput naming {@code batch}, if there are too many
   */
  List<RowOutcome> upsertAll(List<UserDraft> drafts);

  /**
   * Deletes a user with its identities, memberships and profiles. Its name and external id are free
   * again.
   *
   * @return whether there was one
   */
  boolean delete(UserId id);

  /**
   * Erases a user (GDPR, article 17): deletes it as {@link #delete} does, and replaces what other
   * records tell of it. In audit records that name the user, the details and both labels; in outbox
   * records about the user, the payload and the headers. The records and their ids stay. The user's
   * id can never be given to another. What is told of a user that was deleted before is replaced,
   * too.
   *
   * <p>Nothing is left that others committed before this returned, whatever their level. An adapter
   * that cannot keep that above READ COMMITTED refuses.
   *
   * @return whether there was a user of that id
   * @throws StoreException.InvalidInput naming {@code isolation}, in a transaction above {@link
   *     IsolationLevel#READ_COMMITTED}; nothing was changed, and the transaction is usable
   */
  boolean erase(UserId id);

  /**
   * The users in the order of their names' keys.
   *
   * @throws StoreException.InvalidInput if the request's token is not one of this listing
   */
  Page<User> list(PageRequest request);

  /**
   * The users whose name begins with a text, in the order of their names' keys.
   *
   * @param prefix see {@link UserName#prefixKey}
   * @throws StoreException.InvalidInput if no name can begin so, or the request's token is not one
   *     of this listing
   */
  Page<User> listByPrefix(String prefix, PageRequest request);
}
