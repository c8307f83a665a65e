package io.netkingdom.userengine.store.postgres.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement as JDBC takes it: {@code {schema}} and {@code {settings}} filled in, and each {@code
 * :name} turned into a question mark. Immutable.
 *
 * @param text the statement
 * @param names the parameter that each question mark stands for, in order
 */
public record Sql(String text, List<String> names) {

  // Every statement that may wait brings its own bound along, and joins this step before it locks
  // anything. It also names the level that it is meant for: PostgreSQL does nothing where that is
  // the transaction's own, and fails with 25001 where it is another, as a default that was changed
  // meanwhile makes it. And it commits for good, whatever the default: what was read once must not
  // be lost. Without values (in a transaction of the caller's) nothing is set.
  private static final String SETTINGS =
      """
      settings AS MATERIALIZED (
        SELECT CASE WHEN :lockTimeout::text IS NOT NULL
          THEN set_config('lock_timeout', :lockTimeout::text, true)
        END AS lock_timeout,
        CASE WHEN :isolation::text IS NOT NULL
          THEN pg_catalog.set_config('transaction_isolation', :isolation::text, true)
        END AS isolation,
        CASE WHEN :isolation::text IS NOT NULL AND current_setting('synchronous_commit') = 'off'
          THEN set_config('synchronous_commit', 'on', true)
        END AS durability
      )""";

  /** Prepares a template for one schema. */
  public static Sql of(String template, SchemaName schema) {
    Qualifier qualified = Qualifier.of(template.replace("{settings}", SETTINGS), schema);
    return new Sql(qualified.text(), qualified.names());
  }

  /** A statement without a schema of ours, with the names in it qualified. */
  public static String qualified(String template) {
    return of(template, new SchemaName("public")).text();
  }

  /** Sets every parameter. Instants become OffsetDateTime, the form that every driver takes. */
  public void bind(PreparedStatement statement, Map<String, @Nullable Object> values)
      throws SQLException {
    int position = 0;
    for (String name : names) {
      position++;
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("no value for the parameter " + name);
      }
      Object value = values.get(name);
      if (value == null) {
        statement.setNull(position, Types.VARCHAR);
      } else if (value instanceof Instant instant) {
        statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
      } else {
        statement.setObject(position, value);
      }
    }
  }
}
