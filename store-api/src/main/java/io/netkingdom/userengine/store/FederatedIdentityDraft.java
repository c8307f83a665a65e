package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An identity to be linked to a user. Immutable and valid.
 *
 * @param userId the user to link it to
 * @param key issuer and subject
 * @param providerAlias what the application calls the provider, up to {@value
 *     Limits#PROVIDER_ALIAS} code points; or null
 */
public record FederatedIdentityDraft(
    UserId userId, IdentityKey key, @Nullable String providerAlias) {

  /**
   * @throws StoreException.InvalidInput if the alias is too long or not valid text
   */
  public FederatedIdentityDraft {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(key, "key");
    Text.optional("providerAlias", providerAlias, Limits.PROVIDER_ALIAS);
  }

  /** A link without an alias. */
  public static FederatedIdentityDraft of(UserId userId, IdentityKey key) {
    return new FederatedIdentityDraft(userId, key, null);
  }

  /**
   * The same with what the application calls the provider.
   *
   * @throws StoreException.InvalidInput if the alias is too long or not valid text
   */
  public FederatedIdentityDraft withProviderAlias(String providerAlias) {
    Objects.requireNonNull(providerAlias, "providerAlias");
    return new FederatedIdentityDraft(userId, key, providerAlias);
  }
}
