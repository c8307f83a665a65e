package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.jdbc.AnswerTimeout;
import io.netkingdom.userengine.store.postgres.jdbc.BorrowedConnection;
import io.netkingdom.userengine.store.postgres.jdbc.DefaultLevel;
import io.netkingdom.userengine.store.postgres.jdbc.DriverFailure;
import io.netkingdom.userengine.store.postgres.jdbc.FailureReason;
import io.netkingdom.userengine.store.postgres.jdbc.SqlErrors;
import io.netkingdom.userengine.store.postgres.jdbc.SqlStates;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Brings a schema to the newest version. All pending migrations run in one transaction: whatever
 * ends it early, the schema is as it was.
 */
public final class Migrator {

  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);

  /**
   * Rounds of one call. The advisory lock makes one enough; without it (CockroachDB ignores it) two
   * callers can collide on a catalogue's unique index, and the loser finds the work done.
   */
  private static final int ROUNDS = 10;

  private static final Set<String> COLLISIONS =
      Set.of("40001", "40P01", "23505", "42P06", "42P07", "42710", "XX000");

  /** What it says of the table of locks, too; each table and index that is made takes one. */
  private static final String OUT_OF_MEMORY = "53200";

  private final MigrationSettings settings;
  private final DefaultLevel defaultLevel = new DefaultLevel();
  private final SchemaInspection inspection;

  public Migrator(MigrationSettings settings) {
    this.settings = settings;
    this.inspection = new SchemaInspection(settings, defaultLevel);
  }

  /** The level at which the server begins transactions; known where the schema was found ready. */
  public DefaultLevel defaultLevel() {
    return defaultLevel;
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#readiness}. */
  public Readiness readiness(DataSource dataSource) {
    return inspection.readiness(dataSource);
  }

  /** The same on a connection, where it is an exception that there is no answer in time. */
  public Readiness readiness(Connection connection) throws SQLException {
    return inspection.readiness(connection);
  }

  /** The same without a bound on the answer. */
  public Readiness inspect(Connection connection) throws SQLException {
    return inspection.inspect(connection);
  }

  /** As {@link io.netkingdom.userengine.store.postgres.PostgresSchema#status}. */
  public SchemaStatus status(DataSource dataSource) {
    return inspection.status(dataSource);
  }

  /** The files of all steps, in the layout that is wanted. */
  public List<SchemaFile> files() {
    return new MigrationPlan(Migration.ALL, settings.layout()).files(settings.schema());
  }

  /** As {@link io.netkingdom.userengine.store.postgres.PostgresSchema#pendingFiles}. */
  public List<SchemaFile> pendingFiles(DataSource dataSource) {
    return plan(dataSource).files(settings.schema());
  }

  /** As {@link io.netkingdom.userengine.store.postgres.PostgresSchema#plan}. */
  public List<String> pendingStatements(DataSource dataSource) {
    return plan(dataSource).statements(settings.schema());
  }

  private MigrationPlan plan(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.from(dataSource, true)) {
      return MigrationPlan.of(
          connection.ask(on -> AnswerTimeout.ask(on, settings.answerTimeout(), inspection::look)),
          settings);
    } catch (SQLException e) {
      throw SqlErrors.ofStatement(e, null);
    }
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#migrate}. */
  public MigrationReport migrate(DataSource dataSource) {
    for (int round = 1; ; round++) {
      Optional<MigrationReport> report = tryToMigrate(dataSource, round == ROUNDS);
      if (report.isPresent()) {
        return report.get();
      }
    }
  }

  private Optional<MigrationReport> tryToMigrate(DataSource dataSource, boolean last) {
    try (BorrowedConnection borrowed = BorrowedConnection.from(dataSource, false)) {
      try {
        // Only waiting is bounded: how long a step takes depends on how much there is.
        MigrationPlan plan =
            borrowed.ask(
                connection ->
                    AnswerTimeout.ask(
                        connection,
                        LOCK_TIMEOUT.plus(settings.answerTimeout()),
                        this::lockAndPlan));
        if (!plan.steps().isEmpty()) {
          borrowed.ask(connection -> apply(connection, plan));
          settings.callback().migrated(borrowed.get(), settings.schema().value());
        }
        commit(borrowed);
        return Optional.of(new MigrationReport(plan.labels(), Migration.newest()));
      } catch (SQLException e) {
        if (COLLISIONS.contains(SqlStates.of(e)) && !last) {
          return Optional.empty();
        }
        throw failure(e);
      }
    }
  }

  private static void commit(BorrowedConnection borrowed) throws SQLException {
    try {
      borrowed.ask(
          connection -> {
            connection.commit();
            return true;
          });
    } catch (SQLException e) {
      if (SqlStates.isConnectionLoss(e)) {
        throw SqlErrors.ofCommit(e);
      }
      throw e;
    }
  }

  private MigrationPlan lockAndPlan(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What another one migrated while this one waited has to be seen.
      statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
    }
    SchemaLock.take(connection, settings.schema().value());
    return MigrationPlan.of(inspection.look(connection), settings);
  }

  private boolean apply(Connection connection, MigrationPlan plan) throws SQLException {
    MigrationPreconditions.require(connection, settings.schema());
    for (String statement : plan.statements(settings.schema())) {
      try (Statement execution = connection.createStatement()) {
        execution.execute(statement);
      } catch (SQLException e) {
        throw new FailedStatement(statement, e);
      }
    }
    return true;
  }

  /** Which one it was; that tells what was in its way. */
  private static final class FailedStatement extends SQLException {

    private static final long serialVersionUID = 1L;

    FailedStatement(String statement, SQLException e) {
      super(firstLine(statement), e.getSQLState(), e);
    }

    private static String firstLine(String statement) {
      return statement
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("--"))
          .findFirst()
          .orElse("");
    }
  }

  private static String whatFailed(SQLException e) {
    return e instanceof DriverFailure
        ? FailureReason.describe(e)
        : (e instanceof FailedStatement ? e.getMessage() : "a statement")
            + " failed with SQLSTATE "
            + SqlStates.of(e);
  }

  private StoreException failure(SQLException e) {
    if (SqlStates.of(e).equals(OUT_OF_MEMORY)) {
      return new StoreException.MigrationFailed(
          "the server ran out of memory for locks; raise its max_locks_per_transaction, or ask for"
              + " fewer partitions; nothing was changed",
          SqlErrors.cleaned(e));
    }
    if (SqlStates.of(e).equals(SqlErrors.INSUFFICIENT_PRIVILEGE)) {
      return MigrationPreconditions.mayNotCreate(settings.schema(), SqlErrors.cleaned(e));
    }
    StoreException known = SqlErrors.ofStatement(e, LOCK_TIMEOUT);
    return known instanceof StoreException.EngineFailure
        ? new StoreException.MigrationFailed(
            whatFailed(e) + "; nothing was changed", SqlErrors.cleaned(e))
        : known;
  }
}
