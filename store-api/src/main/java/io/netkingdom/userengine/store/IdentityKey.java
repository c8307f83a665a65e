package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * What identifies somebody at an identity provider: OpenID Connect's issuer and subject (Core 1.0,
 * section 5.7: the only claims that a client may rely on as a stable identifier). Compared exactly,
 * and ordered by the code points of the issuer, then of the subject.
 *
 * @param issuer the provider's issuer identifier, 1 to {@value Limits#ISSUER} code points
 * @param subject the subject identifier at that issuer, 1 to {@value Limits#SUBJECT} code points
 */
public record IdentityKey(String issuer, String subject) implements Comparable<IdentityKey> {

  /**
   * @throws StoreException.InvalidInput naming {@code issuer} or {@code subject}, if it is empty,
   *     too long, or not valid text
   */
  public IdentityKey {
    Text.nonEmpty("issuer", issuer, Limits.ISSUER);
    Text.nonEmpty("subject", subject, Limits.SUBJECT);
  }

  /**
   * The key of that issuer and subject.
   *
   * @throws StoreException.InvalidInput naming {@code issuer} or {@code subject}, if it is empty,
   *     too long, or not valid text
   */
  public static IdentityKey of(String issuer, String subject) {
    return new IdentityKey(issuer, subject);
  }

  @Override
  public int compareTo(IdentityKey other) {
    Objects.requireNonNull(other, "other");
    int byIssuer = CodePointOrder.INSTANCE.compare(issuer, other.issuer);
    return byIssuer != 0 ? byIssuer : CodePointOrder.INSTANCE.compare(subject, other.subject);
  }
}
