package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A user's membership in a group.
 *
 * @param groupId the group
 * @param userId the user
 * @param since when the user joined, in whole microseconds
 */
public record Membership(GroupId groupId, UserId userId, Instant since) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if the time is not one that a store holds
   */
  public Membership {
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(userId, "userId");
    since = Timestamps.of("since", since);
  }
}
