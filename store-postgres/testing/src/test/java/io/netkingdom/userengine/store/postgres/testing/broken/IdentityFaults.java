package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with federated identities and signing in. */
final class IdentityFaults {

  private IdentityFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new SubjectsAreUniqueByThemselves(),
        new LinksAreNotUnique(),
        new LinksAreMoved(),
        new NullIsNotAnotherAlias(),
        new LinksInOrderOfJoinedText(),
        new UsersAreNotLockedForTheirLinks(),
        new AliasesArePadded(),
        new SuspendedUsersAreSeen(),
        new EverySignInSucceeds(),
        new SignInTakesTheName(),
        new SignInDropsTheDisplayName(),
        new SignInLooksAtAnOldUser());
  }

  /** The issuer is missing in the key. */
  private static final class SubjectsAreUniqueByThemselves extends SqlFault {
    SubjectsAreUniqueByThemselves() {
      rewrites(
          "user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject)",
          "user_engine_identities_pk PRIMARY KEY (tenant_id, subject)");
      mustFail("IDN-03", "Retryable");
    }
  }

  /** The key is missing: two that look first and then link both find nothing. */
  private static final class LinksAreNotUnique extends SqlFault {
    LinksAreNotUnique() {
      rewrites(
          "CONSTRAINT user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject),", "");
      mustFail("IDN-09", "how many of the concurrent calls linked");
      mustFail("UPS-06", "how many of the concurrent sign-ins created the user");
    }
  }

  /** ON CONFLICT DO UPDATE SET user_id. */
  private static final class LinksAreMoved extends SqlFault {
    LinksAreMoved() {
      rewrites(
          "FROM holder WHERE NOT EXISTS (SELECT 1 FROM stored) ON CONFLICT DO NOTHING",
          "FROM holder ON CONFLICT (tenant_id, issuer, subject)"
              + " DO UPDATE SET user_id = EXCLUDED.user_id");
      mustFail("IDN-02", "linking another user's identity");
    }
  }

  /** An alias that is absent differs from none. */
  private static final class NullIsNotAnotherAlias extends SqlFault {
    NullIsNotAnotherAlias() {
      rewrites(
          "EXISTS (SELECT stored.provider_alias EXCEPT SELECT ?)", "stored.provider_alias <> ?");
      mustFail("IDN-08", "linking without an alias");
      mustFail("TXT-04", "linking without the empty alias");
    }
  }

  /** Ordered by one text that is made of two. */
  private static final class LinksInOrderOfJoinedText extends SqlFault {
    LinksInOrderOfJoinedText() {
      rewrites("ORDER BY issuer, subject", "ORDER BY issuer || subject");
      mustFail("IDN-10", "the user's links");
    }
  }

  /** The user is not held against deletion, and the foreign key fails. */
  private static final class UsersAreNotLockedForTheirLinks extends SqlFault {
    UsersAreNotLockedForTheirLinks() {
      rewrites("FOR KEY SHARE OF u", "");
      mustFail("ISO-07", "the link is refused with UnknownReference or Retryable");
      mustFail("PRF-14", "storing is refused with UnknownReference or Retryable");
    }
  }

  /** A column of type char(n), which pads what it holds. */
  private static final class AliasesArePadded extends SqlFault {
    AliasesArePadded() {
      rewrites("provider_alias text COLLATE \"C\",", "provider_alias char(64) COLLATE \"C\",");
      mustFail("TXT-03", "its alias");
      mustFail("IDN-01", "the alias of the link");
    }
  }

  /** The link of a user who is suspended tells that they were there. */
  private static final class SuspendedUsersAreSeen extends SqlFault {
    SuspendedUsersAreSeen() {
      rewrites(
          "AND is_found AND taken IS NULL AND may_write RETURNING i.*",
          "AND (is_found OR is_suspended) AND taken IS NULL AND may_write RETURNING i.*");
      mustFail("SGN-02", "the link, lastSeen included");
    }
  }

  /** The audit record of a suspended user's sign-in is that of any other. */
  private static final class EverySignInSucceeds extends SqlFault {
    EverySignInSucceeds() {
      rewrites("CASE WHEN active THEN 'SUCCESS' ELSE 'FAILURE' END", "'SUCCESS'");
      mustFail("SGN-02", "what the last one tells");
    }
  }

  /** Whatever the sign-in may change. */
  private static final class SignInTakesTheName extends SqlFault {
    SignInTakesTheName() {
      rewrites(
          "CASE WHEN stored.id IS NULL OR ? THEN ? ELSE stored.user_name END AS user_name",
          "CASE WHEN stored.id IS NULL OR ? OR true THEN ? ELSE stored.user_name END AS user_name");
      mustFail("SGN-03", "a sign-in with other keys");
    }
  }

  /** What the claims leave out is emptied. */
  private static final class SignInDropsTheDisplayName extends SqlFault {
    SignInDropsTheDisplayName() {
      rewrites(
          "THEN coalesce(CASE WHEN ? <> '' THEN ? END, stored.display_name)",
          "THEN CASE WHEN ? <> '' THEN ? END");
      mustFail("SGN-05", "the display name that was left out");
    }
  }

  /** The user is read as it was before a change that the sign-in then waits for. */
  private static final class SignInLooksAtAnOldUser extends SqlFault {
    SignInLooksAtAnOldUser() {
      rewritesIn(
          "is_suspended",
          "WHERE r.tenant_id = ? AND r.erased IS NULL FOR NO KEY UPDATE OF r",
          "WHERE r.tenant_id = ? AND r.erased IS NULL");
      mustFail("SGN-06", "a sign-in that waited for a suspension");
    }
  }
}
