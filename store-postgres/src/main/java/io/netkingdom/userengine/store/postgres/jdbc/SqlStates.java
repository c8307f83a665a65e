package io.netkingdom.userengine.store.postgres.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** The SQLSTATEs of failures. PostgreSQL manual, appendix A. */
public final class SqlStates {

  private static final Set<String> LOST = Set.of("57P01", "57P02", "57P04", "57P05");

  private SqlStates() {}

  /** The SQLSTATE; {@code unknown} where the driver gives none. */
  public static String of(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "unknown" : state.toUpperCase(Locale.ROOT);
  }

  /** Whether the connection went away, so that nobody knows what the server did last. */
  public static boolean isConnectionLoss(SQLException e) {
    String state = of(e);
    return state.equals("unknown") || state.startsWith("08") || LOST.contains(state);
  }
}
