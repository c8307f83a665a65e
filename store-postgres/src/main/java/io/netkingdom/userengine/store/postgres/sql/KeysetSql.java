package io.netkingdom.userengine.store.postgres.sql;

import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.adapter.Keyset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of a listing: one for each order, from its beginning or from a key on. Each is a
 * range of an index.
 *
 * @param select the rows of the listing: a SELECT that ends within its WHERE
 * @param columns what the rows are ordered by
 * @param after the parameters of a key, column by column
 */
public record KeysetSql(String select, List<String> columns, List<String> after) {

  /** The statement for a page, with {@code :limit}. */
  public String statement(Keyset keyset) {
    boolean ascending = keyset.order() == SortOrder.ASCENDING;
    String begin =
        keyset.after().isEmpty()
            ? ""
            : "AND (%s) %s (%s)\n"
                .formatted(
                    String.join(", ", columns), ascending ? ">" : "<", String.join(", ", after));
    return select + begin + orderBy(keyset) + "\nLIMIT :limit";
  }

  /**
   * The same, for rows with a column {@code bytes}: no more of them than {@link Keyset} takes, with
   * {@code :pageBytes}.
   */
  public String statementWithinBytes(Keyset keyset) {
    String orderBy = orderBy(keyset);
    return """
        SELECT page.*
        FROM (
          SELECT o.*,
            sum(o.bytes) OVER (%1$s ROWS UNBOUNDED PRECEDING) - o.bytes AS bytes_before
          FROM (
            %2$s
          ) o
        ) page
        WHERE page.bytes_before <= :pageBytes
        %1$s
        """
        .formatted(orderBy, statement(keyset).replace("\n", "\n    "));
  }

  private String orderBy(Keyset keyset) {
    return columns.stream()
        .map(column -> keyset.order() == SortOrder.ASCENDING ? column : column + " DESC")
        .collect(Collectors.joining(", ", "ORDER BY ", ""));
  }
}
