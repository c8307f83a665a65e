package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.PageTokenKey;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Joining a transaction leaves it to its owner. */
@ExtendWith(LivePostgres.class)
class CallerTransactionsIT {

  private static final TenantId TENANT = TenantId.of("callers");

  private final LiveDatabase database;
  private final UserEngineStore store;
  private final CallerTransactions transactions;

  CallerTransactionsIT(LiveDatabase database) {
    this.database = database;
    this.store = database.open(StoreOptions.defaults());
    this.transactions =
        CallerTransactions.on(PostgresOptions.defaults().withSchema(database.schema()));
  }

  @BeforeEach
  void begin() {
    database.reset();
    store.migrate();
  }

  @AfterEach
  void end() {
    store.close();
    database.reset();
  }

  private boolean isThere(String userName) {
    return store.tenant(TENANT).users().findByUserName(userName).isPresent();
  }

  private Connection begun() throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void theCallersCommitCommits() throws SQLException {
    try (Connection connection = begun()) {
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("ada")));
      assertFalse(isThere("ada"));
      connection.commit();
    }

    assertTrue(isThere("ada"));
  }

  @Test
  void theCallersRollbackUndoesAllOfIt() throws SQLException {
    try (Connection connection = begun()) {
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("ada")));
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("bob")));
      connection.rollback();
    }

    assertFalse(isThere("ada"));
    assertFalse(isThere("bob"));
  }

  @Test
  void anExceptionOfTheWorkUndoesTheWorkAlone() throws SQLException {
    try (Connection connection = begun()) {
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("bob")));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              transactions.join(
                  connection,
                  TENANT,
                  tx -> {
                    tx.users().create(UserDraft.named("ada"));
                    throw new IllegalArgumentException("the caller's own");
                  }));
      connection.commit();
    }

    assertTrue(isThere("bob"));
    assertFalse(isThere("ada"));
  }

  /**
   * PostgreSQL answers COMMIT with a rollback after a failed statement, and not all drivers tell.
   */
  @Test
  void aStatementThatFailedDoesNotTakeTheCallersOwnPartAlong() throws SQLException {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    try (Connection holder = begun();
        Connection connection = begun();
        Statement statement = connection.createStatement()) {
      transactions.join(holder, TENANT, tx -> tx.users().update(ada.withDisplayName("x")));
      statement.execute("SET LOCAL lock_timeout = '1ms'");
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("bob")));
      assertThrows(
          StoreException.RolledBack.class,
          () ->
              transactions.join(
                  connection,
                  TENANT,
                  tx -> {
                    tx.users().create(UserDraft.named("eve"));
                    assertThrows(
                        StoreException.Timeout.class,
                        () -> tx.users().update(ada.withDisplayName("y")));
                    return true;
                  }));
      connection.commit();
      holder.rollback();
    }

    assertTrue(isThere("bob"));
    assertFalse(isThere("eve"));
  }

  @Test
  void tokensOfJoinedWorkAreSealedAsThoseOfTheStore() throws SQLException {
    store.tenant(TENANT).users().create(UserDraft.named("ada"));
    StoreOptions sealing =
        StoreOptions.defaults()
            .withPageTokenKey(PageTokenKey.of(new SecretKeySpec(new byte[32], "AES")));
    CallerTransactions joining =
        CallerTransactions.on(
            PostgresOptions.defaults().withSchema(database.schema()).withStore(sealing));
    PageRequest request = PageRequest.of(1);
    PageToken token;
    try (Connection connection = begun()) {
      token =
          joining.join(
              connection, TENANT, tx -> tx.users().list(request).nextToken().orElseThrow());
    }

    try (UserEngineStore sealed = database.open(sealing)) {
      assertEquals(List.of(), sealed.tenant(TENANT).users().list(request.after(token)).items());
    }
    assertThrows(
        StoreException.InvalidInput.class,
        () -> store.tenant(TENANT).users().list(request.after(token)));
  }

  /** What the work may do to the connection that it was not handed. */
  @FunctionalInterface
  private interface Misuse {
    void of(Connection connection) throws SQLException;
  }

  static Stream<Named<Misuse>> misuses() {
    return Stream.of(
        Named.of("commit", Connection::commit),
        Named.of("rollback", Connection::rollback),
        Named.of("close", Connection::close),
        Named.of("autocommit on", connection -> connection.setAutoCommit(true)),
        Named.of(
            "autocommit on and off",
            connection -> {
              connection.setAutoCommit(true);
              connection.setAutoCommit(false);
            }),
        Named.of(
            "another transaction",
            connection -> {
              connection.commit();
              ask(connection, "SELECT 1");
              connection.setSavepoint();
            }));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void workThatEndsTheTransactionIsRefused(Misuse misuse) throws SQLException {
    try (Connection connection = begun()) {
      StoreException refused =
          assertThrows(
              StoreException.IllegalUse.class,
              () ->
                  transactions.join(
                      connection,
                      TENANT,
                      tx -> {
                        tx.users().create(UserDraft.named("ada"));
                        misuse.of(connection);
                        return true;
                      }));
      assertTrue(refused.toString().contains("the work ended the transaction"), refused.toString());
    }
  }

  @Test
  void workThatEndsTheTransactionAndThrowsTellsBoth() throws SQLException {
    IllegalArgumentException own = new IllegalArgumentException("the caller's own");
    try (Connection connection = begun()) {
      Throwable thrown =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  transactions.join(
                      connection,
                      TENANT,
                      tx -> {
                        tx.users().create(UserDraft.named("ada"));
                        connection.commit();
                        throw own;
                      }));
      assertSame(own, thrown);
      assertInstanceOf(StoreException.IllegalUse.class, own.getSuppressed()[0]);
    }
  }

  @Test
  void workInsideWorkIsOfTheSameTenant() throws SQLException {
    CallerTransactions others =
        CallerTransactions.on(PostgresOptions.defaults().withSchema(database.schema()));
    try (Connection connection = begun()) {
      transactions.join(
          connection,
          TENANT,
          tx -> {
            for (CallerTransactions any : List.of(transactions, others)) {
              StoreException.InvalidInput refused =
                  assertThrows(
                      StoreException.InvalidInput.class,
                      () ->
                          any.join(
                              connection,
                              TenantId.of("another"),
                              in -> in.users().create(UserDraft.named("ada"))));
              assertEquals("tenant", refused.field());
            }
            return transactions.join(
                connection, TENANT, in -> in.users().create(UserDraft.named("bob")));
          });
      connection.commit();
    }

    assertTrue(isThere("bob"));
    try (Connection connection = begun()) {
      transactions.join(
          connection, TenantId.of("another"), tx -> tx.users().create(UserDraft.named("ada")));
      connection.rollback();
    }
  }

  /** What a reader has seen must not be lost; a store's own transactions see to that themselves. */
  @Test
  void nothingIsAnnouncedThatACrashCouldTakeAway() throws SQLException {
    SignIn signIn = SignIn.of(IdentityKey.of("i", "s"), UserDraft.named("bob"));
    List<TransactionWork<?, RuntimeException>> announcing =
        List.of(
            tx -> tx.outbox().append(OutboxDraft.of("thing", "1", "made", Json.object())),
            tx -> tx.identities().signIn(signIn));
    for (TransactionWork<?, RuntimeException> work : announcing) {
      try (Connection connection = begun();
          Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL synchronous_commit = off");
        String refused =
            assertThrows(
                    StoreException.IllegalUse.class,
                    () -> transactions.join(connection, TENANT, work))
                .toString();
        assertTrue(refused.contains("synchronous_commit"), refused);
        statement.execute("SET LOCAL synchronous_commit = local");
        transactions.join(connection, TENANT, work);
        connection.commit();
      }
    }

    assertTrue(isThere("bob"));
  }

  /** The server ends the session of a transaction in which nothing happens for so long. */
  @Test
  void theServersLimitOnIdleTransactionsIsATimeout() throws SQLException {
    try (Connection connection = begun();
        Connection other = database.connect();
        Statement statement = connection.createStatement()) {
      String session =
          ask(
              connection,
              "SELECT 'SELECT count(*) FROM pg_stat_activity WHERE pid = ' || pg_backend_pid()");
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = '50ms'");
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> {
            while (!ask(other, session).equals("0")) {
              Thread.onSpinWait();
            }
          });

      assertThrows(
          StoreException.Timeout.class,
          () -> transactions.join(connection, TENANT, tx -> tx.users().findByUserName("ada")));
    }
  }

  @Test
  void aFailedTransactionIsNotJoined() throws SQLException {
    try (Connection connection = begun()) {
      assertThrows(SQLException.class, () -> ask(connection, "SELECT 1/0"));
      assertThrows(
          StoreException.RolledBack.class,
          () -> transactions.join(connection, TENANT, tx -> tx.users().findByUserName("ada")));
    }
  }

  /** An answer of the server, unlike a refusal of the store's own, ends what the work can do. */
  @Test
  void readOnlyThatTheServerSaysDooms() throws SQLException {
    try (Connection connection = begun();
        Statement statement = connection.createStatement()) {
      transactions.join(connection, TENANT, tx -> tx.users().create(UserDraft.named("bob")));
      statement.execute("SET TRANSACTION READ ONLY");
      assertThrows(
          StoreException.RolledBack.class,
          () ->
              transactions.join(
                  connection,
                  TENANT,
                  tx -> {
                    StoreException refused =
                        assertThrows(
                            StoreException.ReadOnly.class,
                            () -> tx.users().create(UserDraft.named("ada")));
                    assertFalse(refused.leavesTransactionUsable());
                    return true;
                  }));
      assertEquals("1", ask(connection, "SELECT 1"));
      connection.commit();
    }

    assertTrue(isThere("bob"));
  }

  @Test
  void noSettingChangesAndTheConnectionStaysOpen() throws SQLException {
    String settings =
        """
        SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('search_path'),
          current_setting('transaction_isolation'), current_setting('transaction_read_only'))
        """;
    try (Connection connection = begun();
        Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '1234ms'");
      String before = ask(connection, settings);

      transactions.join(
          connection,
          TENANT,
          tx -> {
            User ada = tx.users().create(UserDraft.named("ada"));
            tx.identities().signIn(SignIn.of(IdentityKey.of("i", "s"), UserDraft.named("bob")));
            tx.users().update(ada.withUserName("eve"));
            return tx.users().erase(ada.id());
          });

      assertEquals(before, ask(connection, settings));
      assertFalse(connection.getAutoCommit());
      assertFalse(connection.isClosed());
      connection.rollback();
    }
  }

  @Test
  void theCallersLockTimeoutHolds() throws SQLException {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    try (Connection holder = begun();
        Connection waiter = begun();
        Statement statement = waiter.createStatement()) {
      transactions.join(holder, TENANT, tx -> tx.users().update(ada.withDisplayName("x")));
      statement.execute("SET LOCAL lock_timeout = '1ms'");

      assertThrows(
          StoreException.Timeout.class,
          () ->
              transactions.join(waiter, TENANT, tx -> tx.users().update(ada.withDisplayName("y"))));
      waiter.rollback();
      holder.rollback();
    }
  }

  @Test
  void aConflictLeavesTheCallersTransactionUsable() throws SQLException {
    User ada = store.tenant(TENANT).users().create(UserDraft.named("ada"));
    store.tenant(TENANT).users().create(UserDraft.named("bob"));
    try (Connection connection = begun()) {
      assertThrows(
          StoreException.Conflict.class,
          () ->
              transactions.join(
                  connection, TENANT, tx -> tx.users().update(ada.withUserName("bob"))));
      assertEquals("1", ask(connection, "SELECT 1"));
      transactions.join(connection, TENANT, tx -> tx.users().update(ada.withUserName("eve")));
      connection.commit();
    }

    assertTrue(isThere("eve"));
  }

  @Test
  void aConnectionThatCommitsEachStatementIsRefused() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThrows(
          StoreException.IllegalUse.class,
          () ->
              transactions.join(
                  connection, TENANT, tx -> tx.users().create(UserDraft.named("ada"))));
    }

    assertFalse(isThere("ada"));
  }

  @Test
  void aSchemaThatIsNotReadyIsNotMigratedAndHarmsNothing() throws SQLException {
    database.reset();
    try (Connection connection = begun()) {
      assertThrows(
          StoreException.NotMigrated.class,
          () ->
              transactions.join(
                  connection, TENANT, tx -> tx.users().create(UserDraft.named("ada"))));
      assertEquals("1", ask(connection, "SELECT 1"));
    }
  }
}
