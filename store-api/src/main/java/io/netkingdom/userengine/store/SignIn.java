package io.netkingdom.userengine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody signs in through an identity provider: who it is there, and what the user is like
 * according to it. Immutable and valid.
 *
 * @param identity issuer and subject
 * @param providerAlias what the application calls the provider, up to {@value
 *     Limits#PROVIDER_ALIAS} code points; or null
 * @param user the user as the provider describes it; its id, and whether it is active, are used
 *     only when a user is created
 * @param mayChange what of it a user who is there already is given
 * @param requestId for the audit record, up to {@value Limits#REQUEST_ID} code points; or null
 * @param details for the audit record
 * @param payload for the outbox record, if there is one
 */
public record SignIn(
    IdentityKey identity,
    @Nullable String providerAlias,
    UserDraft user,
    SignInChanges mayChange,
    @Nullable String requestId,
    Json.JsonObject details,
    Json payload) {

  /** The action of the audit record, which is written at every sign-in. */
  public static final String ACTION = "user.signed-in";

  /** The event of the outbox record, when a user was created. */
  public static final String USER_CREATED = "user.created";

  /** The event of the outbox record, when the user or the link was changed. */
  public static final String USER_UPDATED = "user.updated";

  /**
   * @throws StoreException.InvalidInput naming {@code providerAlias} or {@code requestId}, if it is
   *     not acceptable
   */
  public SignIn {
    Objects.requireNonNull(identity, "identity");
    Text.optional("providerAlias", providerAlias, Limits.PROVIDER_ALIAS);
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(mayChange, "mayChange");
    Text.optional("requestId", requestId, Limits.REQUEST_ID);
    Objects.requireNonNull(details, "details");
    Objects.requireNonNull(payload, "payload");
  }

  /** A sign-in with nothing but the identity and the user, which may change the profile. */
  public static SignIn of(IdentityKey identity, UserDraft user) {
    return new SignIn(
        identity, null, user, SignInChanges.PROFILE, null, Json.object(), Json.object());
  }

  /**
   * The same with what the application calls the provider.
   *
   * @throws StoreException.InvalidInput if it is not acceptable
   */
  public SignIn withProviderAlias(@Nullable String providerAlias) {
    return new SignIn(identity, providerAlias, user, mayChange, requestId, details, payload);
  }

  /** The same, which may change more or less of a user who is there already. */
  public SignIn withMayChange(SignInChanges mayChange) {
    return new SignIn(identity, providerAlias, user, mayChange, requestId, details, payload);
  }

  /**
   * The same with the id of the request.
   *
   * @throws StoreException.InvalidInput if it is not acceptable
   */
  public SignIn withRequestId(@Nullable String requestId) {
    return new SignIn(identity, providerAlias, user, mayChange, requestId, details, payload);
  }

  /** The same with details for the audit record. */
  public SignIn withDetails(Json.JsonObject details) {
    return new SignIn(identity, providerAlias, user, mayChange, requestId, details, payload);
  }

  /** The same with a payload for the outbox record. */
  public SignIn withPayload(Json payload) {
    return new SignIn(identity, providerAlias, user, mayChange, requestId, details, payload);
  }

  /** The attributes that an active user who is there already has after this sign-in. */
  public UserDraft appliedTo(User stored) {
    Objects.requireNonNull(stored, "stored");
    boolean keys = mayChange == SignInChanges.KEYS_AND_PROFILE;
    boolean profile = mayChange != SignInChanges.NOTHING;
    ExternalId externalId = user.externalId();
    String displayName = user.displayName();
    return new UserDraft(
        stored.id(),
        keys ? user.userName() : stored.userName(),
        keys && externalId != null ? externalId : stored.externalId(),
        profile && displayName != null && !displayName.isEmpty()
            ? displayName
            : stored.displayName(),
        stored.active(),
        profile && !user.emails().isEmpty() ? emails(stored) : stored.emails());
  }

  /** The addresses that are claimed, with what is known of those that are stored. */
  private List<Email> emails(User stored) {
    boolean primaryIsClaimed = claimsPrimary();
    List<Email> emails = new ArrayList<>();
    for (Email claimed : user.emails()) {
      Email email = claimed;
      for (Email known : stored.emails()) {
        if (known.address().key().equals(claimed.address().key())) {
          email =
              new Email(
                  claimed.address(),
                  claimed.verified() || known.verified(),
                  claimed.primary() || (known.primary() && !primaryIsClaimed));
        }
      }
      emails.add(email);
    }
    return emails;
  }

  /** Whether the claims name a primary e-mail address. */
  public boolean claimsPrimary() {
    return user.emails().stream().anyMatch(Email::primary);
  }

  /** The audit record of this sign-in: a failure if the user is not active. */
  public AuditDraft audit(User signedIn) {
    Objects.requireNonNull(signedIn, "signedIn");
    AuditSubject subject = AuditSubject.user(signedIn.id()).withLabel(signedIn.userName().value());
    return AuditDraft.of(subject, ACTION, subject)
        .withOutcome(signedIn.active() ? AuditOutcome.SUCCESS : AuditOutcome.FAILURE)
        .withRequestId(requestId)
        .withDetails(details);
  }

  /** The outbox record of this sign-in, which is written if it created or changed something. */
  public OutboxDraft event(User signedIn, boolean created) {
    Objects.requireNonNull(signedIn, "signedIn");
    return OutboxDraft.of(signedIn, created ? USER_CREATED : USER_UPDATED, payload);
  }
}
