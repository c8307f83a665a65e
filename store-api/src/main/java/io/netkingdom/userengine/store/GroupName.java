package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.netkingdom.userengine.store.precis.PrecisProfile;
import java.util.Objects;

/**
 * The display name of a group: as typed, together with the canonical key that is unique within the
 * tenant. Two names are one when their keys are equal: {@code Engineering Team} and {@code
 * engineering team}.
 *
 * <p>The key follows the PRECIS profile Nickname as names are compared (RFC 8266, section 2.4).
 * Equality is of the name as typed. Immutable.
 */
public final class GroupName {

  private static final CanonicalKeys KEYS =
      new CanonicalKeys(PrecisProfile.NICKNAME, Limits.GROUP_NAME);

  private final String value;
  private final String key;

  private GroupName(String value, String key) {
    this.value = value;
    this.key = key;
  }

  /**
   * Checks and canonicalises a name.
   *
   * @param displayName 1 to {@value Limits#GROUP_NAME} code points
   * @throws StoreException.InvalidInput naming {@code displayName}, if the profile forbids the name
   *     or the name or its key is too long
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static GroupName of(String displayName) {
    return new GroupName(displayName, KEYS.of("displayName", displayName));
  }

  /**
   * The key of the beginning of a name, for prefix search: the keys of all names that begin as
   * typed, in any spelling, begin with it. It is not the key of a name: it may end where no name
   * may, with a space or before the letter that a contextual rule asks for.
   *
   * <ul>
   *   <li>Spaces at the end are one space, which stands between words: {@code engineering } finds
   *       {@code Engineering Team}, but neither {@code Engineering} nor {@code Engineering-Ops}.
   *       Spaces in front count for nothing, so that nothing but spaces is like nothing at all.
   *   <li>A beginning ends between characters, not before a mark that combines with the last one:
   *       {@code e} is no beginning of {@code é}.
   *   <li>A capital sigma at the end of a word may turn out to be {@code σ} or {@code ς}. The key
   *       ends before it, so that {@code ΑΣ} finds {@code ας} and {@code ασία}, and more: whatever
   *       begins with {@code α}. A small sigma is taken as typed.
   * </ul>
   *
   * @param prefix 0 to {@value Limits#GROUP_NAME} code points, each literal: none is a wildcard
   * @return the key, empty if nothing or only spaces were typed; its own prefix key
   * @throws StoreException.InvalidInput naming {@code prefix}, if no name can begin so
   */
  public static String prefixKey(String prefix) {
    return KEYS.ofPrefix(prefix);
  }

  /**
   * For adapters: a name as it was stored, with the key that it was given then. A name that was
   * once accepted can be read for ever, whatever a later version of this library thinks of it.
   */
  public static GroupName restored(String value, String key) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(key, "key");
    return new GroupName(value, key);
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
    return other instanceof GroupName that && value.equals(that.value);
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
