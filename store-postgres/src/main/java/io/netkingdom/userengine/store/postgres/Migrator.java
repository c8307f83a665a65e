package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.jspecify.annotations.Nullable;

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

  private static final String SCHEMA_FACTS =
      """
      SELECT
        pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS may_create,
        pg_catalog.current_setting('server_encoding') AS encoding
      FROM pg_catalog.pg_namespace n
      WHERE n.nspname = ?
      """;

  private static final String MAY_READ_HISTORY =
      """
      SELECT pg_catalog.has_table_privilege(c.oid, 'SELECT')
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = 'user_engine_schema_history'
      """;

  private final SchemaName schema;
  private final MigrationCallback callback;
  private final Layout wanted;
  private final List<Migration> known;

  Migrator(SchemaName schema, MigrationCallback callback, Layout wanted, List<Migration> known) {
    this.schema = schema;
    this.callback = callback;
    this.wanted = wanted;
    this.known = known;
  }

  /** For the schema and with the callback and the layout of a store's options. */
  static Migrator of(PostgresOptions options) {
    return new Migrator(
        new SchemaName(options.schema()),
        options.afterMigration(),
        new Layout(options.tenantPartitions()),
        Migration.ALL);
  }

  private int newest() {
    return known.size();
  }

  /** Reads the catalogue and the history; writes nothing. */
  Readiness inspect(Connection connection) throws SQLException {
    return inspect(connection, SchemaCatalogue.read(connection, schema));
  }

  private Readiness inspect(Connection connection, Set<String> catalogue) throws SQLException {
    if (catalogue.isEmpty()) {
      return new Readiness.Uninitialised(labelsAfter(0));
    }
    if (!SchemaCatalogue.hasTable(catalogue, "user_engine_schema_history")) {
      return new Readiness.Dirty(List.of("there are tables, but no user_engine_schema_history"));
    }
    if (!mayReadHistory(connection)) {
      return new Readiness.Unreachable(
          "the role may not read user_engine_schema_history; grant it SELECT");
    }
    SortedMap<Integer, String> history = readHistory(connection);
    if (history.isEmpty()) {
      return new Readiness.Dirty(List.of("a migration began and did not finish"));
    }
    int version = history.lastKey();
    if (version > newest()) {
      return new Readiness.Ahead(version, newest());
    }
    List<String> problems = new ArrayList<>(historyProblems(history));
    problems.addAll(SchemaCatalogue.missing(catalogue, version));
    problems.addAll(FoundLayout.of(catalogue).problems());
    if (!problems.isEmpty()) {
      return new Readiness.Dirty(problems);
    }
    return version < newest()
        ? new Readiness.Pending(version, labelsAfter(version))
        : new Readiness.Ready(version);
  }

  private List<String> labelsAfter(int version) {
    return after(version).stream().map(Migration::label).toList();
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

  private boolean mayReadHistory(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAY_READ_HISTORY)) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** The recorded checksums by version. */
  private SortedMap<Integer, String> readHistory(Connection connection) throws SQLException {
    SortedMap<Integer, String> history = new TreeMap<>();
    String sql = schema.fillIn("SELECT version, checksum FROM {schema}.user_engine_schema_history");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        history.put(rows.getInt("version"), rows.getString("checksum"));
      }
    }
    return history;
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
        setLockTimeout(connection);
        PostgresSchema.lock(connection, schema.value());
        List<String> applied = applyPending(connection);
        connection.commit();
        return Optional.of(new MigrationReport(applied, newest()));
      } catch (SQLException e) {
        if (COLLISIONS.contains(SqlErrors.state(e)) && !last) {
          return Optional.empty();
        }
        throw failure(e);
      }
    }
  }

  private static void setLockTimeout(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
    }
  }

  private List<String> applyPending(Connection connection) throws SQLException {
    Set<String> catalogue = SchemaCatalogue.read(connection, schema);
    Readiness readiness = inspect(connection, catalogue);
    if (readiness instanceof Readiness.Ready) {
      layoutOf(catalogue);
      return List.of();
    }
    if (readiness instanceof Readiness.Uninitialised) {
      return apply(connection, 0, wanted);
    }
    if (readiness instanceof Readiness.Pending pending) {
      return apply(connection, pending.version(), layoutOf(catalogue));
    }
    throw new StoreException.NotMigrated(readiness);
  }

  /** The layout that the tables have, unless another one is wanted. */
  private Layout layoutOf(Set<String> catalogue) {
    Layout found = FoundLayout.of(catalogue).layout();
    if (!wanted.isPlain() && !wanted.equals(found)) {
      throw new StoreException.MigrationFailed(
          "each table was to have %s, and those in the schema %s have %s; tables that are there"
                  .formatted(wanted.describe(), schema.quoted(), found.describe())
              + " are not converted, and nothing was changed",
          null);
    }
    return found;
  }

  private List<String> apply(Connection connection, int version, Layout layout)
      throws SQLException {
    requireSuitable(connection);
    for (Migration migration : after(version)) {
      for (String statement : migration.statements(schema, layout)) {
        try (Statement execution = connection.createStatement()) {
          execution.execute(statement);
        }
      }
    }
    callback.migrated(connection, schema.value());
    return labelsAfter(version);
  }

  private void requireSuitable(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMA_FACTS)) {
      statement.setString(1, schema.value());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new StoreException.MigrationFailed(
              "the schema " + schema.quoted() + " does not exist; create it first", null);
        }
        if (!rows.getBoolean("may_create")) {
          throw mayNotCreate(null);
        }
        if (!rows.getString("encoding").equals("UTF8")) {
          throw new StoreException.MigrationFailed(
              "the database's encoding is " + rows.getString("encoding") + "; it must be UTF8",
              null);
        }
      }
    }
  }

  private StoreException.MigrationFailed mayNotCreate(@Nullable SQLException cause) {
    return new StoreException.MigrationFailed(
        "the role may not create tables in the schema "
            + schema.quoted()
            + "; GRANT CREATE ON SCHEMA "
            + schema.quoted()
            + " to it, or migrate as its owner",
        cause);
  }

  private StoreException failure(SQLException e) {
    if (SqlErrors.state(e).equals(OUT_OF_MEMORY)) {
      return new StoreException.MigrationFailed(
          "the server ran out of memory for locks; raise its max_locks_per_transaction, or ask for"
              + " fewer partitions; nothing was changed",
          SqlErrors.cleaned(e));
    }
    if (SqlErrors.state(e).equals(SqlErrors.INSUFFICIENT_PRIVILEGE)) {
      return mayNotCreate(SqlErrors.cleaned(e));
    }
    StoreException known = SqlErrors.ofStatement(e, LOCK_TIMEOUT);
    return known instanceof StoreException.EngineFailure
        ? new StoreException.MigrationFailed(
            "a statement failed with SQLSTATE " + SqlErrors.state(e) + "; nothing was changed",
            SqlErrors.cleaned(e))
        : known;
  }
}
