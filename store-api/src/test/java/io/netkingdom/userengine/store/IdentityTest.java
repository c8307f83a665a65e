package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.WIDE;
import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** TenantId, IdentityKey and the drafts of federated identities: exact values within limits. */
class IdentityTest {

  private static final UserId ID = UserId.of("0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b");

  @Test
  void theLongestValuesFitAndLongerOnesDoNot() {
    String tenant = WIDE.repeat(Limits.TENANT_ID);
    assertEquals(tenant, TenantId.of(tenant).value());
    refuses("tenant", "is longer than 64 code points", () -> TenantId.of(tenant + "a"));

    String issuer = WIDE.repeat(Limits.ISSUER);
    String subject = WIDE.repeat(Limits.SUBJECT);
    IdentityKey key = IdentityKey.of(issuer, subject);
    assertEquals(issuer, key.issuer());
    assertEquals(subject, key.subject());
    refuses(
        "issuer", "is longer than 256 code points", () -> IdentityKey.of(issuer + "a", subject));
    refuses(
        "subject", "is longer than 255 code points", () -> IdentityKey.of(issuer, subject + "a"));

    FederatedIdentityDraft draft = FederatedIdentityDraft.of(ID, key);
    String alias = WIDE.repeat(Limits.PROVIDER_ALIAS);
    assertEquals(alias, draft.withProviderAlias(alias).providerAlias());
    refuses(
        "providerAlias",
        "is longer than 64 code points",
        () -> draft.withProviderAlias(alias + "a"));
  }

  @Test
  void emptyValuesNulAndLoneSurrogatesAreRefused() {
    refuses("tenant", "is empty", () -> TenantId.of(""));
    refuses("tenant", "contains U+0000 at index 1", () -> TenantId.of("a\0"));
    refuses("tenant", "contains a control character", () -> TenantId.of("a\n"));
    refuses("issuer", "is empty", () -> IdentityKey.of("", "s"));
    refuses("subject", "is empty", () -> IdentityKey.of("i", ""));
    refuses("issuer", "has a lone surrogate at index 0", () -> IdentityKey.of("\ud800", "s"));
    refuses("subject", "contains U+0000 at index 0", () -> IdentityKey.of("i", "\0"));
  }

  @Test
  void valuesCompareExactly() {
    assertNotEquals(TenantId.of("Acme"), TenantId.of("acme"));
    assertNotEquals(IdentityKey.of("i", "Sub"), IdentityKey.of("i", "sub"));
    assertNotEquals(IdentityKey.of("i", "é"), IdentityKey.of("i", "e\u0301"));
    assertNotEquals(ExternalId.of("e"), ExternalId.of("E"));
  }
}
