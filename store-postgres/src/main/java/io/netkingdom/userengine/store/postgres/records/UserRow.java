package io.netkingdom.userengine.store.postgres.records;

import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.UserName;
import io.netkingdom.userengine.store.postgres.session.Columns;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code user_engine_users} that is a user, and not what is left of an erased one. */
final class UserRow {

  static final KeyedTableSql TABLE =
      new KeyedTableSql(
          "user_engine_users",
          "user_name_key",
          "userName",
          "r.erased IS NULL",
          List.of(
              new KeyedTableSql.Attribute("user_name", ":userName"),
              new KeyedTableSql.Attribute("external_id", ":externalId"),
              new KeyedTableSql.Attribute("display_name", ":displayName"),
              new KeyedTableSql.Attribute("active", ":active"),
              new KeyedTableSql.Attribute("emails", ":emails::jsonb")));

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

  /** The user that a draft makes, if none is there. */
  static User fresh(PostgresSession session, UserDraft draft) {
    Instant now = session.now();
    UserId id = draft.id();
    return User.created(id == null ? UserId.generate(now) : id, draft, now);
  }
}
