package io.netkingdom.userengine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.adapter.Keyset;
import io.netkingdom.userengine.store.adapter.Listings;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenKeyTest {

  private static final TenantId ACME = TenantId.of("acme");
  private static final PageToken TOKEN = PageToken.of("W1siYWNtZSIsInVzZXJzIiwiIl0sWyJhZGEiXV0");
  private static final String REFUSAL = "is not a token of this listing";

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (0xA0 + i);
    }
    return bytes;
  }

  private static PageTokenKey key(int length) {
    return PageTokenKey.of(new SecretKeySpec(bytes(length), "AES"));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void whatIsSealedIsOpenedWithAnEqualKey(int length) {
    PageToken sealed = key(length).seal(ACME, TOKEN);

    assertTrue(sealed.value().matches("[A-Za-z0-9_-]+"), sealed.value());
    assertEquals(TOKEN, key(length).open(ACME, sealed));
  }

  /** Made by another implementation of AES-GCM, so that instances of other versions can read it. */
  @Test
  void theFormIsNonceCiphertextAndTag() {
    PageToken sealed =
        PageToken.of(
            "AAECAwQFBgcICQoLad26HqRF9IGUPQY68opukvjr_mBFCxq3DJR46F407kYN"
                + "xnc0k8PKQlIOxyKFe1kudGfjpz1B5Q");

    assertEquals(TOKEN, key(32).open(ACME, sealed));
  }

  /** A nonce that comes twice gives away what was sealed with it. */
  @Test
  void everyTokenHasANonceOfItsOwn() {
    PageTokenKey key = key(16);
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      nonces.add(key.seal(ACME, TOKEN).value().substring(0, 16));
    }
    assertEquals(1_000, nonces.size());
  }

  @Test
  void everyOtherTextIsRefusedAlike() {
    PageTokenKey key = key(32);
    String sealed = key.seal(ACME, TOKEN).value();

    refuses(key(16), ACME, sealed);
    refuses(key, TenantId.of("acm"), sealed);
    refuses(key, ACME, TOKEN.value());
    refuses(key, ACME, sealed + "A");
    refuses(key, ACME, sealed + "=");
    refuses(key, ACME, sealed + sealed);
    refuses(key, ACME, "!");
    refuses(key, ACME, "\u00e9");
    refuses(key, ACME, base64(new byte[28]));
    for (int end = 1; end < sealed.length(); end++) {
      refuses(key, ACME, sealed.substring(0, end));
    }
  }

  private static void refuses(PageTokenKey key, TenantId tenant, String text) {
    PageToken token = PageToken.of(text);
    Inputs.refuses("pageToken", REFUSAL, () -> key.open(tenant, token));
    assertEquals(
        null,
        assertThrows(StoreException.InvalidInput.class, () -> key.open(tenant, token)).getCause());
  }

  /** The bits of the last character that stand for nothing are part of the token all the same. */
  @Test
  void everyBitCounts() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    PageTokenKey key = key(32);
    for (String text : List.of("a", "ab", "abc")) {
      String sealed = key.seal(ACME, PageToken.of(text)).value();
      for (int at = 0; at < sealed.length(); at++) {
        for (int bit = 0; bit < 6; bit++) {
          char other = alphabet.charAt(alphabet.indexOf(sealed.charAt(at)) ^ (1 << bit));
          refuses(key, ACME, sealed.substring(0, at) + other + sealed.substring(at + 1));
        }
      }
    }
  }

  @Test
  void theLongestTokensFit() {
    PageToken longest = PageToken.of("x".repeat(Limits.UNSEALED_PAGE_TOKEN));

    PageToken sealed = key(32).seal(ACME, longest);

    assertEquals(Limits.PAGE_TOKEN, sealed.value().length());
    assertEquals(longest, key(32).open(ACME, sealed));
  }

  @Test
  void theLongestTokensOfListingsCanBeSealed() {
    String name = Inputs.WIDE.repeat(Limits.USER_NAME);
    TenantId tenant = TenantId.of(Inputs.WIDE.repeat(Limits.TENANT_ID));
    AuditSubject subject =
        AuditSubject.of("\u0001".repeat(Limits.SUBJECT_TYPE), "\u0001".repeat(Limits.SUBJECT_ID));
    String number = "9".repeat(18);

    fits(Listings.users(tenant, name, PageRequest.of(1)), List.of(name));
    fits(
        Listings.audit(tenant, new AuditFilter.ByTarget(subject), PageRequest.of(1)),
        List.of(number, number));
  }

  private static void fits(Keyset listing, List<String> key) {
    PageToken token = listing.page(List.of(key), part -> part).nextToken().orElseThrow();
    assertTrue(token.value().length() <= Limits.UNSEALED_PAGE_TOKEN, "" + token.value().length());
  }

  @Test
  void keysThatAreNotAesAreRefused() {
    for (int length : new int[] {1, 15, 17, 20, 33, 64}) {
      refusesKey("is not 128, 192 or 256 bits long", new SecretKeySpec(bytes(length), "AES"));
    }
    refusesKey("is not a key for AES", new SecretKeySpec(bytes(32), "HmacSHA256"));
    refusesKey("does not let its bytes be read", new OfADevice());
  }

  private static void refusesKey(String reason, SecretKey key) {
    Inputs.refuses("pageTokenKey", reason, () -> PageTokenKey.of(key));
  }

  /** As keys of PKCS #11 are. */
  private static final class OfADevice implements SecretKey {
    private static final long serialVersionUID = 1;

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }

  @Test
  void noTextShowsTheKey() {
    byte[] secret = bytes(32);
    StoreOptions options = StoreOptions.defaults().withPageTokenKey(key(32));

    for (String text : List.of(options.toString(), String.valueOf(options.pageTokenKey()))) {
      assertTrue(text.contains("PageTokenKey"), text);
      assertFalse(text.contains(new String(secret, UTF_8)), text);
      assertFalse(text.contains(HexFormat.of().formatHex(secret, 0, 4)), text);
      assertFalse(text.contains(base64(secret).substring(0, 6)), text);
      // JDK keys are printed with a sum of their bytes.
      assertFalse(
          text.contains(Integer.toHexString(new SecretKeySpec(secret, "AES").hashCode())), text);
    }
  }

  @Test
  void optionsKeepTheKey() {
    PageTokenKey key = key(32);
    StoreOptions options = StoreOptions.defaults().withPageTokenKey(key);

    assertEquals(
        options,
        options
            .withClock(StoreOptions.defaults().clock())
            .withTransactions(TransactionOptions.defaults()));
    assertNotEquals(StoreOptions.defaults(), options);
    assertEquals(StoreOptions.defaults(), options.withPageTokenKey(null));
  }
}
