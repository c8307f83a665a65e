package io.netkingdom.userengine.store.postgres.jdbc;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means, by its SQLSTATE alone: drivers differ in exception classes, and servers in
 * the language of messages. PostgreSQL manual, appendix A.
 */
public final class SqlErrors {

  public static final String UNIQUE_VIOLATION = "23505";
  public static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static final Set<String> GAVE_UP = Set.of("40001", "40P01");
  private static final Set<String> SCHEMA_MISSING = Set.of("42P01", "42703", "3F000");
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** The server ended the session by a limit of its own on transactions; nothing is committed. */
  private static final Set<String> TRANSACTION_TIMEOUT = Set.of("25P03", "25P04");

  private static final String QUERY_CANCELED = "57014";
  private static final String OTHER_LEVEL = "25001";
  private static final String READ_ONLY = "25006";
  private static final String IN_FAILED_TRANSACTION = "25P02";

  private static final Set<String> NO_SAVEPOINT = Set.of("3B001", "25P01");

  private SqlErrors() {}

  /** Whether a failed transaction may succeed when it is run again. */
  static boolean isRetryable(SQLException e) {
    return GAVE_UP.contains(SqlStates.of(e));
  }

  /** Whether the server takes no writes, as a standby does. */
  static boolean isReadOnlyServer(SQLException e) {
    return SqlStates.of(e).equals(READ_ONLY);
  }

  /** Whether a statement found its transaction at another level than it insists on. */
  public static boolean isOtherLevel(SQLException e) {
    return SqlStates.of(e).equals(OTHER_LEVEL);
  }

  /** Whether the transaction is another one than that in which a savepoint was set. */
  static boolean isNoSavepoint(SQLException e) {
    return NO_SAVEPOINT.contains(SqlStates.of(e));
  }

  /** A failure to get a connection at all: definite, nothing took place. */
  public static StoreException noConnection(SQLException e) {
    if (e instanceof DriverFailure) {
      return ofStatement(e, null);
    }
    return new StoreException.Unavailable(
        "no connection to the database: " + FailureReason.describe(e), cleaned(e));
  }

  /**
   * A failure of a statement.
   *
   * @param lockTimeout how long it would have waited for a lock; null if that is the caller's
   *     matter
   */
  public static StoreException ofStatement(SQLException e, @Nullable Duration lockTimeout) {
    if (e instanceof DriverFailure) {
      return new StoreException.EngineFailure(
          FailureReason.describe(e) + "; its connection was ended", cleaned(e));
    }
    String state = SqlStates.of(e);
    if (GAVE_UP.contains(state)) {
      return new StoreException.Retryable(
          "the database gave the transaction up (SQLSTATE " + state + ")", cleaned(e));
    }
    if (SCHEMA_MISSING.contains(state)) {
      return new StoreException.NotMigrated(
          new Readiness.Dirty(
              List.of("a table or column is missing or not visible (SQLSTATE " + state + ")")));
    }
    if (SqlStates.isConnectionLoss(e) || state.startsWith("53") || state.equals("57P03")) {
      return new StoreException.Unavailable(
          "the database refused or broke off: " + FailureReason.describe(e), cleaned(e));
    }
    if (TRANSACTION_TIMEOUT.contains(state)) {
      return new StoreException.Timeout(
          "the transaction took longer than the server's "
              + (state.equals("25P03")
                  ? "idle_in_transaction_session_timeout"
                  : "transaction_timeout"),
          cleaned(e));
    }
    return switch (state) {
      case LOCK_NOT_AVAILABLE ->
          new StoreException.Timeout(
              lockTimeout == null
                  ? "waiting for a lock took longer than the caller's lock_timeout"
                  : "waiting for a lock took longer than " + lockTimeout.toMillis() + " ms",
              cleaned(e));
      case QUERY_CANCELED ->
          new StoreException.Timeout("the database cancelled the statement", cleaned(e));
      case READ_ONLY ->
          StoreException.ReadOnly.saidByDatabase(
              "the database accepts no writes (SQLSTATE " + state + ")");
      case IN_FAILED_TRANSACTION ->
          new StoreException.RolledBack("an earlier statement failed", cleaned(e));
      default ->
          new StoreException.EngineFailure(
              "the database failed (SQLSTATE " + state + ")", cleaned(e));
    };
  }

  /** A failure of COMMIT. */
  public static StoreException ofCommit(SQLException e) {
    if (SqlStates.isConnectionLoss(e)) {
      return new StoreException.OutcomeUnknown(cleaned(e));
    }
    if (isRetryable(e)) {
      return new StoreException.Retryable(
          "the database gave the transaction up (SQLSTATE " + SqlStates.of(e) + ")", cleaned(e));
    }
    return new StoreException.RolledBack(
        "the database refused to commit (SQLSTATE " + SqlStates.of(e) + ")", cleaned(e));
  }

  /**
   * A failure without its text: a server puts stored values into it, and a driver URLs and
   * passwords. What remains is the class, the SQLSTATE and where it happened.
   */
  public static SQLException cleaned(SQLException e) {
    SQLException cleaned =
        new SQLException(e.getClass().getName() + ", SQLSTATE " + SqlStates.of(e), e.getSQLState());
    cleaned.setStackTrace(e.getStackTrace());
    Throwable cause = e.getCause();
    if (cause != null) {
      cleaned.initCause(named(cause));
    }
    return cleaned;
  }

  private static @Nullable Throwable named(Throwable cause) {
    Throwable named = new Throwable(cause.getClass().getName());
    named.setStackTrace(cause.getStackTrace());
    return named;
  }
}
