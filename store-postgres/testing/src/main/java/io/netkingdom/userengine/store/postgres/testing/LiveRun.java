package io.netkingdom.userengine.store.postgres.testing;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of live tests, which has the tables of a schema to itself from its first reset until its
 * process ends. The claim is an advisory lock of a transaction that stays open on a connection of
 * its own, so that it also holds behind a pooler, and falls with the process. PostgreSQL manual,
 * section 13.3.5. Safe for use by many threads.
 */
final class LiveRun implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LiveRun.class.getName());

  /** The run of this process. */
  static final LiveRun OF_THIS_PROCESS = new LiveRun(Duration.ofMinutes(1));

  private static final String PREFIX = "user-engine live run ";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  // A name is shown to every role, where most else of a session is not.
  private static final String HOLDER =
      """
      SELECT a.pid, a.application_name
      FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) l.database
      JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid
      WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted AND l.objsubid OPERATOR(pg_catalog.=) 1
        AND d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
        AND ((l.classid::bigint OPERATOR(pg_catalog.<<) 32) OPERATOR(pg_catalog.|) l.objid::bigint)
          OPERATOR(pg_catalog.=) pg_catalog.hashtextextended(?, 0)
      """;

  // Not every version of the server has all of them.
  private static final String BE_PATIENT_AND_NAMED =
      """
      SELECT pg_catalog.set_config(s.name, v.value, true)
      FROM (VALUES
        ('application_name', ?),
        ('lock_timeout', ?),
        ('idle_in_transaction_session_timeout', '0'),
        ('transaction_timeout', '0')) v (name, value)
      JOIN pg_catalog.pg_settings s ON s.name OPERATOR(pg_catalog.=) v.name
      """;

  private final Duration patience;
  private final String name;
  private final List<Connection> claims = new ArrayList<>();

  /**
   * A run that has claimed nothing yet.
   *
   * @param patience how long it waits for others, at least 1 ms
   */
  LiveRun(Duration patience) {
    this.patience = patience;
    this.name =
        PREFIX
            + UUID.randomUUID().toString().substring(0, 8)
            + " since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** How long it waits for others, whatever it is that they have. */
  Duration patience() {
    return patience;
  }

  private record Holder(int pid, String application) {
    @Override
    public String toString() {
      return "\"" + application + "\" (server process " + pid + ")";
    }
  }

  /**
   * Sees to it that the tables are this run's, for a caller who can wait until another run ends.
   *
   * @param connection one into the database, to ask with
   * @throws LiveRefusal if another run does not end in time
   */
  void claim(LiveDatabase database, Connection connection) throws SQLException {
    claim(database, connection, patience);
  }

  /**
   * The same for a caller who must not wait, since it holds what the other run may wait for.
   *
   * @throws LiveRefusal if another run has the tables
   */
  void claimAtOnce(LiveDatabase database, Connection connection) throws SQLException {
    claim(database, connection, Duration.ZERO);
  }

  private synchronized void claim(LiveDatabase database, Connection connection, Duration patience)
      throws SQLException {
    String key = "user_engine live run:" + database.schema();
    Optional<Holder> holder = holder(connection, key);
    if (holder.isPresent() && holder.get().application().equals(name)) {
      return;
    }
    if (holder.isPresent() && !patience.isZero()) {
      LOG.log(Level.INFO, "waiting for {0}, which has the tables of {1}", holder.get(), database);
    }
    Connection claim = database.connect();
    try {
      if (lock(claim, key, patience)) {
        claims.add(claim);
        return;
      }
    } catch (SQLException | RuntimeException e) {
      claim.close();
      throw e;
    }
    claim.close();
    throw new LiveRefusal(
        "another run, "
            + holder(connection, key).map(Holder::toString).orElse("which has just ended,")
            + " has the tables in the schema \""
            + database.schema()
            + "\" of the database \""
            + database.name()
            + "\"; let it end, or give each run a database or schema of its own;"
            + " nothing was changed");
  }

  private static Optional<Holder> holder(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Holder(row.getInt(1), String.valueOf(row.getString(2))))
            : Optional.empty();
      }
    }
  }

  private boolean lock(Connection claim, String key, Duration patience) throws SQLException {
    claim.setAutoCommit(false);
    try (PreparedStatement settings = claim.prepareStatement(BE_PATIENT_AND_NAMED)) {
      settings.setString(1, name);
      // 0 would be to wait for ever.
      settings.setString(2, Long.toString(Math.max(1, patience.toMillis())));
      settings.execute();
    }
    try (PreparedStatement lock =
        claim.prepareStatement(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))")) {
      lock.setString(1, key);
      lock.execute();
      letGoOfSnapshot(claim);
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The result of a SELECT keeps its snapshot until the next statement takes its place, and as long
   * as there is a snapshot no row that was changed since is ever cleaned up, in the whole server.
   * What takes its place here needs none. PostgreSQL manual, section 54.2.3.
   */
  private static void letGoOfSnapshot(Connection claim) throws SQLException {
    try (PreparedStatement statement = claim.prepareStatement("SET LOCAL lock_timeout = 0")) {
      statement.execute();
    }
  }

  /** Gives up what it has claimed, as the end of its process does. */
  @Override
  public synchronized void close() throws SQLException {
    for (Connection claim : claims) {
      claim.close();
    }
    claims.clear();
  }
}
