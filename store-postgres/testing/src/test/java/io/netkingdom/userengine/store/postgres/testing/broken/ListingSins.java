package io.netkingdom.userengine.store.postgres.testing.broken;

import java.util.List;

/** What SQL gets wrong with listings and counts. */
final class ListingSins {

  private ListingSins() {}

  static List<SqlSin> all() {
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
  private static final class UsersInTheOrderOfALanguage extends SqlSin {
    UsersInTheOrderOfALanguage() {
      rewrites("user_name_key text COLLATE \"C\"", "user_name_key text COLLATE \"und-x-icu\"");
      kills("PAG-03", "the users' names in pages of 1");
    }
  }

  /** The order is a language's, and the place of a page is not. */
  private static final class GroupsInTheOrderOfALanguage extends SqlSin {
    GroupsInTheOrderOfALanguage() {
      rewrites("ORDER BY display_name_key", "ORDER BY display_name_key COLLATE \"und-x-icu\"");
      kills("PAG-08", "the groups' names in pages of");
    }
  }

  /** A page begins at the place of the one before, instead of after it. */
  private static final class PagesBeginWithTheLastRow extends SqlSin {
    PagesBeginWithTheLastRow() {
      rewrites("(user_name_key) > (?)", "(user_name_key) >= (?)");
      kills("PAG-01", "the users that were there throughout, as a walk visits them");
    }
  }

  /** Ordered by another column than the one that a place is in. */
  private static final class PagesOfAnotherOrder extends SqlSin {
    PagesOfAnotherOrder() {
      rewrites("ORDER BY user_id", "ORDER BY since");
      kills("PAG-09", "the members in pages of");
    }
  }

  /** LIMIT is one less. */
  private static final class PagesAreOneShort extends SqlSin {
    PagesAreOneShort() {
      rewritesIn("user_name_key", "LIMIT ?", "LIMIT ? - 1");
      kills("PAG-05", "records of the first page");
    }
  }

  /** LIKE, in which a prefix may hold wildcards. */
  private static final class PrefixesAreLike extends SqlSin {
    PrefixesAreLike() {
      rewrites("user_name_key >= ? AND", "user_name_key LIKE ? || '%' AND");
      kills("PAG-06", "the users whose name begins with");
    }
  }

  /** DESC is missing. */
  private static final class DescendingPagesGoForth extends SqlSin {
    DescendingPagesGoForth() {
      rewrites("ORDER BY user_name_key DESC", "ORDER BY user_name_key");
      kills("PAG-02", "a walk in descending order");
      kills("PAG-10", "the page before the last one");
    }
  }

  /** What the server noted down at its last ANALYZE, in the place of count(*). */
  private static final class CountsAreStatistics extends SqlSin {
    CountsAreStatistics() {
      rewrites(
          "count(*) FROM {schema}.user_engine_identities WHERE true",
          "greatest(reltuples, 0)::bigint FROM pg_catalog.pg_class"
              + " WHERE oid = '{schema}.user_engine_identities'::regclass");
      kills("CNT-01", "links overall");
    }
  }

  /** A condition on the tenant is missing in a count. */
  private static final class CountsOfEveryTenant extends SqlSin {
    CountsOfEveryTenant() {
      rewrites(
          "FROM {schema}.user_engine_profiles WHERE tenant_id = ?",
          "FROM {schema}.user_engine_profiles WHERE (tenant_id = ? OR true)");
      kills("CNT-07", "number of PROFILE_DOCUMENT");
    }
  }

  /** count(*) of a join, in which a user is there once for each link. */
  private static final class JoinedCounts extends SqlSin {
    JoinedCounts() {
      rewrites(
          "count(*) FROM {schema}.user_engine_users WHERE tenant_id = ?",
          "count(*) FROM {schema}.user_engine_users LEFT JOIN (SELECT tenant_id AS i_tenant,"
              + " user_id FROM {schema}.user_engine_identities) i"
              + " ON i_tenant = tenant_id AND user_id = id WHERE tenant_id = ?");
      kills("CNT-01", "the tenant's users");
    }
  }
}
