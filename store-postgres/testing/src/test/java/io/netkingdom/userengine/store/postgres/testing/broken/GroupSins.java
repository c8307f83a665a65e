package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with groups and memberships. */
final class GroupSins {

  private GroupSins() {}

  static List<SqlSin> all() {
    return List.of(
        new GroupNamesIgnoreTheTenant(),
        new NothingDoneIsCreated(),
        new MembershipsAreNotUnique(),
        new MembershipsOutliveTheirGroup(),
        new GroupsAreNotLockedForTheirMembers());
  }

  /** The unique constraint lacks the tenant. */
  private static final class GroupNamesIgnoreTheTenant extends SqlSin {
    GroupNamesIgnoreTheTenant() {
      rewrites(
          "user_engine_groups_display_name UNIQUE (tenant_id, display_name_key)",
          "user_engine_groups_display_name UNIQUE (display_name_key)");
      kills("KEY-14", "Retryable");
    }
  }

  /** INSERT that gave way with DO NOTHING is told as if it had inserted. */
  private static final class NothingDoneIsCreated extends SqlSin {
    NothingDoneIsCreated() {
      rewrites("WHEN m.since IS NULL THEN 'RACED' ELSE 'UNCHANGED'", "ELSE 'CREATED'");
      kills("GRP-01", "joining again");
      kills("GRP-13", "how many of the concurrent calls made the membership");
    }
  }

  /** The key of the memberships is missing. */
  private static final class MembershipsAreNotUnique extends SqlSin {
    MembershipsAreNotUnique() {
      rewrites(
          "CONSTRAINT user_engine_memberships_pk PRIMARY KEY (tenant_id, group_id, user_id),", "");
      kills("GRP-01", "joining again");
    }
  }

  /** The foreign key to the groups is missing. */
  private static final class MembershipsOutliveTheirGroup extends SqlSin {
    MembershipsOutliveTheirGroup() {
      rewrites(
          "CONSTRAINT user_engine_memberships_group FOREIGN KEY (tenant_id, group_id)"
              + " REFERENCES {schema}.user_engine_groups (tenant_id, id) ON DELETE CASCADE,",
          "");
      kills("GRP-03", "find of a membership");
    }
  }

  /** The group is not held against deletion, and the foreign key fails. */
  private static final class GroupsAreNotLockedForTheirMembers extends SqlSin {
    GroupsAreNotLockedForTheirMembers() {
      rewrites("FOR KEY SHARE OF g", "");
      kills("GRP-12", "joining is refused with UnknownReference or Retryable");
    }
  }
}
