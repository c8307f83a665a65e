package io.netkingdom.userengine.store.postgres.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says that it is. Several products speak PostgreSQL's protocol; each tells itself in
 * {@code version()}, which also tells which PostgreSQL it is made from. PostgreSQL manual, section
 * 9.27.
 *
 * @param name the product's name
 * @param text all that {@code version()} says
 * @param major the major version of PostgreSQL that it says it is; 0 if it says none
 */
record ServerProduct(String name, String text, int major) {

  /** The oldest major version on which the store is tested. */
  private static final int OLDEST = 14;

  private static final Pattern CLAIM = Pattern.compile("PostgreSQL (\\d{1,4}).*", Pattern.DOTALL);

  /** How a product that begins like PostgreSQL gives itself away. */
  private record Mark(String in, String name) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("Redshift", "Amazon Redshift"),
          new Mark("-YB-", "YugabyteDB"),
          new Mark("Greenplum", "Greenplum"),
          new Mark("EnterpriseDB", "EDB Postgres Advanced Server"));

  static ServerProduct read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.version()")) {
      row.next();
      return of(row.getString(1));
    }
  }

  static ServerProduct of(String version) {
    String text = version.replaceAll("\\p{Cntrl}+", " ").strip();
    Matcher claim = CLAIM.matcher(text);
    int major = claim.matches() ? Integer.parseInt(claim.group(1)) : 0;
    return new ServerProduct(nameIn(text, major), text, major);
  }

  private static String nameIn(String text, int major) {
    for (Mark mark : MARKS) {
      if (text.contains(mark.in())) {
        return mark.name();
      }
    }
    return major > 0 ? "PostgreSQL" : text.replaceFirst(" .*", "");
  }

  /** Why the store does not work on it; empty if it may. */
  Optional<String> refusal() {
    if (major >= OLDEST) {
      return Optional.empty();
    }
    return Optional.of(
        "the server is "
            + name
            + (major > 0 ? ", which is PostgreSQL " + major : ", which is no PostgreSQL")
            + ": PostgreSQL "
            + OLDEST
            + " or newer is needed; it calls itself \""
            + text
            + '"');
  }
}
