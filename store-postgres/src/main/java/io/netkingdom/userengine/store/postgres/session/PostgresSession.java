package io.netkingdom.userengine.store.postgres.session;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.Timestamps;
import io.netkingdom.userengine.store.postgres.jdbc.DriverFailure;
import io.netkingdom.userengine.store.postgres.jdbc.SqlErrors;
import io.netkingdom.userengine.store.postgres.jdbc.SqlStates;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which one tenant's records are read and written, in a transaction or with each
 * statement committing itself. Of one thread.
 */
public final class PostgresSession {

  /** How a session commits. */
  public enum Mode {
    /** One reading statement, which commits itself. */
    SINGLE_READ,
    /** One writing statement, which commits itself. */
    SINGLE_WRITE,
    /** Statements of a transaction. */
    TRANSACTION
  }

  private final Connection connection;
  private final Statements statements;
  private final TenantId tenant;
  private final @Nullable Duration lockTimeout;
  private final @Nullable IsolationLevel isolation;
  private final Consumer<SQLException> failures;
  private Mode mode;
  private boolean failed;
  private Instant lastAudit = Timestamps.MIN;

  /**
   * A session on a connection.
   *
   * @param lockTimeout how long a statement waits for a lock; null to leave the connection's own
   *     setting alone
   * @param isolation the level that every writing statement insists on; null if it is the caller's
   *     matter
   * @param failures hears of every failure, after some of which the connection is of use to nobody
   */
  public PostgresSession(
      Connection connection,
      Statements statements,
      TenantId tenant,
      @Nullable Duration lockTimeout,
      @Nullable IsolationLevel isolation,
      Mode mode,
      Consumer<SQLException> failures) {
    this.connection = connection;
    this.statements = statements;
    this.tenant = tenant;
    this.lockTimeout = lockTimeout;
    this.isolation = isolation;
    this.mode = mode;
    this.failures = failures;
  }

  /** Reads a result, of which the cursor stands before the first row. */
  @FunctionalInterface
  public interface Reading<T extends @Nullable Object> {
    T from(ResultSet rows) throws SQLException;
  }

  public Instant now() {
    return statements.now();
  }

  public TenantId tenant() {
    return tenant;
  }

  /** The time of an audit record that is written now: not before that of the one before. */
  public Instant auditTime(Instant now) {
    return now.isAfter(lastAudit) ? now : lastAudit;
  }

  /** Notes the time of an audit record that was written. */
  public void auditWritten(Instant time) {
    lastAudit = time;
  }

  public boolean isTransaction() {
    return mode == Mode.TRANSACTION;
  }

  /** Whether a statement failed after which the database takes no other in this transaction. */
  public boolean hasFailed() {
    return failed;
  }

  /**
   * The parameters that every statement may use: {@code :tenant}, {@code :lockTimeout} and {@code
   * :isolation}.
   */
  public Map<String, @Nullable Object> parameters() {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("tenant", tenant.value());
    parameters.put(
        "lockTimeout", lockTimeout == null ? null : Long.toString(lockTimeout.toMillis()));
    parameters.put("isolation", isolation == null ? null : isolation.name().replace('_', ' '));
    return parameters;
  }

  /**
   * Runs an operation of several statements in one transaction: the session's own, or one that
   * begins and ends here, at READ COMMITTED. Where that fails, whoever borrowed the connection
   * rolls back.
   */
  public <T extends @Nullable Object> T atomically(Supplier<T> operation) {
    if (isTransaction()) {
      return operation.get();
    }
    call(this::beginReadCommitted);
    boolean writes = mode == Mode.SINGLE_WRITE;
    mode = Mode.TRANSACTION;
    T result = operation.get();
    if (writes) {
      commit();
    }
    return result;
  }

  private boolean beginReadCommitted() throws SQLException {
    connection.setAutoCommit(false);
    statements.defaultLevel().beginReadCommitted(connection);
    return true;
  }

  public void commit() {
    try {
      DriverFailure.caught(
          () -> {
            connection.commit();
            return true;
          });
    } catch (SQLException e) {
      failures.accept(e);
      throw SqlErrors.ofCommit(e);
    }
  }

  /** Runs a statement that fails only where the engine does. */
  public <T extends @Nullable Object> T run(
      String template, Map<String, @Nullable Object> parameters, Reading<T> reading) {
    Sql sql = statements.get(template);
    return call(() -> execute(sql, parameters, reading));
  }

  private <T extends @Nullable Object> T call(DriverFailure.Call<T> call) {
    try {
      return DriverFailure.caught(call);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a statement that can lose a race for a unique key. A transaction is usable after that: it
   * is led back to a savepoint.
   *
   * @return empty if the race was lost, and nothing was changed
   */
  public <T> Optional<T> runUnlessKeyIsTaken(
      String template, Map<String, @Nullable Object> parameters, Reading<T> reading) {
    Sql sql = statements.get(template);
    return call(
        () ->
            isTransaction()
                ? executeBehindSavepoint(sql, parameters, reading)
                : executeUnlessKeyIsTaken(sql, parameters, reading));
  }

  private <T> Optional<T> executeBehindSavepoint(
      Sql sql, Map<String, @Nullable Object> parameters, Reading<T> reading) throws SQLException {
    Savepoint before = connection.setSavepoint();
    Optional<T> result = executeUnlessKeyIsTaken(sql, parameters, reading);
    if (result.isEmpty()) {
      connection.rollback(before);
    }
    connection.releaseSavepoint(before);
    return result;
  }

  private <T> Optional<T> executeUnlessKeyIsTaken(
      Sql sql, Map<String, @Nullable Object> parameters, Reading<T> reading) throws SQLException {
    try {
      return Optional.of(execute(sql, parameters, reading));
    } catch (SQLException e) {
      return emptyIfKeyIsTaken(e);
    }
  }

  private static <T> Optional<T> emptyIfKeyIsTaken(SQLException e) throws SQLException {
    if (SqlStates.of(e).equals(SqlErrors.UNIQUE_VIOLATION)) {
      return Optional.empty();
    }
    throw e;
  }

  private <T extends @Nullable Object> T execute(
      Sql sql, Map<String, @Nullable Object> parameters, Reading<T> reading) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
      sql.bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.from(rows);
      }
    }
  }

  private StoreException failure(SQLException e) {
    failed = true;
    failures.accept(e);
    if (mode == Mode.SINGLE_WRITE && SqlStates.isConnectionLoss(e)) {
      return new StoreException.OutcomeUnknown(SqlErrors.cleaned(e));
    }
    if (isolation != null && SqlErrors.isOtherLevel(e)) {
      statements.defaultLevel().foundOther();
      return new StoreException.Retryable(
          "the server's default_transaction_isolation has changed", SqlErrors.cleaned(e));
    }
    return SqlErrors.ofStatement(e, lockTimeout);
  }
}
