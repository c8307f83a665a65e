package io.netkingdom.userengine.store;

/**
 * A place in a listing, between two records; opaque to callers, and good for that listing of that
 * tenant alone. It tells whoever can decode it the key of a record, and proves nothing.
 *
 * @param value 1 to {@value Limits#PAGE_TOKEN} characters
 */
public record PageToken(String value) {

  /**
   * @throws StoreException.InvalidInput naming {@code pageToken}, if it cannot be a token
   */
  public PageToken {
    Text.nonEmpty("pageToken", value, Limits.PAGE_TOKEN);
  }

  /**
   * The token of that text.
   *
   * @throws StoreException.InvalidInput naming {@code pageToken}, if it cannot be a token
   */
  public static PageToken of(String value) {
    return new PageToken(value);
  }

  /** The value. */
  @Override
  public String toString() {
    return value;
  }
}
