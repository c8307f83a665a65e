package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with listings and counts. */
final class ListingFaults {

  private ListingFaults() {}

  static List<SqlFault> all() {
    return List.of(
        new UsersInTheOrderOfALanguage(),
        new GroupsInTheOrderOfALanguage(),
        new PagesBeginWithTheLastRow(),
        new PagesOfAnotherOrder(),
        new PagesAreOneShort(),
        new PrefixesAreLike(),
        new DescendingPagesGoForth(),
        new CountsAreStatistics(),
        new CountsOfEveryTenant(),
        new JoinedCounts());
  }

  /** The names' column has a language's collation. */
  private static final class UsersInTheOrderOfALanguage extends SqlFault {
    UsersInTheOrderOfALanguage() {
      rewrites("user_name_key text COLLATE \"C\"", "user_name_key text COLLATE \"und-x-icu\"");
      mustFail("PAG-03", "the users' names in pages of 1");
    }
  }

  /** The order is a language's, and the place of a page is not. */
  private static final class GroupsInTheOrderOfALanguage extends SqlFault {
    GroupsInTheOrderOfALanguage() {
      rewrites("ORDER BY display_name_key", "ORDER BY display_name_key COLLATE \"und-x-icu\"");
      mustFail("PAG-08", "the groups' names in pages of");
    }
  }

  /** A page begins at the place of the one before, instead of after it. */
  private static final class PagesBeginWithTheLastRow extends SqlFault {
    PagesBeginWithTheLastRow() {
      rewrites("(user_name_key) > (?)", "(user_name_key) >= (?)");
      mustFail("PAG-01", "the users that were there throughout, as a walk visits them");
    }
  }

  /** Ordered by another column than the one that a place is in. */
  private static final class PagesOfAnotherOrder extends SqlFault {
    PagesOfAnotherOrder() {
      rewrites("ORDER BY user_id", "ORDER BY since");
      mustFail("PAG-09", "the members in pages of");
    }
  }

  /** LIMIT is one less. */
  private static final class PagesAreOneShort extends SqlFault {
    PagesAreOneShort() {
      rewritesIn("user_name_key", "LIMIT ?", "LIMIT ? - 1");
      mustFail("PAG-05", "records of the first page");
    }
  }

  /** LIKE, in which a prefix may hold wildcards. */
  private static final class PrefixesAreLike extends SqlFault {
    PrefixesAreLike() {
      rewrites("user_name_key >= ? AND", "user_name_key LIKE ? || '%' AND");
      mustFail("PAG-06", "the users whose name begins with");
    }
  }

  /** DESC is missing. */
  private static final class DescendingPagesGoForth extends SqlFault {
    DescendingPagesGoForth() {
      rewrites("ORDER BY user_name_key DESC", "ORDER BY user_name_key");
      mustFail("PAG-02", "a walk in descending order");
      mustFail("PAG-10", "the page before the last one");
    }
  }

  /** What the server noted down at its last ANALYZE, in the place of count(*). */
  private static final class CountsAreStatistics extends SqlFault {
    CountsAreStatistics() {
      rewrites(
          "count(*) FROM {schema}.user_engine_identities WHERE true",
          "greatest(reltuples, 0)::bigint FROM pg_catalog.pg_class"
              + " WHERE oid = '{schema}.user_engine_identities'::regclass");
      mustFail("CNT-01", "links overall");
    }
  }

  /** A condition on the tenant is missing in a count. */
  private static final class CountsOfEveryTenant extends SqlFault {
    CountsOfEveryTenant() {
      rewrites(
          "FROM {schema}.user_engine_profiles WHERE tenant_id = ?",
          "FROM {schema}.user_engine_profiles WHERE (tenant_id = ? OR true)");
      mustFail("CNT-07", "number of PROFILE_DOCUMENT");
    }
  }

  /** count(*) of a join, in which a user is there once for each link. */
  private static final class JoinedCounts extends SqlFault {
    JoinedCounts() {
      rewrites(
          "count(*) FROM {schema}.user_engine_users WHERE tenant_id = ?",
          "count(*) FROM {schema}.user_engine_users LEFT JOIN (SELECT tenant_id AS i_tenant,"
              + " user_id FROM {schema}.user_engine_identities) i"
              + " ON i_tenant = tenant_id AND user_id = id WHERE tenant_id = ?");
      mustFail("CNT-01", "the tenant's users");
    }
  }
}
