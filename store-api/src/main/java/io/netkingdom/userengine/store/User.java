package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored user: SCIM's User (RFC 7643, section 4.1) without credentials. Immutable; {@code with…}
 * gives an edited copy for {@link UserRepository#update}.
 *
 * @param id identifies the user within its tenant
 * @param userName what the user signs in with; its key is unique within the tenant
 * @param externalId the id that another system gave to the user; unique within the tenant, or null
 * @param displayName what the user is called, kept as it came; may be empty; or null
 * @param active whether the user may sign in; the store itself does not act on it
 * @param emails at most {@value Limits#EMAILS}, at most one of them primary, in the order given
 * @param created when the user was created, in whole microseconds
 * @param lastModified when the user was last effectively changed; never goes back
 * @param version 1 when created, plus exactly 1 with every effective change
 */
public record User(
    UserId id,
    UserName userName,
    @Nullable ExternalId externalId,
    @Nullable String displayName,
    boolean active,
    List<Email> emails,
    Instant created,
    Instant lastModified,
    long version) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if a value is not one that a store holds
   */
  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userName, "userName");
    displayName = UserAttributes.displayName(displayName);
    emails = UserAttributes.emails(emails);
    created = Timestamps.of("created", created);
    lastModified = Timestamps.of("lastModified", lastModified);
    if (version < 1) {
      throw new StoreException.InvalidInput("version", "is less than 1");
    }
  }

  /**
   * A user as it is when newly created from a draft.
   *
   * @param id the draft's own id, or a generated one
   */
  public static User created(UserId id, UserDraft draft, Instant now) {
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(now, "now");
    return new User(
        id,
        draft.userName(),
        draft.externalId(),
        draft.displayName(),
        draft.active(),
        draft.emails(),
        now,
        now,
        1);
  }

  /** Whether all that an update can change is the same in both. */
  public boolean hasSameAttributesAs(User other) {
    Objects.requireNonNull(other, "other");
    return userName.equals(other.userName)
        && Objects.equals(externalId, other.externalId)
        && Objects.equals(displayName, other.displayName)
        && active == other.active
        && emails.equals(other.emails);
  }

  /** This user's id and attributes, to store them elsewhere or again. */
  public UserDraft asDraft() {
    return new UserDraft(id, userName, externalId, displayName, active, emails);
  }

  /** This user with a draft's attributes, all of them; the id, times and version stay. */
  public User withAttributesOf(UserDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return new User(
        id,
        draft.userName(),
        draft.externalId(),
        draft.displayName(),
        draft.active(),
        draft.emails(),
        created,
        lastModified,
        version);
  }

  /** This user as the result of an effective change at a time. */
  public User modified(Instant now) {
    Objects.requireNonNull(now, "now");
    return new User(
        id,
        userName,
        externalId,
        displayName,
        active,
        emails,
        created,
        Timestamps.next(now, lastModified),
        version + 1);
  }

  /**
   * This user under another name.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public User withUserName(String userName) {
    return new User(
        id,
        UserName.of(userName),
        externalId,
        displayName,
        active,
        emails,
        created,
        lastModified,
        version);
  }

  /**
   * This user with another external id, or with none.
   *
   * @throws StoreException.InvalidInput if the id is not acceptable
   */
  public User withExternalId(@Nullable String externalId) {
    ExternalId changed = externalId == null ? null : ExternalId.of(externalId);
    return new User(
        id, userName, changed, displayName, active, emails, created, lastModified, version);
  }

  /**
   * This user with another display name, or with none.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public User withDisplayName(@Nullable String displayName) {
    return new User(
        id, userName, externalId, displayName, active, emails, created, lastModified, version);
  }

  /** This user, active or not. */
  public User withActive(boolean active) {
    return new User(
        id, userName, externalId, displayName, active, emails, created, lastModified, version);
  }

  /**
   * This user with other e-mail addresses.
   *
   * @throws StoreException.InvalidInput if there are too many, two alike, or two primary ones
   */
  public User withEmails(List<Email> emails) {
    return new User(
        id, userName, externalId, displayName, active, emails, created, lastModified, version);
  }
}
