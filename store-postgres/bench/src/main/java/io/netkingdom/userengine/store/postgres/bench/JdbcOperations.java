package io.netkingdom.userengine.store.postgres.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The operations as somebody writes them for one application, on the same tables and the same pool:
 * a statement per step, a transaction where there is more than one. It checks no input, knows no
 * isolation level, savepoint or lost race, and keeps JSON as text.
 */
final class JdbcOperations implements Operations {

  /** A user as it is stored. */
  private record Row(
      UUID id,
      String userName,
      @Nullable String externalId,
      @Nullable String displayName,
      boolean active,
      String emails,
      OffsetDateTime created,
      OffsetDateTime lastModified,
      long version) {

    static Row read(ResultSet rows) throws SQLException {
      return new Row(
          rows.getObject("id", UUID.class),
          rows.getString("user_name"),
          rows.getString("external_id"),
          rows.getString("display_name"),
          rows.getBoolean("active"),
          rows.getString("emails"),
          rows.getObject("created", OffsetDateTime.class),
          rows.getObject("last_modified", OffsetDateTime.class),
          rows.getLong("version"));
    }
  }

  /** A message as it is stored. */
  private record Message(
      UUID id, OffsetDateTime created, String aggregateId, String eventType, String payload) {}

  private static final String TENANT = Sample.TENANT.value();

  private final HikariDataSource pool;
  private String lastOfPage = "";
  private Row edited;

