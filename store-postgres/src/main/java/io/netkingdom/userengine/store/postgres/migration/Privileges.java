package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a role needs that uses the tables and does not own them. Locking a row takes UPDATE, and
 * reading one while writing takes SELECT; what a foreign key deletes is deleted as the owner.
 * Identity columns take no privilege on their sequences. PostgreSQL manual, section 5.8.
 */
public final class Privileges {

  private static final Map<String, String> BY_TABLE =
      Map.of(
          "user_engine_users", "SELECT, INSERT, UPDATE, DELETE",
          "user_engine_identities", "SELECT, INSERT, UPDATE, DELETE",
          "user_engine_groups", "SELECT, INSERT, UPDATE, DELETE",
          "user_engine_memberships", "SELECT, INSERT, DELETE",
          "user_engine_profiles", "SELECT, INSERT, UPDATE, DELETE",
          "user_engine_audit", "SELECT, INSERT, UPDATE",
          "user_engine_outbox", "SELECT, INSERT, UPDATE",
          "user_engine_outbox_epochs", "SELECT, INSERT",
          "user_engine_schema_history", "SELECT");

  private Privileges() {}

  /**
   * The statements that grant them.
   *
   * @param grantee the role, quoted
   */
  public static List<String> grants(SchemaName schema, String grantee) {
    return Stream.concat(
            Stream.of("GRANT USAGE ON SCHEMA " + schema.quoted() + " TO " + grantee),
            Tables.ALL.stream()
                .map(
                    table ->
                        "GRANT "
                            + BY_TABLE.get(table)
                            + " ON TABLE "
                            + schema.quoted()
                            + "."
                            + table
                            + " TO "
                            + grantee))
        .toList();
  }

  /** What a table needs, one row each: its name and a privilege, as the rows of VALUES. */
  static String asValues() {
    return Tables.ALL.stream()
        .flatMap(
            table ->
                Stream.of(BY_TABLE.getOrDefault(table, "").split(", "))
                    .map(privilege -> "('" + table + "', '" + privilege + "')"))
        .collect(Collectors.joining(", "));
  }

  /** A role as a quoted identifier; its name follows the rules of those of schemas. */
  public static String quoted(String role) {
    try {
      return new SchemaName(role).quoted();
    } catch (StoreException.InvalidInput e) {
      throw new StoreException.InvalidInput("role", e.reason());
    }
  }
}
