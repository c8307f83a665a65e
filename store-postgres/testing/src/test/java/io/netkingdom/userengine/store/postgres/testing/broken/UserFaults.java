package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with users, one by one and in batches. */
final class UserFaults {

  private UserFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new UserNamesAreNotUnique(),
        new ExternalIdsAreNotUnique(),
        new AbsentExternalIdsCollide(),
        new ConflictsAreUpdated(),
        new OneArbiterOnly(),
        new UpsertsMakeNewIds(),
        new NamesOfEveryTenant(),
        new TenantsIgnoreCase(),
        new DeletesInEveryTenant(),
        new ExternalIdsIgnoreCase(),
        new EmailsAreLike(),
        new HoldersInAnyOrder(),
        new VersionsAreNotCompared(),
        new VersionsAreComparedWithoutALock(),
        new NullEqualsNothing(),
        new OneRowSpoilsTheBatch());
  }

  /** The unique constraint of the names is missing. */
  private static final class UserNamesAreNotUnique extends SqlFault {
    UserNamesAreNotUnique() {
      rewrites("CONSTRAINT user_engine_users_user_name UNIQUE (tenant_id, user_name_key),", "");
      mustFail("USR-10", "creating a user with a taken name");
      mustFail("ISO-12", "how many of the concurrent calls created the user");
    }
  }

  /** The unique constraint of the external ids is missing. */
  private static final class ExternalIdsAreNotUnique extends SqlFault {
    ExternalIdsAreNotUnique() {
      rewrites(", CONSTRAINT user_engine_users_external_id UNIQUE (tenant_id, external_id)", "");
      mustFail("USR-10", "creating a user with a taken external id");
    }
  }

  /** A unique index that takes null for a value. */
  private static final class AbsentExternalIdsCollide extends SqlFault {
    AbsentExternalIdsCollide() {
      rewrites(
          "CREATE INDEX user_engine_users_emails",
          "CREATE UNIQUE INDEX ON {schema}.user_engine_users"
              + " (tenant_id, coalesce(external_id, ''));\nCREATE INDEX user_engine_users_emails");
      mustFail("KEY-07", "Retryable");
    }
  }

  /** ON CONFLICT DO UPDATE, where the holder of a key is to stay as it is. */
  private static final class ConflictsAreUpdated extends SqlFault {
    ConflictsAreUpdated() {
      rewritesIn(
          "INSERT INTO {schema}.user_engine_users",
          "FROM settings ON CONFLICT DO NOTHING",
          "FROM settings ON CONFLICT (tenant_id, user_name_key)"
              + " DO UPDATE SET display_name = EXCLUDED.display_name");
      mustFail("USR-10", "creating a user with a taken name");
    }
  }

  /** ON CONFLICT names one of the keys, and the others fail. */
  private static final class OneArbiterOnly extends SqlFault {
    OneArbiterOnly() {
      rewritesIn(
          "INSERT INTO {schema}.user_engine_users",
          "FROM settings ON CONFLICT DO NOTHING",
          "FROM settings ON CONFLICT (tenant_id, user_name_key) DO NOTHING");
      mustFail("USR-10", "SQLSTATE 23505");
    }
  }

  /** As REPLACE or MERGE by deleting and inserting does. */
  private static final class UpsertsMakeNewIds extends SqlFault {
    UpsertsMakeNewIds() {
      rewritesIn(
          "'RACED'",
          "UPDATE {schema}.user_engine_users r SET user_name = ?,",
          "UPDATE {schema}.user_engine_users r SET id = gen_random_uuid(), user_name = ?,");
      mustFail("UPS-01", "the id after an update");
    }
  }

  /** A condition on the tenant is missing where a name is looked up. */
  private static final class NamesOfEveryTenant extends SqlFault {
    NamesOfEveryTenant() {
      rewrites(
          "SELECT * FROM {schema}.user_engine_users WHERE tenant_id = ? AND user_name_key = ?",
          "SELECT * FROM {schema}.user_engine_users"
              + " WHERE (tenant_id = ? OR true) AND user_name_key = ?");
      mustFail("KEY-08", "the user there");
    }
  }

  /** Tenants are compared as a case-insensitive collation or citext does. */
  private static final class TenantsIgnoreCase extends SqlFault {
    TenantsIgnoreCase() {
      rewrites(
          "SELECT * FROM {schema}.user_engine_users WHERE tenant_id = ? AND user_name_key = ?",
          "SELECT * FROM {schema}.user_engine_users"
              + " WHERE lower(tenant_id) = lower(?) AND user_name_key = ?");
      mustFail("KEY-08", "find in a tenant whose name merely resembles");
    }
  }

  /** A condition on the tenant is missing where a user is deleted. */
  private static final class DeletesInEveryTenant extends SqlFault {
    DeletesInEveryTenant() {
      rewritesIn(
          "DELETE FROM {schema}.user_engine_users r",
          "WHERE r.tenant_id = ? AND",
          "WHERE (r.tenant_id = ? OR true) AND");
      mustFail("DEL-04", "deleting another tenant's user");
    }
  }

  /** As a case-insensitive collation, or citext, compares. */
  private static final class ExternalIdsIgnoreCase extends SqlFault {
    ExternalIdsIgnoreCase() {
      rewrites(
          "FROM {schema}.user_engine_users WHERE tenant_id = ? AND external_id = ?",
          "FROM {schema}.user_engine_users WHERE tenant_id = ? AND lower(external_id) = lower(?)");
      mustFail("USR-05", "find by an external id that merely resembles");
      mustFail("KEY-10", "the user found by external id");
    }
  }

  /** An address is a pattern, in which an underscore is any character. */
  private static final class EmailsAreLike extends SqlFault {
    EmailsAreLike() {
      rewrites(
          "emails @> ?::jsonb", "emails::text LIKE '%\"' || (?::jsonb -> 0 ->> 'key') || '\"%'");
      mustFail("USR-12", "the holders by an address that merely resembles");
    }
  }

  /** ORDER BY is left out: rows come in the order in which they lie. */
  private static final class HoldersInAnyOrder extends SqlFault {
    HoldersInAnyOrder() {
      rewrites("emails @> ?::jsonb ORDER BY id", "emails @> ?::jsonb");
      mustFail("USR-14", "the holders of one address, by id");
    }
  }

  /** UPDATE without the version in its condition. */
  private static final class VersionsAreNotCompared extends SqlFault {
    VersionsAreNotCompared() {
      rewrites("version = ? AS is_current", "version = ? OR true AS is_current");
      mustFail("USR-07", "an update of a version that is no longer stored");
      mustFail("GRP-08", "an update of a version that is no longer stored");
    }
  }

  /** The version is read in a snapshot, and the row is not locked before it is written. */
  private static final class VersionsAreComparedWithoutALock extends SqlFault {
    VersionsAreComparedWithoutALock() {
      rewritesIn("'STALE'", "FOR NO KEY UPDATE OF r", "");
      mustFail("ISO-02", "of two writers that saw one version, exactly one wins");
    }
  }

  /** What is absent is compared with an equals sign, which is then never true. */
  private static final class NullEqualsNothing extends SqlFault {
    NullEqualsNothing() {
      rewrites(") AS is_same", ") AND stored.external_id = stored.external_id AS is_same");
      mustFail("USR-08", "EngineFailure");
    }
  }

  /** A batch is one INSERT, which one of its rows can fail. */
  private static final class OneRowSpoilsTheBatch extends SqlFault {
    OneRowSpoilsTheBatch() {
      rewrites(
          "(SELECT 1 FROM {schema}.user_engine_users u"
              + " WHERE u.tenant_id = ? AND u.external_id = r.external_id LIMIT 1) IS NULL",
          "(?::text IS NOT NULL)");
      rewritesIn("jsonb_to_recordset", "ON CONFLICT DO NOTHING", "");
      mustFail("BLK-02", "SQLSTATE 23505");
    }
  }
}
