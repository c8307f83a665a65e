package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with deleting and erasing. */
final class ErasureFaults {

  private ErasureFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new DeletionIsRestricted(),
        new DeletionLeavesProfiles(),
        new DeletionCascadesTooFar(),
        new OrWithoutParentheses(),
        new ErasureInEveryTenant(),
        new ErasedUsersAreCounted(),
        new ErasedUsersTakeLinks(),
        new ErasureInOneSnapshot(),
        new ErasureAboveReadCommitted(),
        new NobodyIsHeldWithoutARow(),
        new TombstonesAreNotLocked());
  }

  /** ON DELETE CASCADE is missing, and the foreign key refuses. */
  private static final class DeletionIsRestricted extends SqlFault {
    DeletionIsRestricted() {
      rewritesIn("CREATE TABLE {schema}.user_engine_identities", "ON DELETE CASCADE", "");
      mustFail("DEL-01", "SQLSTATE 23503");
    }
  }

  /** The foreign key of the documents is missing. */
  private static final class DeletionLeavesProfiles extends SqlFault {
    DeletionLeavesProfiles() {
      rewrites(
          ", CONSTRAINT user_engine_profiles_user FOREIGN KEY (tenant_id, user_id)"
              + " REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE",
          "");
      mustFail("DEL-01", "find of a profile");
    }
  }

  /** Outbox records refer to their user, and go with it. */
  private static final class DeletionCascadesTooFar extends SqlFault {
    DeletionCascadesTooFar() {
      rewrites(
          "dedup_key text COLLATE \"C\",",
          """
          dedup_key text COLLATE "C",
          user_id uuid GENERATED ALWAYS AS
            (CASE WHEN aggregate_type = 'user' THEN aggregate_id::uuid END) STORED,
          FOREIGN KEY (tenant_id, user_id)
            REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE,
          """);
      mustFail("DEL-01", "a message about the user");
    }
  }

  /** AND binds more tightly than OR. */
  private static final class OrWithoutParentheses extends SqlFault {
    OrWithoutParentheses() {
      rewrites(
          "AND ((actor_type = 'user' AND actor_id = ?) OR (target_type = 'user' AND target_id = ?))",
          "AND (actor_type = 'user' AND actor_id = ?) OR (target_type = 'user' AND target_id = ?)");
      mustFail("DEL-10", "its audit record");
    }
  }

  /** A condition on the tenant is missing where messages are scrubbed. */
  private static final class ErasureInEveryTenant extends SqlFault {
    ErasureInEveryTenant() {
      rewrites(
          "WHERE tenant_id = ? AND aggregate_type = 'user'",
          "WHERE (tenant_id = ? OR true) AND aggregate_type = 'user'");
      mustFail("DEL-10", "its message");
    }
  }

  /** The condition that tells users from what is left of erased ones is missing in a count. */
  private static final class ErasedUsersAreCounted extends SqlFault {
    ErasedUsersAreCounted() {
      rewrites("WHERE tenant_id = ? AND erased IS NULL)", "WHERE tenant_id = ?)");
      mustFail("DEL-07", "users after the erasure");
    }
  }

  /** The same condition is missing where somebody refers to a user. */
  private static final class ErasedUsersTakeLinks extends SqlFault {
    ErasedUsersTakeLinks() {
      rewrites("AND u.erased IS NULL FOR KEY SHARE OF u", "FOR KEY SHARE OF u");
      mustFail("DEL-03", "linking to an erased user");
    }
  }

  /** Nobody is waited for: what is committed meanwhile is not in the snapshot that erases. */
  private static final class ErasureInOneSnapshot extends SqlFault {
    ErasureInOneSnapshot() {
      rewrites("FOR UPDATE OF u", "");
      mustFail("DEL-03", "its links");
      mustFail("DEL-08", "which was open when the erasure began");
    }
  }

  /** The snapshot that erases is older than what was waited for. */
  private static final class ErasureAboveReadCommitted extends SqlFault {
    ErasureAboveReadCommitted() {
      rewrites("WHERE level.name = 'read committed' OR level.name = 'read uncommitted'", "");
      mustFail("DEL-13", "what is left by an erasure at SERIALIZABLE");
    }
  }

  /** Whoever tells of a user without a row holds nothing. */
  private static final class NobodyIsHeldWithoutARow extends SqlFault {
    NobodyIsHeldWithoutARow() {
      rewrites("AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = told.id)", "AND false");
      mustFail("DEL-14", "a record about a deleted user");
    }
  }

  /** What is left of an erased user is not waited for. */
  private static final class TombstonesAreNotLocked extends SqlFault {
    TombstonesAreNotLocked() {
      rewrites(
          "WHERE waited.locks > 0 AND u.tenant_id = ? AND u.id = ?",
          "WHERE waited.locks > 0 AND u.tenant_id = ? AND u.id = ? AND u.erased IS NULL");
      mustFail("DEL-14", "a record about an erased user");
    }
  }
}
