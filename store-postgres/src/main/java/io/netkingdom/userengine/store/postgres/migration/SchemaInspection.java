package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.postgres.jdbc.AnswerTimeout;
import io.netkingdom.userengine.store.postgres.jdbc.BorrowedConnection;
import io.netkingdom.userengine.store.postgres.jdbc.DefaultLevel;
import io.netkingdom.userengine.store.postgres.jdbc.FailureReason;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Finds out at which version a schema is, and what is wrong with it. Changes nothing. */
final class SchemaInspection {

  private final MigrationSettings settings;
  private final DefaultLevel defaultLevel;

  /**
   * An inspection.
   *
   * @param defaultLevel is told at which level the server begins transactions
   */
  SchemaInspection(MigrationSettings settings, DefaultLevel defaultLevel) {
    this.settings = settings;
    this.defaultLevel = defaultLevel;
  }

  /** What was found: the readiness, and the lines of the catalogue that it was concluded from. */
  record Found(Readiness readiness, Set<String> catalogue) {}

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
    return AnswerTimeout.ask(connection, settings.answerTimeout(), this::inspect);
  }

  static Readiness.Unreachable unreachable(SQLException e) {
    return new Readiness.Unreachable(FailureReason.describe(e));
  }

  /** As {@link io.netkingdom.userengine.store.postgres.PostgresSchema#status}. */
  SchemaStatus status(DataSource dataSource) {
    try (BorrowedConnection connection = BorrowedConnection.open(dataSource, true)) {
      return connection.ask(on -> AnswerTimeout.ask(on, settings.answerTimeout(), this::status));
    } catch (SQLException e) {
      return new SchemaStatus(
          settings.schema().value(), unreachable(e), Optional.empty(), List.of());
    }
  }

  private SchemaStatus status(Connection connection) throws SQLException {
    ServerProduct product = ServerProduct.read(connection);
    Readiness readiness = look(connection, product).readiness();
    if (product.refusal().isPresent()) {
      return new SchemaStatus(settings.schema().value(), readiness, Optional.empty(), List.of());
    }
    return new SchemaStatus(
        settings.schema().value(),
        readiness,
        Optional.of(ServerFacts.read(connection, product)),
        SchemaHistory.isReadable(connection, settings.schema())
            ? SchemaHistory.read(connection, settings.schema())
            : List.of());
  }

  /** Reads the catalogue and the history; writes nothing. */
  Readiness inspect(Connection connection) throws SQLException {
    return look(connection).readiness();
  }

  Found look(Connection connection) throws SQLException {
    return look(connection, ServerProduct.read(connection));
  }

  private Found look(Connection connection, ServerProduct product) throws SQLException {
    Optional<String> refusal = product.refusal();
    if (refusal.isPresent()) {
      return new Found(new Readiness.Unreachable(refusal.get()), Set.of());
    }
    defaultLevel.read(connection);
    Set<String> catalogue = SchemaCatalogue.read(connection, settings.schema());
    return new Found(conclude(connection, catalogue), catalogue);
  }

  private Readiness conclude(Connection connection, Set<String> catalogue) throws SQLException {
    if (catalogue.isEmpty()) {
      return new Readiness.Uninitialised(Migration.labelsAfter(0));
    }
    if (!SchemaCatalogue.hasTable(catalogue, SchemaHistory.TABLE)) {
      return new Readiness.Dirty(List.of("there are tables, but no user_engine_schema_history"));
    }
    if (!SchemaHistory.isReadable(connection, settings.schema())) {
      return new Readiness.Unreachable(
          "the role may not read user_engine_schema_history;"
              + " grant it SELECT, and USAGE on the schema");
    }
    List<String> hidden = hidden(catalogue);
    if (!hidden.isEmpty()) {
      // Before the history is believed: it may be one of these.
      return new Readiness.Restricted(hidden);
    }
    SortedMap<Integer, String> history =
        checksums(SchemaHistory.read(connection, settings.schema()));
    if (history.isEmpty()) {
      return new Readiness.Dirty(List.of("a migration began and did not finish"));
    }
    int version = history.lastKey();
    if (version > Migration.newest()) {
      return new Readiness.Ahead(version, Migration.newest());
    }
    List<String> problems = new ArrayList<>(historyProblems(history));
    problems.addAll(SchemaCatalogue.problems(catalogue, version));
    problems.addAll(TableLayouts.of(catalogue).problems());
    if (!problems.isEmpty()) {
      return new Readiness.Dirty(problems);
    }
    if (version < Migration.newest()) {
      return new Readiness.Pending(version, Migration.labelsAfter(version));
    }
    List<String> lacking = lacking(catalogue);
    return lacking.isEmpty()
        ? new Readiness.Ready(version, SchemaCatalogue.warnings(catalogue, version))
        : new Readiness.Restricted(lacking);
  }

  private List<String> hidden(Set<String> catalogue) {
    if (settings.policiesMeant()) {
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
    return SchemaCatalogue.lacking(catalogue, settings.readOnly()).entrySet().stream()
        .map(
            table ->
                "it may not "
                    + String.join(", ", table.getValue())
                    + " on "
                    + table.getKey()
                    + "; run what SchemaCommand grants prints")
        .toList();
  }

  private static SortedMap<Integer, String> checksums(List<SchemaStatus.Step> history) {
    SortedMap<Integer, String> checksums = new TreeMap<>();
    for (SchemaStatus.Step step : history) {
      checksums.put(step.version(), step.checksum());
    }
    return checksums;
  }

  private List<String> historyProblems(SortedMap<Integer, String> history) {
    List<String> problems = new ArrayList<>();
    for (Migration migration : Migration.ALL.subList(0, history.lastKey())) {
      String recorded = history.get(migration.version());
      if (recorded == null) {
        problems.add(migration.label() + " is not recorded, though a later one is");
      } else if (!recorded.equals(migration.checksum())) {
        problems.add(migration.label() + " was changed: its recorded checksum differs");
      }
    }
    return problems;
  }
}
