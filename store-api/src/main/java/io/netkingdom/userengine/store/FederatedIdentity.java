package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored link between a user and an identity at an outside provider.
 *
 * @param userId the user who signs in with it
 * @param key issuer and subject, unique within the tenant
 * @param providerAlias what the application calls the provider, or null
 * @param created when it was linked, in whole microseconds
 * @param lastSeen when it was last used to sign in, or null if never
 */
public record FederatedIdentity(
    UserId userId,
    IdentityKey key,
    @Nullable String providerAlias,
    Instant created,
    @Nullable Instant lastSeen) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if a value is not one that a store holds
   */
  public FederatedIdentity {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(key, "key");
    Text.optional("providerAlias", providerAlias, Limits.PROVIDER_ALIAS);
    created = Timestamps.of("created", created);
    lastSeen = lastSeen == null ? null : Timestamps.of("lastSeen", lastSeen);
  }
}