  JdbcOperations(int port, String database) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver(port, database));
    pool = new HikariDataSource(config);
    edited = findUser(0);
  }

  static DataSource driver(int port, String database) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setServerNames(new String[] {"127.0.0.1"});
    driver.setPortNumbers(new int[] {port});
    driver.setDatabaseName(database);
    driver.setUser("postgres");
    driver.setReWriteBatchedInserts(true);
    return driver;
  }

  @Override
  public Row findUser(int number) throws SQLException {
    return one(
        "SELECT * FROM user_engine_users WHERE tenant_id = ? AND id = ? AND erased IS NULL",
        TENANT,
        Sample.id(number).value());
  }

  @Override
  public Row findByUserName(int number) throws SQLException {
    return one(
        "SELECT * FROM user_engine_users WHERE tenant_id = ? AND user_name_key = ?",
        TENANT,
        key(Sample.name(number)));
  }

  private Row one(String sql, Object... values) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      List<Row> rows = users(connection, sql, values);
      if (rows.size() != 1) {
        throw new SQLException("there are " + rows.size() + " rows");
      }
      return rows.get(0);
    }
  }

  @Override
  public List<Row> nextPage() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      List<Row> page =
          users(
              connection,
              """
              SELECT * FROM user_engine_users
              WHERE tenant_id = ? AND user_name_key > ?
              ORDER BY user_name_key
              LIMIT ?
              """,
              TENANT,
              lastOfPage,
              Sample.PAGE);
      boolean isLast = page.size() < Sample.PAGE;
      lastOfPage = isLast ? "" : key(page.get(page.size() - 1).userName());
      return page;
    }
  }

  @Override
  public List<Message> readOutbox() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT * FROM user_engine_outbox
                WHERE tenant_id = ? AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY epoch, transaction_id, position
                LIMIT ?
                """)) {
      bind(statement, TENANT, Sample.PAGE);
      List<Message> messages = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          messages.add(
              new Message(
                  rows.getObject("id", UUID.class),
                  rows.getObject("created", OffsetDateTime.class),
                  rows.getString("aggregate_id"),
                  rows.getString("event_type"),
                  rows.getString("payload")));
        }
      }
      return messages;
    }
  }

  private static final String INSERT_USER =
      """
      INSERT INTO user_engine_users
        (tenant_id, id, user_name, user_name_key, display_name, active, emails,
         created, last_modified, version)
      VALUES (?, ?, ?, ?, ?, true, ?::jsonb, ?, ?, 1)
      """;

  @Override
  public UUID createUser(String userName) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return insertUser(connection, userName, now());
    }
  }

  private static UUID insertUser(Connection connection, String userName, OffsetDateTime now)
      throws SQLException {
    UUID id = newId(now);
    update(connection, INSERT_USER, user(id, userName, now));
    return id;
  }

  private static Object[] user(UUID id, String userName, OffsetDateTime now) {
    return new Object[] {
      TENANT, id, userName, key(userName), Sample.displayName(userName), emails(userName), now, now
    };
  }

  @Override
  public Row updateUser(String displayName) throws SQLException {
    edited =
        one(
            """
            UPDATE user_engine_users
            SET display_name = ?, last_modified = ?, version = version + 1
            WHERE tenant_id = ? AND id = ? AND version = ?
            RETURNING *
            """,
            displayName,
            now(),
            TENANT,
            edited.id(),
            edited.version());
    return edited;
  }

  @Override
  public UUID register(String userName) throws SQLException {
    return inTransaction(
        connection -> {
          OffsetDateTime now = now();
          UUID id = insertUser(connection, userName, now);
          insertIdentity(connection, userName, id, now, null);
          insertMessage(connection, id, now);
          return id;
        });
  }

  private static void insertIdentity(
      Connection connection,
      String subject,
      UUID userId,
      OffsetDateTime now,
      @Nullable OffsetDateTime lastSeen)
      throws SQLException {
    update(
        connection,
        """
        INSERT INTO user_engine_identities
          (tenant_id, issuer, subject, user_id, created, last_seen)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        TENANT,
        Sample.ISSUER,
        subject,
        userId,
        now,
        lastSeen);
  }

  private static void insertMessage(Connection connection, UUID userId, OffsetDateTime now)
      throws SQLException {
    update(
        connection,
        """
        INSERT INTO user_engine_outbox
          (tenant_id, id, epoch, transaction_id, created, aggregate_type, aggregate_id,
           event_type, payload, headers)
        VALUES (?, ?, 1, pg_current_xact_id(), ?, 'user', ?, ?, ?::jsonb, '{}')
        """,
        TENANT,
        newId(now),
        now,
        userId.toString(),
        SignIn.USER_CREATED,
        Sample.PAYLOAD.toString());
  }

  @Override
  public Object signInFirst(String userName) throws SQLException {
    return signIn(userName);
  }

  @Override
  public Object signInAgain(int number) throws SQLException {
    return signIn(Sample.name(number));
  }

  private Object signIn(String userName) throws SQLException {
    return inTransaction(
        connection -> {
          OffsetDateTime now = now();
          List<Row> known =
              users(
                  connection,
                  """
                  SELECT u.*
                  FROM user_engine_identities i
                  JOIN user_engine_users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
                  WHERE i.tenant_id = ? AND i.issuer = ? AND i.subject = ?
                  FOR NO KEY UPDATE OF u
                  """,
                  TENANT,
                  Sample.ISSUER,
                  userName);
          UUID id;
          if (known.isEmpty()) {
            id = insertUser(connection, userName, now);
            insertIdentity(connection, userName, id, now, now);
            insertMessage(connection, id, now);
          } else {
            Row user = known.get(0);
            id = user.id();
            boolean isSame =
                userName.equals(user.userName())
                    && Sample.displayName(userName).equals(user.displayName())
                    && user.emails().contains("\"" + Sample.address(userName) + "\"");
            if (!isSame) {
              throw new SQLException("the user has changed");
            }
            update(
                connection,
                """
                UPDATE user_engine_identities SET last_seen = ?
                WHERE tenant_id = ? AND issuer = ? AND subject = ?
                """,
                now,
                TENANT,
                Sample.ISSUER,
                userName);
          }
          update(
              connection,
              """
              INSERT INTO user_engine_audit
                (tenant_id, id, occurred_at, actor_type, actor_id, actor_label, action,
                 target_type, target_id, target_label, outcome, details)
              VALUES (?, ?, ?, 'user', ?, ?, ?, 'user', ?, ?, 'SUCCESS', '{}')
              """,
              TENANT,
              newId(now),
              now,
              id.toString(),
              userName,
              SignIn.ACTION,
              id.toString(),
              userName);
          return known.isEmpty() ? id : known.get(0);
        });
  }

  @Override
  public Object importUsers(List<String> userNames) throws SQLException {
    return inTransaction(
        connection -> {
          OffsetDateTime now = now();
          try (PreparedStatement statement =
              connection.prepareStatement(
                  INSERT_USER
                      + """
                      ON CONFLICT (tenant_id, user_name_key) DO UPDATE
                      SET user_name = excluded.user_name, display_name = excluded.display_name,
                          active = excluded.active, emails = excluded.emails,
                          last_modified = excluded.last_modified,
                          version = user_engine_users.version + 1
                      """)) {
            for (String userName : userNames) {
              bind(statement, user(newId(now), userName, now));
              statement.addBatch();
            }
            return statement.executeBatch();
          }
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.on(connection);
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
      connection.commit();
      return result;
    }
  }

  private static List<Row> users(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<Row> users = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          users.add(Row.read(rows));
        }
      }
      return users;
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      if (statement.executeUpdate() != 1) {
        throw new SQLException("nothing was written");
      }
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static OffsetDateTime now() {
    return Instant.now().atOffset(ZoneOffset.UTC);
  }

  /** Of version 7, as the store's: random ones would make the index larger. */
  private static UUID newId(OffsetDateTime now) {
    return UserId.generate(now.toInstant()).value();
  }

  private static String key(String userName) {
    return userName.toLowerCase(Locale.ROOT);
  }

  private static String emails(String userName) {
    String address = Sample.address(userName);
    return """
        [{"address": "%s", "key": "%s", "verified": false, "primary": false}]\
        """
        .formatted(address, key(address));
  }

  @Override
  public void close() {
    pool.close();
  }
}
