package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.precis.PrecisException;
import io.netkingdom.userengine.store.precis.PrecisProfile;

/**
 * The name by which a user signs in: as typed, together with the canonical key that is unique
 * within the tenant. Two names are one when their keys are equal: {@code Ada} and {@code ada}.
 *
 * <p>The key follows the PRECIS profile UsernameCaseMapped (RFC 8265, section 3.3). Equality is of
 * the name as typed. Immutable.
 */
public final class UserName {

  private final String value;
  private final String key;

  private UserName(String value, String key) {
    this.value = value;
    this.key = key;
  }

  /**
   * Checks and canonicalises a name.
   *
   * @param typed 1 to {@value Limits#USER_NAME} code points
   * @throws StoreException.InvalidInput naming {@code userName}, if the profile forbids the name or
   *     it is too long
   */
  public static UserName of(String typed) {
    Text.nonEmpty("userName", typed, Limits.USER_NAME);
    try {
      String key = PrecisProfile.USERNAME_CASE_MAPPED.enforce(typed);
      return new UserName(typed, Text.of("userName", key, Limits.USER_NAME));
    } catch (PrecisException e) {
      throw new StoreException.InvalidInput("userName", e.reason());
    }
  }

  /**
   * For adapters: a name as it was stored, with the key that it was given then. A name that was
   * once accepted can be read for ever, whatever a later version of this library thinks of it.
   */
  public static UserName restored(String value, String key) {
    return new UserName(value, key);
  }

  /** The name as typed. */
  public String value() {
    return value;
  }

  /** The canonical key, unique within a tenant. */
  public String key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The name as typed. */
  @Override
  public String toString() {
    return value;
  }
}
