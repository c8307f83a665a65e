package io.netkingdom.userengine.store.postgres.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;

/**
 * Why a server gives no answer, in words that say what to look at. The SQLSTATE comes first, as the
 * server itself has sent it; PostgreSQL manual, appendix A. Where no server has spoken, the Java
 * platform's own exceptions among the causes tell what the network did. Nobody's message is read.
 */
public final class FailureReason {

  private static final String SILENT = "the server did not answer in time";
  private static final String INTERRUPTED = "the server ended the connection";

  private static final Map<String, String> BY_STATE =
      Map.ofEntries(
          Map.entry("08P01", "what answers at that address does not speak PostgreSQL's protocol"),
          Map.entry("28000", "the server refused the role, or the place that it connects from"),
          Map.entry("28P01", "the server refused the role or its password"),
          Map.entry("3D000", "the database does not exist"),
          Map.entry("42501", "the role may not connect to the database, or not look at it"),
          Map.entry("53100", "the server's disk is full"),
          Map.entry("53200", "the server is out of memory"),
          Map.entry("53300", "the server has no connection left for this role"),
          Map.entry("55000", "the database takes no connections"),
          Map.entry("57014", "the server cancelled the statement"),
          Map.entry("57P01", INTERRUPTED),
          Map.entry("57P02", INTERRUPTED),
          Map.entry("57P03", "the server is starting up or shutting down"),
          Map.entry("57P05", INTERRUPTED));

  private FailureReason() {}

  /** The reason, and the SQLSTATE; without anything that a driver or a server has put in words. */
  public static String describe(SQLException e) {
    if (e instanceof DriverFailure) {
      return "the JDBC driver failed with " + e.getMessage();
    }
    String reason =
        Optional.ofNullable(BY_STATE.get(SqlStates.of(e)))
            .or(() -> ofNetwork(e))
            .orElseGet(() -> unexplained(e));
    return reason + " (SQLSTATE " + SqlStates.of(e) + ")";
  }

  /** Drivers give no cause for a time that ran out, and pgjdbc-ng for nothing at all. */
  private static String unexplained(SQLException e) {
    return SqlStates.isConnectionLoss(e)
        ? "the server did not answer in time, or the driver gave no reason"
        : "the database refused";
  }

  private static Optional<String> ofNetwork(SQLException e) {
    return NetworkFailure.among(e)
        .map(NetworkFailure::description)
        // A pool that waited for a connection and has not even a failure to show.
        .or(
            () ->
                e instanceof SQLTransientConnectionException && e.getCause() == null
                    ? Optional.of(SILENT)
                    : Optional.empty());
  }
}
