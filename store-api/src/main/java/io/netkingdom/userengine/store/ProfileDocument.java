package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A stored profile: one JSON object per user and namespace.
 *
 * @param key the user and the namespace
 * @param document the object, equal to what was stored; see {@link Json} for what is equal
 * @param lastModified when it was last effectively changed; never goes back
 * @param version 1 when created, plus exactly 1 with every effective change
 */
public record ProfileDocument(
    ProfileKey key, Json.JsonObject document, Instant lastModified, long version) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if a value is not one that a store holds
   */
  public ProfileDocument {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(document, "document");
    lastModified = Timestamps.of("lastModified", lastModified);
    if (version < 1) {
      throw new StoreException.InvalidInput("version", "is less than 1");
    }
  }

  /** This profile with another document, as the result of an effective change at a time. */
  public ProfileDocument modified(Json.JsonObject changed, Instant now) {
    Objects.requireNonNull(changed, "changed");
    Objects.requireNonNull(now, "now");
    return new ProfileDocument(key, changed, Timestamps.next(now, lastModified), version + 1);
  }
}
