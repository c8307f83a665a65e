package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A driver that throws what is no SQLException is out of step with the server: the next answer on
 * its connection could be another question's, of another tenant.
 */
@ExtendWith(LivePostgres.class)
class DriverFailureIT {

  private static final TenantId TENANT = TenantId.of("drivers");
  private static final String SECRET = "Secret-51d2";

  private final LiveDatabase database;
  private final FailingSource source;
  private final HikariDataSource pool = new HikariDataSource();
  private final UserEngineStore store;

  DriverFailureIT(LiveDatabase database) {
    this.database = database;
    this.source = new FailingSource(database);
    pool.setDataSource(source);
    pool.setMaximumPoolSize(1);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(5_000);
    this.store =
        PostgresUserEngineStore.open(
            pool, PostgresOptions.defaults().withSchema(database.schema()));
  }

  @BeforeEach
  void begin() {
    database.reset();
    try (UserEngineStore direct = database.open(StoreOptions.defaults())) {
      direct.migrate();
    }
    store.tenant(TENANT).users().create(UserDraft.named("ada"));
  }

  @AfterEach
  void end() {
    store.close();
    pool.close();
    database.reset();
  }

  /** A method of JDBC, and whether the driver throws before or after it has done its work. */
  private static Stream<Arguments> failures(String... methods) {
    return Stream.of(methods)
        .flatMap(
            method ->
                Stream.of(new IllegalStateException(SECRET), new StackOverflowError(SECRET))
                    .flatMap(
                        thrown ->
                            Stream.of(
                                Arguments.of(method, thrown, false),
                                Arguments.of(method, thrown, true))));
  }

  private static Stream<Arguments> whileReading() {
    return failures("getAutoCommit", "prepareStatement", "setObject", "executeQuery", "next");
  }

  private static Stream<Arguments> whileWriting() {
    return failures("isReadOnly", "prepareStatement", "executeQuery", "next", "getString");
  }

  private static Stream<Arguments> whileBeginning() {
    return failures("setAutoCommit", "prepareStatement", "executeQuery", "next");
  }

  @ParameterizedTest
  @MethodSource("whileReading")
  void aReadIsADefiniteFailure(String method, Throwable thrown, boolean late) {
    source.failOnce(method, thrown, late);
    assertSaid(
        StoreException.EngineFailure.class,
        assertThrows(
            StoreException.class, () -> store.tenant(TENANT).users().findByUserName("ada")));
    assertConnectionEnded();
  }

  @ParameterizedTest
  @MethodSource("whileWriting")
  void aSingleWriteThatWasSentIsUnknown(String method, Throwable thrown, boolean late) {
    source.failOnce(method, thrown, late);
    assertSaid(
        method.equals("isReadOnly")
            ? StoreException.EngineFailure.class
            : StoreException.OutcomeUnknown.class,
        assertThrows(
            StoreException.class,
            () -> store.tenant(TENANT).users().create(UserDraft.named("grace"))));
    assertConnectionEnded();
  }

