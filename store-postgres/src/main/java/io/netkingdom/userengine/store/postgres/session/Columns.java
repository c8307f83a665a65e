package io.netkingdom.userengine.store.postgres.session;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns and rows in the way that every driver knows. */
public final class Columns {

  private Columns() {}

  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant optionalInstant(ResultSet row, String column)
      throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  public static @Nullable Long optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  public static Json json(ResultSet row, String column) throws SQLException {
    return Json.parse(column, row.getString(column));
  }

  public static Json.JsonObject object(ResultSet row, String column) throws SQLException {
    if (json(row, column) instanceof Json.JsonObject object) {
      return object;
    }
    throw new StoreException.EngineFailure("the column " + column + " holds no object", null);
  }

  /** A reading of the first row, if there is one. */
  public static <R> PostgresSession.Reading<Optional<R>> first(PostgresSession.Reading<R> row) {
    return rows -> rows.next() ? Optional.of(row.from(rows)) : Optional.empty();
  }

  /** A reading of all rows. */
  public static <R> PostgresSession.Reading<List<R>> all(PostgresSession.Reading<R> row) {
    return rows -> {
      List<R> records = new ArrayList<>();
      while (rows.next()) {
        records.add(row.from(rows));
      }
      return records;
    };
  }
}
