package io.netkingdom.userengine.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored group: SCIM's Group (RFC 7643, section 4.2) without its members, which are {@link
 * Membership}s. Immutable; {@code with…} gives an edited copy for {@link GroupRepository#update}.
 *
 * @param id identifies the group within its tenant
 * @param displayName what the group is called; its key is unique within the tenant
 * @param externalId the id that another system gave to the group; unique among the tenant's groups,
 *     or null
 * @param created when the group was created, in whole microseconds
 * @param lastModified when the group was last effectively changed; never goes back
 * @param version 1 when created, plus exactly 1 with every effective change; members do not count
 */
public record Group(
    GroupId id,
    GroupName displayName,
    @Nullable ExternalId externalId,
    Instant created,
    Instant lastModified,
    long version) {

  /**
   * For adapters.
   *
   * @throws StoreException.InvalidInput if a value is not one that a store holds
   */
  public Group {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(displayName, "displayName");
    created = Timestamps.of("created", created);
    lastModified = Timestamps.of("lastModified", lastModified);
    if (version < 1) {
      throw new StoreException.InvalidInput("version", "is less than 1");
    }
  }

  /**
   * A group as it is when newly created from a draft.
   *
   * @param id the draft's own id, or a generated one
   */
  public static Group created(GroupId id, GroupDraft draft, Instant now) {
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(now, "now");
    return new Group(id, draft.displayName(), draft.externalId(), now, now, 1);
  }

  /** This group's id and attributes, to store them elsewhere or again. */
  public GroupDraft asDraft() {
    return new GroupDraft(id, displayName, externalId);
  }

  /** Whether all that an update can change is the same in both. */
  public boolean hasSameAttributesAs(Group other) {
    Objects.requireNonNull(other, "other");
    return displayName.equals(other.displayName) && Objects.equals(externalId, other.externalId);
  }

  /** This group with a draft's attributes, all of them; the id, times and version stay. */
  public Group withAttributesOf(GroupDraft draft) {
    Objects.requireNonNull(draft, "draft");
    return new Group(id, draft.displayName(), draft.externalId(), created, lastModified, version);
  }

  /** This group as the result of an effective change at a time. */
  public Group modified(Instant now) {
    Objects.requireNonNull(now, "now");
    return new Group(
        id, displayName, externalId, created, Timestamps.next(now, lastModified), version + 1);
  }

  /**
   * This group under another name.
   *
   * @throws StoreException.InvalidInput if the name is not acceptable
   */
  public Group withDisplayName(String displayName) {
    return new Group(id, GroupName.of(displayName), externalId, created, lastModified, version);
  }

  /**
   * This group with another external id, or with none.
   *
   * @throws StoreException.InvalidInput if the id is not acceptable
   */
  public Group withExternalId(@Nullable String externalId) {
    ExternalId changed = externalId == null ? null : ExternalId.of(externalId);
    return new Group(id, displayName, changed, created, lastModified, version);
  }
}
