package io.netkingdom.userengine.store.postgres.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the rows of a table lie: in one plain table, or hash-partitioned by tenant. It turns a
 * statement of a migration, which says nothing of it, into the statements that make this layout.
 * Tables of no tenant are plain in each. PostgreSQL manual, section 5.12.
 *
 * @param partitions how many partitions a table gets that is made; 0 for plain tables
 */
public record Layout(int partitions) {

  static final Layout PLAIN = new Layout(0);

  /** More would need more locks in one transaction than most servers are set up for. */
  public static final int MOST_PARTITIONS = 1_024;

  private static final Pattern TABLE_OF_TENANTS =
      Pattern.compile("CREATE TABLE ((?:\"(?:[^\"]|\"\")+\"\\.)?\\w+) \\(\n  tenant_id ");

  boolean isPlain() {
    return partitions == 0;
  }

  /**
   * The statements that do in this layout what a migration's statement does.
   *
   * @param statement with its schema filled in
   */
  List<String> statements(String statement) {
    Matcher table = TABLE_OF_TENANTS.matcher(statement);
    if (isPlain() || !table.find()) {
      return List.of(statement);
    }
    List<String> statements = new ArrayList<>();
    statements.add(statement + " PARTITION BY HASH (tenant_id)");
    for (int i = 0; i < partitions; i++) {
      statements.add(
          "CREATE TABLE %1$s_p%3$d PARTITION OF %1$s FOR VALUES WITH (MODULUS %2$d, REMAINDER %3$d)"
              .formatted(table.group(1), partitions, i));
    }
    return statements;
  }

  /** In words, after "the tables have" or "were to get". */
  String describe() {
    return isPlain() ? "no partitions" : partitions + " partitions";
  }
}
