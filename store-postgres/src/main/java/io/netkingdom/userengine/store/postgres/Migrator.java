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

  /** What it says of the table of locks, too; each table and index that is made takes one. */
  private static final String OUT_OF_MEMORY = "53200";

  private final SchemaName schema;
  private final MigrationCallback callback;
  private final Layout wanted;
  private final Duration answerTimeout;
  private final boolean readOnly;
  private final boolean policiesMeant;
  private final List<Migration> known;
  private final DefaultLevel defaultLevel = new DefaultLevel();

  private Migrator(
      SchemaName schema,
      MigrationCallback callback,
      Layout wanted,
      Duration answerTimeout,
      boolean readOnly,
      boolean policiesMeant,
      List<Migration> known) {
    this.schema = schema;
    this.callback = callback;
    this.wanted = wanted;
    this.answerTimeout = answerTimeout;
    this.readOnly = readOnly;
    this.policiesMeant = policiesMeant;
    this.known = known;
  }

  static Migrator of(PostgresOptions options) {
    return new Migrator(
        new SchemaName(options.schema()),
        options.afterMigration(),
        new Layout(options.tenantPartitions()),
        options.readinessTimeout(),
        options.store().transactions().readOnly(),
        options.rowLevelSecurity(),
        Migration.ALL);
  }

  /** The level at which the server begins transactions; known where the schema was found ready. */
  DefaultLevel defaultLevel() {
    return defaultLevel;
  }

  private int newest() {
    return known.size();
  }

  /** As {@link io.netkingdom.userengine.store.UserEngineStore#readiness}. */
  Readiness readiness(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.open(dataSource, true)) {
      return connection.ask(this::readiness);
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
      return connection.ask(on -> AnswerTimeout.ask(on, answerTimeout, this::status));
    } catch (SQLException e) {
      return new SchemaStatus(schema.value(), unreachable(e), Optional.empty(), List.of());
    }
  }

  private SchemaStatus status(Connection connection) throws SQLException {
    ServerProduct product = ServerProduct.read(connection);
    Readiness readiness = look(connection, product).readiness();
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
    return look(connection).readiness();
  }

  /** What was found: the readiness, and the lines of the catalogue that it was concluded from. */
  private record Found(Readiness readiness, Set<String> catalogue) {}

  private Found look(Connection connection) throws SQLException {
    return look(connection, ServerProduct.read(connection));
  }

  private Found look(Connection connection, ServerProduct product) throws SQLException {
    Optional<String> refusal = product.refusal();
    if (refusal.isPresent()) {
      return new Found(new Readiness.Unreachable(refusal.get()), Set.of());
    }
    defaultLevel.read(connection);
    Set<String> catalogue = SchemaCatalogue.read(connection, schema);
    return new Found(conclude(connection, catalogue), catalogue);
  }

  private Readiness conclude(Connection connection, Set<String> catalogue) throws SQLException {
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
    List<String> hidden = hidden(catalogue);
    if (!hidden.isEmpty()) {
      // Before the history is believed: it may be one of these.
      return new Readiness.Restricted(hidden);
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
    problems.addAll(SchemaCatalogue.problems(catalogue, version));
    problems.addAll(FoundLayout.of(catalogue).problems());
    if (!problems.isEmpty()) {
      return new Readiness.Dirty(problems);
    }
    if (version < newest()) {
      return new Readiness.Pending(version, labelsAfter(version));
    }
    List<String> lacking = lacking(catalogue);
    return lacking.isEmpty()
        ? new Readiness.Ready(version, SchemaCatalogue.warnings(catalogue, version))
        : new Readiness.Restricted(lacking);
  }

  private List<String> hidden(Set<String> catalogue) {
    if (policiesMeant) {
      return List.of();
    }
    return SchemaCatalogue.secured(catalogue).stream()
        .map(
            table ->
                "row level security decides which rows of "
                    + table
                    + " the role sees; switch it off, give the role BYPASSRLS, or open the store"
                    + " with withRowLevelSecurity(true) if its policies are meant")
        .toList();
  }

  private List<String> lacking(Set<String> catalogue) {
    return SchemaCatalogue.lacking(catalogue, readOnly).entrySet().stream()
        .map(
            table ->
                "it may not "
                    + String.join(", ", table.getValue())
                    + " on "
                    + table.getKey()
                    + "; run what Schema grants prints")
        .toList();
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

  /** Steps that are yet to be run, and the layout of the tables that they make. */
  private record Plan(List<Migration> steps, Layout layout) {

    List<SchemaFile> files(SchemaName schema) {
      return steps.stream().map(step -> step.file(schema, layout)).toList();
    }

    /** The one place that says what is run for steps of the schema. */
    List<String> statements(SchemaName schema) {
      return steps.stream().flatMap(step -> step.statements(schema, layout).stream()).toList();
    }
  }

  /** The files of all steps, in the layout that is wanted. */
  List<SchemaFile> files() {
    return new Plan(known, wanted).files(schema);
  }

  /** As {@link PostgresSchema#pendingFiles}. */
  List<SchemaFile> pendingFiles(DataSource dataSource) {
    return plan(dataSource).files(schema);
  }

  /** As {@link PostgresSchema#plan}. */
  List<String> pendingStatements(DataSource dataSource) {
    return plan(dataSource).statements(schema);
  }

  private Plan plan(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.from(dataSource, true)) {
      return planFor(connection.ask(on -> AnswerTimeout.ask(on, answerTimeout, this::look)));
    } catch (SQLException e) {
      throw SqlErrors.ofStatement(e, null);
    }
  }

  private Plan planFor(Found found) {
    Readiness readiness = found.readiness();
    if (readiness instanceof Readiness.Ready) {
      return new Plan(List.of(), layoutOf(found));
    }
    if (readiness instanceof Readiness.Uninitialised) {
      return new Plan(after(0), wanted);
    }
    if (readiness instanceof Readiness.Pending pending) {
      return new Plan(after(pending.version()), layoutOf(found));
    }
    if (readiness instanceof Readiness.Unreachable unreachable) {
      throw new StoreException.Unavailable(unreachable.reason(), null);
    }
    throw new StoreException.NotMigrated(readiness);
  }

  /** The layout that the tables have, unless another one is wanted. */
  private Layout layoutOf(Found found) {
    Layout layout = FoundLayout.of(found.catalogue()).layout();
    if (!wanted.isPlain() && !wanted.equals(layout)) {
      throw new StoreException.MigrationFailed(
          "each table was to have %s, and those in the schema %s have %s; tables that are there"
                  .formatted(wanted.describe(), schema.quoted(), layout.describe())
              + " are not converted, and nothing was changed",
          null);
    }
    return layout;
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
      try {
        // Only waiting is bounded: how long a step takes depends on how much there is.
        Plan plan =
            borrowed.ask(
                connection ->
                    AnswerTimeout.ask(
                        connection, LOCK_TIMEOUT.plus(answerTimeout), this::lockAndPlan));
        if (!plan.steps().isEmpty()) {
          borrowed.ask(connection -> apply(connection, plan));
          callback.migrated(borrowed.get(), schema.value());
        }
        commit(borrowed);
        return Optional.of(new MigrationReport(labels(plan.steps()), newest()));
      } catch (SQLException e) {
        if (COLLISIONS.contains(SqlErrors.state(e)) && !last) {
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
      if (SqlErrors.isConnectionLoss(e)) {
        throw SqlErrors.ofCommit(e);
      }
      throw e;
    }
  }

  private Plan lockAndPlan(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What another one migrated while this one waited has to be seen.
      statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
      statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
    }
    PostgresSchema.lock(connection, schema.value());
    return planFor(look(connection));
  }

  private boolean apply(Connection connection, Plan plan) throws SQLException {
    Suitability.require(connection, schema);
    for (String statement : plan.statements(schema)) {
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
        ? Outage.describe(e)
        : (e instanceof FailedStatement ? e.getMessage() : "a statement")
            + " failed with SQLSTATE "
            + SqlErrors.state(e);
  }

  private StoreException failure(SQLException e) {
    if (SqlErrors.state(e).equals(OUT_OF_MEMORY)) {
      return new StoreException.MigrationFailed(
          "the server ran out of memory for locks; raise its max_locks_per_transaction, or ask for"
              + " fewer partitions; nothing was changed",
          SqlErrors.cleaned(e));
    }
    if (SqlErrors.state(e).equals(SqlErrors.INSUFFICIENT_PRIVILEGE)) {
      return Suitability.mayNotCreate(schema, SqlErrors.cleaned(e));
    }
    StoreException known = SqlErrors.ofStatement(e, LOCK_TIMEOUT);
    return known instanceof StoreException.EngineFailure
        ? new StoreException.MigrationFailed(
            whatFailed(e) + "; nothing was changed", SqlErrors.cleaned(e))
        : known;
  }
}
