package io.netkingdom.userengine.store;

import java.util.Objects;

/**
 * One e-mail address of a user: an element of SCIM's emails (RFC 7643, section 4.1.2).
 *
 * @param address the address
 * @param verified whether the application has seen proof that the user reads it
 * @param primary whether it is the one to write to; at most one of a user's is
 */
public record Email(EmailAddress address, boolean verified, boolean primary) {

  /** Refuses null. */
  public Email {
    Objects.requireNonNull(address, "address");
  }

  /**
   * An unverified address that is not the primary one.
   *
   * @throws StoreException.InvalidInput if it is not an address
   */
  public static Email of(String address) {
    Objects.requireNonNull(address, "address");
    return new Email(EmailAddress.of(address), false, false);
  }

  /** The same, verified. */
  public Email asVerified() {
    return new Email(address, true, primary);
  }

  /** The same, as the primary one. */
  public Email asPrimary() {
    return new Email(address, verified, true);
  }
}
