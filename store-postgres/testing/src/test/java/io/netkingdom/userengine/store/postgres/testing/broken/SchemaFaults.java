package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with types, indexes and migrations. */
final class SchemaFaults {

  private SchemaFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new TimesInMilliseconds(),
        new TimesWithoutAZone(),
        new TextIsCapped(),
        new IndexedTextIsTooLong(),
        new DocumentsInNumbersOfTheMachine(),
        new MigrationsAreNotRecorded(),
        new MigrationLockOfTheSession());
  }

  /** A precision of three digits. */
  private static final class TimesInMilliseconds extends SqlFault {
    TimesInMilliseconds() {
      rewritesIn(
          "CREATE TABLE {schema}.user_engine_users",
          "created timestamptz",
          "created timestamptz(3)");
      mustFail("TXT-06", "created as it is read back");
    }
  }

  /** A zone's own time, without the zone: an hour of it is there twice in autumn. */
  private static final class TimesWithoutAZone extends SqlFault {
    TimesWithoutAZone() {
      rewritesIn(
          "INSERT INTO {schema}.user_engine_users",
          "?::jsonb, ?, ?, 1 FROM settings",
          "?::jsonb, timezone('Europe/Berlin', ?), ?, 1 FROM settings");
      mustFail("TXT-06", "created as it is read back");
    }
  }

  /** Shorter than the longest text that is taken. */
  private static final class TextIsCapped extends SqlFault {
    TextIsCapped() {
      rewrites("provider_alias text COLLATE \"C\",", "provider_alias varchar(50) COLLATE \"C\",");
      mustFail("TXT-02", "SQLSTATE 22001");
    }
  }

  /** An index holds more of a row than a page of it can. */
  private static final class IndexedTextIsTooLong extends SqlFault {
    IndexedTextIsTooLong() {
      rewrites(
          "CREATE INDEX user_engine_identities_user_id",
          "CREATE INDEX ON {schema}.user_engine_users (tenant_id, user_name_key, display_name,"
              + " external_id);\nCREATE INDEX user_engine_identities_user_id");
      mustFail("TXT-02", "SQLSTATE 54000");
    }
  }

  /** Numbers go through double precision. */
  private static final class DocumentsInNumbersOfTheMachine extends SqlFault {
    DocumentsInNumbersOfTheMachine() {
      rewritesIn(
          "INSERT INTO {schema}.user_engine_audit",
          "?, ?::jsonb FROM",
          "?, (SELECT jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'number'"
              + " THEN to_jsonb(value::text::float8) ELSE value END) FROM jsonb_each(?::jsonb)) FROM");
      mustFail("TXT-08", "the details as they are read back");
    }
  }

  /** The history says nothing of what was applied. */
  private static final class MigrationsAreNotRecorded extends SqlFault {
    MigrationsAreNotRecorded() {
      rewrites(
          "INSERT INTO {schema}.user_engine_schema_history",
          "EXPLAIN INSERT INTO {schema}.user_engine_schema_history");
      mustFail("MIG-01", "readiness after migrating");
    }
  }

  /** A lock that outlives its transaction, on a connection that goes back to a pool. */
  private static final class MigrationLockOfTheSession extends SqlFault {
    MigrationLockOfTheSession() {
      rewrites("pg_advisory_xact_lock(", "pg_advisory_lock(");
      rewrites("SET LOCAL lock_timeout = 60000", "SET LOCAL lock_timeout = 500");
      mustFail("MIG-04", "Timeout");
    }
  }
}
