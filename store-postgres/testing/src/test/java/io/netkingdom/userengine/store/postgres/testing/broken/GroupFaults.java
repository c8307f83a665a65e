package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with groups and memberships. */
final class GroupFaults {

  private GroupFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new GroupNamesIgnoreTheTenant(),
        new NothingDoneIsCreated(),
        new MembershipsAreNotUnique(),
        new MembershipsOutliveTheirGroup(),
        new GroupsAreNotLockedForTheirMembers());
  }

  /** The unique constraint lacks the tenant. */
  private static final class GroupNamesIgnoreTheTenant extends SqlFault {
    GroupNamesIgnoreTheTenant() {
      rewrites(
          "user_engine_groups_display_name UNIQUE (tenant_id, display_name_key)",
          "user_engine_groups_display_name UNIQUE (display_name_key)");
      mustFail("KEY-14", "Retryable");
    }
  }

  /** INSERT that gave way with DO NOTHING is told as if it had inserted. */
  private static final class NothingDoneIsCreated extends SqlFault {
    NothingDoneIsCreated() {
      rewrites("WHEN m.since IS NULL THEN 'RACED' ELSE 'UNCHANGED'", "ELSE 'CREATED'");
      mustFail("GRP-01", "joining again");
      mustFail("GRP-13", "how many of the concurrent calls made the membership");
    }
  }

  /** The key of the memberships is missing. */
  private static final class MembershipsAreNotUnique extends SqlFault {
    MembershipsAreNotUnique() {
      rewrites(
          "CONSTRAINT user_engine_memberships_pk PRIMARY KEY (tenant_id, group_id, user_id),", "");
      mustFail("GRP-01", "joining again");
    }
  }

  /** The foreign key to the groups is missing. */
  private static final class MembershipsOutliveTheirGroup extends SqlFault {
    MembershipsOutliveTheirGroup() {
      rewrites(
          "CONSTRAINT user_engine_memberships_group FOREIGN KEY (tenant_id, group_id)"
              + " REFERENCES {schema}.user_engine_groups (tenant_id, id) ON DELETE CASCADE,",
          "");
      mustFail("GRP-03", "find of a membership");
    }
  }

  /** The group is not held against deletion, and the foreign key fails. */
  private static final class GroupsAreNotLockedForTheirMembers extends SqlFault {
    GroupsAreNotLockedForTheirMembers() {
      rewrites("FOR KEY SHARE OF g", "");
      mustFail("GRP-12", "joining is refused with UnknownReference or Retryable");
    }
  }
}
