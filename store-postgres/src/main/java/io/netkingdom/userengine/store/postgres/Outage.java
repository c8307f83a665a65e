package io.netkingdom.userengine.store.postgres;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a server gives no answer, in words that say what to look at. The SQLSTATE comes first, as the
 * server itself has sent it; PostgreSQL manual, appendix A. Where no server has spoken, the Java
 * platform's own exceptions among the causes tell what the network did. Nobody's message is read.
 */
final class Outage {

  /** Causes of causes that are looked at; a chain may be a ring. */
  private static final int DEPTH = 20;

  private static final String SILENT = "the server did not answer in the time allowed";
  private static final String INTERRUPTED = "the server ended the connection";

  private static final Map<String, String> BY_STATE =
      Map.ofEntries(
          Map.entry("08P01", "what answers there does not speak PostgreSQL's protocol"),
          Map.entry("28000", "the server refused the role, or the place that it connects from"),
          Map.entry("28P01", "the server refused the role or its password"),
          Map.entry("3D000", "the database does not exist"),
          Map.entry("42501", "the role may not connect to the database, or not look at it"),
          Map.entry("53100", "the server's disk is full"),
          Map.entry("53200", "the server is out of memory"),
          Map.entry("53300", "the server has no connection left for this role"),
          Map.entry("55000", "the database takes no connections"),
          Map.entry("57014", "the server cancelled the question"),
          Map.entry("57P01", INTERRUPTED),
          Map.entry("57P02", INTERRUPTED),
          Map.entry("57P03", "the server is starting up or shutting down"),
          Map.entry("57P05", INTERRUPTED));

  private Outage() {}

  /** The reason, and the SQLSTATE; without anything that a driver or a server has put in words. */
  static String describe(SQLException e) {
    if (e instanceof DriverFailure) {
      return "the JDBC driver failed with " + e.getMessage();
    }
    String reason =
        Optional.ofNullable(BY_STATE.get(SqlErrors.state(e)))
            .or(() -> ofNetwork(e))
            .orElseGet(() -> unexplained(e));
    return reason + " (SQLSTATE " + SqlErrors.state(e) + ")";
  }

  /** Drivers give no cause for a time that ran out, and pgjdbc-ng for nothing at all. */
  private static String unexplained(SQLException e) {
    return SqlErrors.isConnectionLoss(e)
        ? "there was no answer in the time allowed, or none that the driver told of"
        : "the database refused";
  }

  private static Optional<String> ofNetwork(SQLException e) {
    Throwable cause = e;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      String reason = ofCause(cause);
      if (reason != null) {
        return Optional.of(reason);
      }
      cause = cause.getCause();
    }
    // A pool that waited for a connection and has not even a failure to show.
    return e instanceof SQLTransientConnectionException && e.getCause() == null
        ? Optional.of(SILENT)
        : Optional.empty();
  }

  private static @Nullable String ofCause(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return "nobody knows the host's name";
    }
    if (cause instanceof ConnectException) {
      return "nothing listens there: the connection was refused";
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route leads to the host";
    }
    if (cause instanceof SocketTimeoutException) {
      return SILENT;
    }
    if (cause instanceof SSLException) {
      return "TLS was not agreed on with what answers there";
    }
    if (cause instanceof EOFException) {
      return "the other side hung up";
    }
    if (cause instanceof SocketException) {
      // Reset by the other side, or a Unix-domain socket that nobody has made.
      return "there is no way through to a server, or the other side hung up";
    }
    return null;
  }
}
