package io.netkingdom.userengine.store;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user to be created or upserted. Immutable and valid: what exists, every adapter accepts.
 *
 * @param id the id to create the user with, or null for a generated one
 * @param userName what the user signs in with
 * @param externalId the id that another system gave to the user, or null
 * @param displayName what the user is called, or null
 * @param active whether the user may sign in
 * @param emails at most {@value Limits#EMAILS}, at most one of them primary
 */
public record UserDraft(
    @Nullable UserId id,
    UserName userName,
    @Nullable ExternalId externalId,
    @Nullable String displayName,
    boolean active,
    List<Email> emails) {

  /**
   * @throws StoreException.InvalidInput if a value is not acceptable
   */
  public UserDraft {
    Objects.requireNonNull(userName, "userName");
    displayName = UserAttributes.displayName(displayName);
    emails = UserAttributes.emails(emails);
  }

  /**
   * An active user of that name, with nothing else.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public static UserDraft named(String userName) {
    return new UserDraft(null, UserName.of(userName), null, null, true, List.of());
  }

  /** The same with an id of the caller's choice. */
  public UserDraft withId(UserId id) {
    Objects.requireNonNull(id, "id");
    return new UserDraft(id, userName, externalId, displayName, active, emails);
  }

  /**
   * The same under another name.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public UserDraft withUserName(String userName) {
    return new UserDraft(id, UserName.of(userName), externalId, displayName, active, emails);
  }

  /**
   * The same with an id that another system gave to the user.
   *
   * @throws StoreException.InvalidInput if the id is not acceptable
   */
  public UserDraft withExternalId(String externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return new UserDraft(id, userName, ExternalId.of(externalId), displayName, active, emails);
  }

  /**
   * The same with a display name, which may be empty.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public UserDraft withDisplayName(String displayName) {
    Objects.requireNonNull(displayName, "displayName");
    return new UserDraft(id, userName, externalId, displayName, active, emails);
  }

  /** The same, active or not. */
  public UserDraft withActive(boolean active) {
    return new UserDraft(id, userName, externalId, displayName, active, emails);
  }

  /**
   * The same with one more e-mail address, unverified and not primary.
   *
   * @throws StoreException.InvalidInput if it is not an address, or there already
   */
  public UserDraft withEmail(String address) {
    Objects.requireNonNull(address, "address");
    return withEmail(Email.of(address));
  }

  /**
   * The same with one more e-mail address.
   *
   * @throws StoreException.InvalidInput if it is there already, or a second primary one
   */
  public UserDraft withEmail(Email email) {
    Objects.requireNonNull(email, "email");
    List<Email> more = Stream.concat(emails.stream(), Stream.of(email)).toList();
    return new UserDraft(id, userName, externalId, displayName, active, more);
  }
}
