package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code user_engine_users}. */
final class UserRow {

  private UserRow() {}

  /** The parameters of a statement that writes a user. */
  static Map<String, @Nullable Object> parameters(PostgresSession session, User user) {
    ExternalId externalId = user.externalId();
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", user.id().value());
    parameters.put("userName", user.userName().value());
    parameters.put("userNameKey", user.userName().key());
    parameters.put("externalId", externalId == null ? null : externalId.value());
    parameters.put("displayName", user.displayName());
    parameters.put("active", user.active());
    parameters.put("emails", EmailsJson.write(user.emails()));
    parameters.put("now", user.lastModified());
    return parameters;
  }

  static Optional<User> readOptional(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(read(rows)) : Optional.empty();
  }

  static List<User> readAll(ResultSet rows) throws SQLException {
    List<User> users = new ArrayList<>();
    while (rows.next()) {
      users.add(read(rows));
    }
    return users;
  }

  static User read(ResultSet row) throws SQLException {
    String externalId = row.getString("external_id");
    return new User(
        UserId.of(row.getObject("id", UUID.class)),
        UserName.restored(row.getString("user_name"), row.getString("user_name_key")),
        externalId == null ? null : ExternalId.of(externalId),
        row.getString("display_name"),
        row.getBoolean("active"),
        EmailsJson.read(row.getString("emails")),
        instant(row, "created"),
        instant(row, "last_modified"),
        row.getLong("version"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
