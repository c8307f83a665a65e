package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code user_engine_users} that is a user, and not what is left of an erased one. */
final class UserRow {

  static final NamedTable TABLE =
      new NamedTable(
          "user_engine_users",
          "user_name_key",
          "userName",
          "r.erased IS NULL",
          List.of(
              new NamedTable.Attribute("user_name", ":userName"),
              new NamedTable.Attribute("external_id", ":externalId"),
              new NamedTable.Attribute("display_name", ":displayName"),
              new NamedTable.Attribute("active", ":active"),
              new NamedTable.Attribute("emails", ":emails::jsonb")));

  private UserRow() {}

  /** The parameters of a statement that writes a user. */
  static Map<String, @Nullable Object> parameters(PostgresSession session, User user) {
    ExternalId externalId = user.externalId();
    Map<String, @Nullable Object> parameters = session.parameters();
    parameters.put("id", user.id().value());
    parameters.put("userName", user.userName().value());
    parameters.put("nameKey", user.userName().key());
    parameters.put("externalId", externalId == null ? null : externalId.value());
    parameters.put("displayName", user.displayName());
    parameters.put("active", user.active());
    parameters.put("emails", EmailsJson.write(user.emails()).toString());
    parameters.put("now", user.lastModified());
    return parameters;
  }

  static User read(ResultSet row) throws SQLException {
    String externalId = row.getString("external_id");
    return new User(
        UserId.of(Columns.uuid(row, "id")),
        UserName.restored(row.getString("user_name"), row.getString("user_name_key")),
        externalId == null ? null : ExternalId.of(externalId),
        row.getString("display_name"),
        row.getBoolean("active"),
        EmailsJson.read(row.getString("emails")),
        Columns.instant(row, "created"),
        Columns.instant(row, "last_modified"),
        row.getLong("version"));
  }
}
