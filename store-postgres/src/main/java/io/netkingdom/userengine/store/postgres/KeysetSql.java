package io.netkingdom.userengine.store.postgres;

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
record KeysetSql(String select, List<String> columns, List<String> after) {

  /** The statement for a page, with {@code :limit}. */
  String statement(Keyset keyset) {
    boolean ascending = keyset.order() == SortOrder.ASCENDING;
    String begin =
        keyset.after().isEmpty()
            ? ""
            : "AND (%s) %s (%s)\n"
                .formatted(
                    String.join(", ", columns), ascending ? ">" : "<", String.join(", ", after));
    String order =
        columns.stream()
            .map(column -> ascending ? column : column + " DESC")
            .collect(Collectors.joining(", "));
    return select + begin + "ORDER BY " + order + "\nLIMIT :limit";
  }
}
