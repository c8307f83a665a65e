package io.netkingdom.userengine.store.postgres.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netkingdom.userengine.store.postgres.bench.Operations.Way;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ratio says something only where both ways do the same: they leave the same rows. */
@EnabledIfSystemProperty(
    named = "userengine.postgres.embedded",
    matches = "true",
    disabledReason = "needs a throwaway server")
class OperationsIT {

  private static @Nullable Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  /** One operation, by its name. */
  private record Case(String name, Call call) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Call {
    Object on(Operations operations) throws SQLException;
  }

  static Stream<Case> writing() {
    return Stream.of(
        new Case("createUser", operations -> operations.createUser("fresh")),
        new Case(
            "updateUser twice",
            operations -> List.of(operations.updateUser("one"), operations.updateUser("two"))),
        new Case("register", operations -> operations.register("fresh")),
        new Case("signInFirst", operations -> operations.signInFirst("fresh")),
        new Case("signInAgain", operations -> operations.signInAgain(7)),
        new Case(
            "importUsers",
            operations -> operations.importUsers(List.of("fresh", "other", "third"))));
  }

  @ParameterizedTest
  @MethodSource("writing")
  void bothWaysLeaveTheSameRows(Case write) throws SQLException {
    List<String> before = rowsAfter(Way.STORE, operations -> "nothing");
    List<String> store = rowsAfter(Way.STORE, write.call());
    List<String> jdbc = rowsAfter(Way.JDBC, write.call());

    assertFalse(store.equals(before), "something was written");
    assertEquals(difference(store, before), difference(jdbc, before));
  }

  private static List<String> difference(List<String> rows, List<String> others) {
    return Stream.concat(
            rows.stream().filter(row -> !others.contains(row)),
            others.stream().filter(row -> !rows.contains(row)).map(row -> "no " + row))
        .toList();
  }

  private static List<String> rowsAfter(Way way, Call call) throws SQLException {
    int port = server().port();
    Server.copy(port, "it");
    try {
      try (Operations operations = way.open(port, "it")) {
        call.on(operations);
      }
      return rows(port);
    } finally {
      Server.drop(port, "it");
    }
  }

  private static Server server() {
    if (server == null) {
      throw new IllegalStateException("the server was not started");
    }
    return server;
  }

  /**
   * What there is, but for what is new each time: ids, times, and the epoch, which the store counts
   * up in a database that is a copy.
   */
  private static List<String> rows(int port) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = JdbcOperations.driver(port, "it").getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT concat_ws(' ', 'user', tenant_id, user_name, user_name_key,
                  coalesce(external_id, 'null'), display_name, active, emails, version)
                FROM user_engine_users
                WHERE user_name_key NOT BETWEEN 'user00010' AND 'user99999'
                UNION ALL
                SELECT concat_ws(' ', 'identity', i.tenant_id, issuer, subject, u.user_name_key,
                  coalesce(provider_alias, 'null'), last_seen IS NULL)
                FROM user_engine_identities i JOIN user_engine_users u ON u.id = i.user_id
                WHERE u.user_name_key NOT BETWEEN 'user00010' AND 'user99999'
                UNION ALL
                SELECT concat_ws(' ', 'audit', a.tenant_id, actor_type, actor.user_name_key,
                  actor_label, action, target_type, target.user_name_key, target_label, outcome,
                  coalesce(request_id, 'null'), details)
                FROM user_engine_audit a
                JOIN user_engine_users actor ON actor.id::text = a.actor_id
                JOIN user_engine_users target ON target.id::text = a.target_id
                UNION ALL
                SELECT concat_ws(' ', 'message', o.tenant_id, aggregate_type,
                  u.user_name_key, event_type, payload, headers, coalesce(dedup_key, 'null'))
                FROM user_engine_outbox o JOIN user_engine_users u ON u.id::text = o.aggregate_id
                WHERE u.user_name_key NOT BETWEEN 'user00010' AND 'user99999'
                ORDER BY 1
                """)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
