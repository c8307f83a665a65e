package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with documents in JSON. */
final class ProfileFaults {

  private ProfileFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new DocumentsAreConcatenated(),
        new DocumentsAreComparedAsText(),
        new DocumentsWithoutNullMembers(),
        new NoVersionIsNoMatch(),
        new DocumentsAreNotLocked());
  }

  /** The operator || of jsonb, which keeps what the new document leaves out. */
  private static final class DocumentsAreConcatenated extends SqlFault {
    DocumentsAreConcatenated() {
      rewrites("SET document = ?::jsonb", "SET document = p.document || ?::jsonb");
      mustFail("PRF-03", "the document that replaced another");
    }
  }

  /** Two texts of one document differ. */
  private static final class DocumentsAreComparedAsText extends SqlFault {
    DocumentsAreComparedAsText() {
      rewrites("stored.document = ?::jsonb", "stored.document::text = ?");
      mustFail("PRF-08", "a change to an equal document");
    }
  }

  /** jsonb_strip_nulls, taken for the way to remove a member. */
  private static final class DocumentsWithoutNullMembers extends SqlFault {
    DocumentsWithoutNullMembers() {
      rewritesIn(
          "INSERT INTO {schema}.user_engine_profiles",
          "SELECT ?, ?, ?, ?::jsonb",
          "SELECT ?, ?, ?, jsonb_strip_nulls(?::jsonb)");
      mustFail("PRF-05", "the document that was replaced");
    }
  }

  /** A version that is absent is compared as if it were one. */
  private static final class NoVersionIsNoMatch extends SqlFault {
    NoVersionIsNoMatch() {
      rewrites(
          "coalesce(stored.version, 0) = coalesce(?::bigint, stored.version, 0)",
          "stored.version = coalesce(?::bigint, stored.version)");
      mustFail("PRF-01", "Retryable");
    }
  }

  /** A document is read in a snapshot, and not locked before it is written. */
  private static final class DocumentsAreNotLocked extends SqlFault {
    DocumentsAreNotLocked() {
      rewrites("FOR NO KEY UPDATE OF p", "");
      mustFail("PRF-13", "how many of the writers of one version won");
    }
  }
}
