package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.netkingdom.userengine.store.precis.PrecisProfile;
import java.util.Objects;

/**
 * The name by which a user signs in: as typed, together with the canonical key that is unique
 * within the tenant. Two names are one when their keys are equal: {@code Ada} and {@code ada}.
 *
 * <p>The key follows the PRECIS profile UsernameCaseMapped (RFC 8265, section 3.3). Equality is of
 * the name as typed. Immutable.
 */
public final class UserName {

  private static final CanonicalKeys KEYS =
      new CanonicalKeys(PrecisProfile.USERNAME_CASE_MAPPED, Limits.USER_NAME);

  private final String value;
  private final String key;

  private UserName(String value, String key) {
    this.value = value;
    this.key = key;
  }

  /**
   * Checks and canonicalises a name.
   *
   * @param userName 1 to {@value Limits#USER_NAME} code points
   * @throws StoreException.InvalidInput naming {@code userName}, if the profile forbids the name or
   *     it is too long
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static UserName of(String userName) {
    return new UserName(userName, KEYS.of("userName", userName));
  }

  /**
   * The key of the beginning of a name, for prefix search: the keys of all names that begin as
   * typed, in any spelling, begin with it. It is not the key of a name: it may end where no name
   * may, before the letter that a contextual rule asks for or after a hyphen in Hebrew.
   *
   * <ul>
   *   <li>A beginning ends between characters, not before a mark that combines with the last one:
   *       {@code e} is no beginning of {@code é}.
   *   <li>A capital sigma at the end of a word may turn out to be {@code σ} or {@code ς}. The key
   *       ends before it, so that {@code ΑΣ} finds {@code ας} and {@code ασία}, and more: whatever
   *       begins with {@code α}. A small sigma is taken as typed.
   * </ul>
   *
   * @param prefix 0 to {@value Limits#USER_NAME} code points, each literal: none is a wildcard
   * @return the key, empty if nothing was typed; its own prefix key
   * @throws StoreException.InvalidInput naming {@code prefix}, if no name can begin so
   */
  public static String prefixKey(String prefix) {
    return KEYS.ofPrefix(prefix);
  }

  /**
   * For adapters: a name as it was stored, with the key that it was given then. A name that was
   * once accepted can be read for ever, whatever a later version of this library thinks of it.
   */
  public static UserName restored(String value, String key) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(key, "key");
    return new UserName(value, key);
  }

  /** The name as typed. */
  @JsonValue
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