  @ParameterizedTest
  @MethodSource("whileBeginning")
  void aTransactionIsRolledBack(String method, Throwable thrown, boolean late) {
    source.failOnce(method, thrown, late);
    assertSaid(
        StoreException.EngineFailure.class,
        assertThrows(
            StoreException.class,
            () -> store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("grace")))));
    assertConnectionEnded();
    assertFalse(store.tenant(TENANT).users().findByUserName("grace").isPresent());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCommitIsUnknown(boolean late) {
    source.failOnce("commit", new StackOverflowError(SECRET), late);
    assertSaid(
        StoreException.OutcomeUnknown.class,
        assertThrows(
            StoreException.class,
            () -> store.inTransaction(TENANT, tx -> tx.users().create(UserDraft.named("grace")))));
    assertConnectionEnded();
    assertEquals(late, store.tenant(TENANT).users().findByUserName("grace").isPresent());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCallbacksOwnExceptionIsKept(boolean late) {
    IllegalArgumentException own = new IllegalArgumentException("the callback's own");
    source.failOnce("rollback", new StackOverflowError(SECRET), late);
    assertSame(
        own,
        assertThrows(
            IllegalArgumentException.class,
            () ->
                store.inTransaction(
                    TENANT,
                    tx -> {
                      tx.users().create(UserDraft.named("grace"));
                      throw own;
                    })));
    assertConnectionEnded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"getConnection", "createStatement", "prepareStatement", "next"})
  void whatIsAskedOfTheDatabaseItselfIsAnswered(String method) {
    UserEngineStore store =
        PostgresUserEngineStore.open(
            source, PostgresOptions.defaults().withSchema(database.schema()));
    Error thrown = new StackOverflowError(SECRET);
    source.failOnce(method, thrown, false);
    assertSaidOf(assertInstanceOf(Readiness.Unreachable.class, store.readiness()).reason());
    source.failOnce(method, thrown, false);
    assertSaidOf(assertInstanceOf(RecordCounts.NotReady.class, store.counts()).toString());
    source.failOnce(method, thrown, false);
    assertSaidOf(assertInstanceOf(RecordCounts.NotReady.class, store.estimatedCounts()).toString());
    source.failOnce(method, thrown, false);
    assertSaid(
        method.equals("getConnection")
            ? StoreException.EngineFailure.class
            : StoreException.MigrationFailed.class,
        assertThrows(StoreException.class, store::migrate));
    assertConnectionEnded();
  }

  @Test
  void aConnectionOfTheCallersIsEndedToo() throws SQLException {
    CallerTransactions transactions =
        CallerTransactions.on(PostgresOptions.defaults().withSchema(database.schema()));
    for (String method :
        List.of("getAutoCommit", "createStatement", "execute", "executeQuery", "next")) {
      try (Connection connection = source.getConnection()) {
        connection.setAutoCommit(false);
        source.failOnce(method, new StackOverflowError(SECRET), false);
        assertSaid(
            StoreException.EngineFailure.class,
            assertThrows(
                StoreException.class,
                () ->
                    transactions.join(connection, TENANT, tx -> tx.users().findByUserName("ada"))));
        assertTrue(connection.isClosed(), method);
      }
    }
  }

  /** A server that became a standby keeps its connections; a new one leads to the new primary. */
  @Test
  void aConnectionThatTakesNoWritesDoesNotStayInACallersPool() throws SQLException {
    try (Connection admin = database.connect();
        Statement statement = admin.createStatement()) {
      String role = "ALTER ROLE CURRENT_USER ";
      pool.getHikariPoolMXBean().softEvictConnections();
      statement.execute(role + "SET default_transaction_read_only = on");
      try {
        assertThrows(
            StoreException.ReadOnly.class,
            () -> store.tenant(TENANT).users().create(UserDraft.named("grace")));
      } finally {
        statement.execute(role + "RESET default_transaction_read_only");
      }
      store.tenant(TENANT).users().create(UserDraft.named("grace"));
    }
  }

  private static void assertSaid(Class<? extends StoreException> type, StoreException thrown) {
    assertInstanceOf(type, thrown);
    Throwable cause = assertInstanceOf(SQLException.class, thrown.getCause());
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertFalse(String.valueOf(each.getMessage()).contains(SECRET), each.toString());
    }
    assertNotNull(cause.getCause(), "where it happened");
  }

  private static void assertSaidOf(String reason) {
    assertTrue(reason.contains("StackOverflowError"), reason);
    assertFalse(reason.contains(SECRET), reason);
  }

  /** Nobody gets it again, and its slot in the pool is free. */
  private void assertConnectionEnded() {
    assertEquals("ada", name("ada"));
    assertTrue(source.failed().stream().allMatch(FailingSource::isClosed));
  }

  private String name(String userName) {
    return store.tenant(TENANT).users().findByUserName(userName).orElseThrow().userName().value();
  }

  /** Connections of which the next call of one method fails, as a driver's own bugs do. */
  private static final class FailingSource extends DriverSource {

    private static final Set<Class<?>> TYPES =
        Set.of(Connection.class, PreparedStatement.class, Statement.class, ResultSet.class);

    private final List<Connection> failed = new ArrayList<>();
    private @Nullable String method;
    private Throwable thrown = new AssertionError();
    private boolean late;

    FailingSource(LiveDatabase database) {
      super(database);
    }

    void failOnce(String method, Throwable thrown, boolean late) {
      this.method = method;
      this.thrown = thrown;
      this.late = late;
    }

    List<Connection> failed() {
      return failed;
    }

    static boolean isClosed(Connection connection) {
      try {
        return connection.isClosed();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Connection getConnection() throws SQLException {
      if ("getConnection".equals(method)) {
        method = null;
        throwIt();
      }
      Connection connection = super.getConnection();
      return (Connection) failing(Connection.class, connection, connection);
    }

    private Object failing(Class<?> type, Object target, Connection connection) {
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (proxy, called, arguments) -> {
            boolean due = called.getName().equals(method);
            if (due) {
              method = null;
              failed.add(connection);
              if (!late) {
                throwIt();
              }
            }
            Object result;
            try {
              result = called.invoke(target, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
            if (due) {
              throwIt();
            }
            return TYPES.contains(called.getReturnType())
                ? failing(called.getReturnType(), result, connection)
                : result;
          });
    }

    private void throwIt() {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
  }
}
