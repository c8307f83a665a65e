package io.netkingdom.userengine.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals page tokens, so that only stores with the same key can read and make them: AES-GCM, with a
 * random nonce of 96 bits for each token, and the tenant as associated data.
 *
 * <pre>{@code
 * // 16, 24 or 32 random bytes, the same in all instances of the application
 * SecretKey secret = new SecretKeySpec(bytes, "AES");
 * StoreOptions options = StoreOptions.defaults().withPageTokenKey(PageTokenKey.of(secret));
 * }</pre>
 *
 * <p>All instances that serve one another's tokens need the same key. With another key, or none,
 * tokens given out before are refused like any text that is not a token, and a walk has to begin
 * anew. So are tokens that were given out before there was a key.
 *
 * <p>A sealed token hides its contents but not their length, and so tells about how long the name
 * of the record beside it is. It is a third longer than one that is not sealed, plus 38 characters.
 * Sealing and opening take one AES-GCM call each, and no round trip.
 *
 * <p>Two tokens of one key that happened to have the same nonce would give away what they hold.
 * NIST SP 800-38D, section 8.3, therefore allows at most 2<sup>32</sup> seals with random nonces
 * under one key. A page takes up to two of them: a store that reads 100 pages in each second of the
 * day is there after eight months. Give the key to nothing else, and take another one in time.
 *
 * <p>Immutable, safe for use by many threads, and compared by identity. Nothing of the key is in
 * any text, and it cannot be got back.
 */
public final class PageTokenKey {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  private PageTokenKey(SecretKey key) {
    this.key = key;
  }

  /**
   * The key for page tokens that is made of a key for AES, which is copied.
   *
   * @param key 128, 192 or 256 bits that can be read: a key that never leaves a hardware module
   *     cannot be used, as each page would cost calls to that module
   * @throws StoreException.InvalidInput naming {@code pageTokenKey}, if it is anything else
   */
  public static PageTokenKey of(SecretKey key) {
    Objects.requireNonNull(key, "key");
    if (!key.getAlgorithm().equals("AES")) {
      throw new StoreException.InvalidInput("pageTokenKey", "is not a key for AES");
    }
    byte[] bytes = key.getEncoded();
    if (bytes == null) {
      throw new StoreException.InvalidInput("pageTokenKey", "does not let its bytes be read");
    }
    if (bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
      throw new StoreException.InvalidInput("pageTokenKey", "is not 128, 192 or 256 bits long");
    }
    return new PageTokenKey(new SecretKeySpec(bytes, "AES"));
  }

  /**
   * Seals a token. For adapters that do not build on {@link
   * io.netkingdom.userengine.store.adapter.TransactionalStore}, which does it for all others.
   *
   * @param tenant the tenant that the token is of
   * @param token as the adapter reads it, at most {@value Limits#UNSEALED_PAGE_TOKEN} bytes in
   *     UTF-8
   * @return URL-safe text, another one each time
   */
  public PageToken seal(TenantId tenant, PageToken token) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(token, "token");
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] text = token.value().getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length + TAG_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce, tenant).doFinal(text, 0, text.length, sealed, NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
    return new PageToken(encode(sealed));
  }

  /**
   * Opens a token that {@link #seal} made with the same key for the same tenant.
   *
   * @return the token as the adapter reads it
   * @throws StoreException.InvalidInput naming {@code pageToken}, if it is anything else
   */
  public PageToken open(TenantId tenant, PageToken sealed) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(sealed, "sealed");
    byte[] bytes = decode(sealed);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), tenant)
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return new PageToken(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      throw notOfThisListing();
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, TenantId tenant) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(tenant.value().getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] decode(PageToken sealed) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(sealed.value());
      // The decoder overlooks padding and the bits of the last character that stand for nothing.
      if (bytes.length > NONCE_BYTES + TAG_BYTES && encode(bytes).equals(sealed.value())) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw notOfThisListing();
    }
    throw notOfThisListing();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static StoreException.InvalidInput notOfThisListing() {
    return new StoreException.InvalidInput("pageToken", "is not a token of this listing");
  }

  private static IllegalStateException unusable(GeneralSecurityException e) {
    return new IllegalStateException("this JDK cannot use AES-GCM with this key", e);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "PageTokenKey";
  }
}
