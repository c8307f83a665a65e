package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A group to be created or upserted. Immutable and valid: what exists, every adapter accepts.
 *
 * @param id the id to create the group with, or null for a generated one
 * @param displayName what the group is called
 * @param externalId the id that another system gave to the group, or null
 */
public record GroupDraft(
    @Nullable GroupId id, GroupName displayName, @Nullable ExternalId externalId) {

  /** Refuses a null name. */
  public GroupDraft {
    Objects.requireNonNull(displayName, "displayName");
  }

  /**
   * A group of that name, with nothing else.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public static GroupDraft named(String displayName) {
    return new GroupDraft(null, GroupName.of(displayName), null);
  }

  /** The same with an id of the caller's choice. */
  public GroupDraft withId(GroupId id) {
    Objects.requireNonNull(id, "id");
    return new GroupDraft(id, displayName, externalId);
  }

  /**
   * The same with an id that another system gave to the group.
   *
   * @throws StoreException.InvalidInput if the id is not acceptable
   */
  public GroupDraft withExternalId(String externalId) {
    Objects.requireNonNull(externalId, "externalId");
    return new GroupDraft(id, displayName, ExternalId.of(externalId));
  }
}
