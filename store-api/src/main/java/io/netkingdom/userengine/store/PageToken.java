package io.netkingdom.userengine.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A place in a listing, between two records; URL-safe text that is opaque to callers, and good for
 * that listing of that tenant alone.
 *
 * <p><strong>It is readable unless the store has a {@link StoreOptions#pageTokenKey}.</strong>
 * Without one it is plain base64 of the tenant, of what the listing is restricted to, and of what
 * the record beside the place is sorted by: a user's or group's name, an id, or a time. In a URL
 * all of this gets into logs, proxies and browser histories. And without one it proves nothing:
 * whoever has seen a token can make others, which name other places of listings that they may read.
 *
 * <p>With one it is sealed: whoever lacks the key sees its length only, and can make or change
 * none.
 *
 * @param value 1 to {@value Limits#PAGE_TOKEN} characters
 */
public record PageToken(@JsonValue String value) {

  /**
   * @throws StoreException.InvalidInput naming {@code pageToken}, if it cannot be a token
   */
  public PageToken {
    Objects.requireNonNull(value, "value");
    Text.nonEmpty("pageToken", value, Limits.PAGE_TOKEN);
  }

  /**
   * The token of that text.
   *
   * @throws StoreException.InvalidInput naming {@code pageToken}, if it cannot be a token
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PageToken of(String value) {
    Objects.requireNonNull(value, "value");
    return new PageToken(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
