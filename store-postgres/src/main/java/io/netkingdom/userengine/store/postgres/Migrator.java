package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Finds out at which version a schema is, and brings it to the newest. All pending migrations run
 * in one transaction: whatever ends it early, the schema is as it was.
 */
final class Migrator {

  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);

  /**
   * Rounds of one call. The advisory lock makes one enough; without it (CockroachDB ignores it) two
   * callers can collide on a catalogue's unique index, and the loser finds the work done.
   */
  private static final int ROUNDS = 10;

  private static final Set<String> COLLISIONS =
      Set.of("40001", "40P01", "23505", "42P06", "42P07", "42710", "XX000");

  private final SchemaName schema;
  private final MigrationCallback callback;
  private final Duration answerTimeout;
  private final List<Migration> known;

  private Migrator(
      SchemaName schema,
      MigrationCallback callback,
      Duration answerTimeout,
      List<Migration> known) {
    this.schema = schema;
    this.callback = callback;
    this.answerTimeout = answerTimeout;
    this.known = known;
  }

  static Migrator of(PostgresOptions options) {
    return new Migrator(
        new SchemaName(options.schema()),
        options.afterMigration(),
        options.readinessTimeout(),
        Migration.ALL);
  }

  private int newest() {
    return known.size();
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#readiness}. */
  Readiness readiness(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.open(dataSource, true)) {
      return readiness(connection.get());
    } catch (SQLException e) {
      return unreachable(e);
    }
  }

  /** The same on a connection, where it is an exception that there is no answer in time. */
  Readiness readiness(Connection connection) throws SQLException {
    return AnswerTimeout.ask(connection, answerTimeout, this::inspect);
  }

  static Readiness.Unreachable unreachable(SQLException e) {
    return new Readiness.Unreachable(Outage.describe(e));
  }

  /** As {@link PostgresSchema#status}. */
  SchemaStatus status(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.open(dataSource, true)) {
      return AnswerTimeout.ask(connection.get(), answerTimeout, this::status);
    } catch (SQLException e) {
      return new SchemaStatus(schema.value(), unreachable(e), Optional.empty(), List.of());
    }
  }

  private SchemaStatus status(Connection connection) throws SQLException {
    ServerProduct product = ServerProduct.read(connection);
    Readiness readiness = inspect(connection, product);
    if (product.refusal().isPresent()) {
      return new SchemaStatus(schema.value(), readiness, Optional.empty(), List.of());
    }
    return new SchemaStatus(
        schema.value(),
        readiness,
        Optional.of(ServerFacts.read(connection, product)),
        SchemaHistory.isReadable(connection, schema)
            ? SchemaHistory.read(connection, schema)
            : List.of());
  }

  /** Reads the catalogue and the history; writes nothing. */
  Readiness inspect(Connection connection) throws SQLException {
    return inspect(connection, ServerProduct.read(connection));
  }

  private Readiness inspect(Connection connection, ServerProduct product) throws SQLException {
    Optional<String> refusal = product.refusal();
    if (refusal.isPresent()) {
      return new Readiness.Unreachable(refusal.get());
    }
    Set<String> catalogue = SchemaCatalogue.read(connection, schema);
    if (catalogue.isEmpty()) {
      return new Readiness.Uninitialised(labelsAfter(0));
    }
    if (!SchemaCatalogue.hasTable(catalogue, SchemaHistory.TABLE)) {
      return new Readiness.Dirty(List.of("there are tables, but no user_engine_schema_history"));
    }
    if (!SchemaHistory.isReadable(connection, schema)) {
      return new Readiness.Unreachable(
          "the role may not read user_engine_schema_history;"
              + " grant it SELECT, and USAGE on the schema");
    }
    SortedMap<Integer, String> history = checksums(SchemaHistory.read(connection, schema));
    if (history.isEmpty()) {
      return new Readiness.Dirty(List.of("a migration began and did not finish"));
    }
    int version = history.lastKey();
    if (version > newest()) {
      return new Readiness.Ahead(version, newest());
    }
    List<String> problems = new ArrayList<>(historyProblems(history));
    problems.addAll(SchemaCatalogue.missing(catalogue, version));
    if (!problems.isEmpty()) {
      return new Readiness.Dirty(problems);
    }
    return version < newest()
        ? new Readiness.Pending(version, labelsAfter(version))
        : new Readiness.Ready(version);
  }

  private static SortedMap<Integer, String> checksums(List<SchemaStatus.Step> history) {
    SortedMap<Integer, String> checksums = new TreeMap<>();
    for (SchemaStatus.Step step : history) {
      checksums.put(step.version(), step.checksum());
    }
    return checksums;
  }

  private List<String> labelsAfter(int version) {
    return labels(after(version));
  }

  private static List<String> labels(List<Migration> migrations) {
    return migrations.stream().map(Migration::label).toList();
  }

  private List<Migration> after(int version) {
    return known.subList(version, newest());
  }

  private List<String> historyProblems(SortedMap<Integer, String> history) {
    List<String> problems = new ArrayList<>();
    for (Migration migration : known.subList(0, history.lastKey())) {
      String recorded = history.get(migration.version());
      if (recorded == null) {
        problems.add(migration.label() + " is not recorded, though a later one is");
      } else if (!recorded.equals(migration.checksum())) {
        problems.add(migration.label() + " was changed: its recorded checksum differs");
      }
    }
    return problems;
  }

  /** The files of all steps. */
  List<SchemaFile> files() {
    return known.stream().map(migration -> migration.file(schema)).toList();
  }

  /** As {@link PostgresSchema#pendingFiles}. */
  List<SchemaFile> pendingFiles(DataSource dataSource) {
    return pending(dataSource).stream().map(migration -> migration.file(schema)).toList();
  }

  /** As {@link PostgresSchema#plan}. */
  List<String> plan(DataSource dataSource) {
    return statements(pending(dataSource));
  }

  private List<Migration> pending(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.from(dataSource, true)) {
      return pending(readiness(connection.get()));
    } catch (SQLException e) {
      throw SqlErrors.ofStatement(e, null);
    }
  }

  private List<Migration> pending(Readiness readiness) {
    if (readiness instanceof Readiness.Ready) {
      return List.of();
    }
    if (readiness instanceof Readiness.Uninitialised) {
      return after(0);
    }
    if (readiness instanceof Readiness.Pending pending) {
      return after(pending.version());
    }
    if (readiness instanceof Readiness.Unreachable unreachable) {
      throw new StoreException.Unavailable(unreachable.reason(), null);
    }
    throw new StoreException.NotMigrated(readiness);
  }

  /** The one place that says what is run for steps of the schema. */
  private List<String> statements(List<Migration> migrations) {
    return migrations.stream().flatMap(migration -> migration.statements(schema).stream()).toList();
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#migrate}. */
  MigrationReport migrate(DataSource dataSource) {
    for (int round = 1; ; round++) {
      Optional<MigrationReport> report = tryToMigrate(dataSource, round == ROUNDS);
      if (report.isPresent()) {
        return report.get();
      }
    }
  }

  private Optional<MigrationReport> tryToMigrate(DataSource dataSource, boolean last) {
    try (BorrowedConnection borrowed = BorrowedConnection.from(dataSource, false)) {
      Connection connection = borrowed.get();
      try {
        // Only waiting is bounded: how long a step takes depends on how much there is.
        List<Migration> pending =
            AnswerTimeout.ask(connection, LOCK_TIMEOUT.plus(answerTimeout), this::lockAndInspect);
        if (!pending.isEmpty()) {
          apply(connection, pending);
        }
        connection.commit();
        return Optional.of(new MigrationReport(labels(pending), newest()));
      } catch (SQLException e) {
        if (COLLISIONS.contains(SqlErrors.state(e)) && !last) {
          return Optional.empty();
        }
        throw failure(e);
      }
    }
  }

  private List<Migration> lockAndInspect(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
    }
    PostgresSchema.lock(connection, schema.value());
    return pending(inspect(connection));
  }

  private void apply(Connection connection, List<Migration> pending) throws SQLException {
    Suitability.require(connection, schema);
    for (String statement : statements(pending)) {
      try (Statement execution = connection.createStatement()) {
        execution.execute(statement);
      }
    }
    callback.migrated(connection, schema.value());
  }

  private StoreException failure(SQLException e) {
    if (SqlErrors.state(e).equals(SqlErrors.INSUFFICIENT_PRIVILEGE)) {
      return Suitability.mayNotCreate(schema, SqlErrors.cleaned(e));
    }
    StoreException known = SqlErrors.ofStatement(e, LOCK_TIMEOUT);
    return known instanceof StoreException.EngineFailure
        ? new StoreException.MigrationFailed(
            "a statement failed with SQLSTATE " + SqlErrors.state(e) + "; nothing was changed",
            SqlErrors.cleaned(e))
        : known;
  }
}
