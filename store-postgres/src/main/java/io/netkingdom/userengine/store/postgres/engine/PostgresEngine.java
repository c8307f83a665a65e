package io.netkingdom.userengine.store.postgres.engine;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.postgres.jdbc.AnswerTimeout;
import io.netkingdom.userengine.store.postgres.jdbc.BorrowedConnection;
import io.netkingdom.userengine.store.postgres.jdbc.FailureReason;
import io.netkingdom.userengine.store.postgres.jdbc.SqlErrors;
import io.netkingdom.userengine.store.postgres.migration.Migrator;
import io.netkingdom.userengine.store.postgres.records.PostgresRepositories;
import io.netkingdom.userengine.store.postgres.records.RecordTables;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import io.netkingdom.userengine.store.postgres.session.Statements;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Storage in PostgreSQL. Safe for use by many threads. */
public final class PostgresEngine implements StorageEngine {

  private final DataSource dataSource;
  private final DataSource direct;
  private final Statements statements;
  private final Migrator migrator;
  private final Runnable release;

  /**
   * An engine on a DataSource.
   *
   * @param direct for what is asked about the database itself
   * @param release what to do with the DataSource when the engine is closed
   */
  public PostgresEngine(
      DataSource dataSource,
      DataSource direct,
      Statements statements,
      Migrator migrator,
      Runnable release) {
    this.dataSource = dataSource;
    this.direct = direct;
    this.statements = statements;
    this.migrator = migrator;
    this.release = release;
  }

  @Override
  public <T extends @Nullable Object> T single(
      TenantId tenant,
      boolean readOnly,
      TransactionOptions single,
      Function<? super Repositories, ? extends T> operation) {
    try (BorrowedConnection connection = BorrowedConnection.from(dataSource, true)) {
      if (!readOnly) {
        requireWritable(connection);
      }
      PostgresSession session =
          new PostgresSession(
              connection.get(),
              statements,
              tenant,
              single.lockTimeout(),
              IsolationLevel.READ_COMMITTED,
              readOnly ? PostgresSession.Mode.SINGLE_READ : PostgresSession.Mode.SINGLE_WRITE,
              connection::failed);
      Repositories records = new PostgresRepositories(session);
      return statements.defaultLevel().isOther()
          ? session.atomically(() -> operation.apply(records))
          : operation.apply(records);
    }
  }

  /** Drivers keep to a read-only connection in transactions only; a single write is none. */
  private static void requireWritable(BorrowedConnection connection) {
    try {
      if (connection.ask(Connection::isReadOnly)) {
        throw new StoreException.ReadOnly("the DataSource gives out read-only connections");
      }
    } catch (SQLException e) {
      throw SqlErrors.noConnection(e);
    }
  }

  @Override
  public EngineTransaction begin(TenantId tenant, TransactionOptions transaction) {
    return PostgresTransaction.begin(dataSource, statements, tenant, transaction);
  }

  @Override
  public Readiness readiness() {
    return migrator.readiness(direct);
  }

  @Override
  public MigrationReport migrate() {
    return migrator.migrate(direct);
  }

  @Override
  public RecordCounts counts() {
    return ifReady(this::countAll);
  }

  private RecordCounts ifReady(AnswerTimeout.Question<RecordCounts> counting) {
    try (BorrowedConnection borrowed = BorrowedConnection.open(direct, true)) {
      return borrowed.ask(
          connection -> {
            Readiness readiness = migrator.readiness(connection);
            return readiness instanceof Readiness.Ready
                ? counting.ask(connection)
                : new RecordCounts.NotReady(readiness);
          });
    } catch (SQLException e) {
      return new RecordCounts.NotReady(new Readiness.Unreachable(FailureReason.describe(e)));
    }
  }

  private RecordCounts.Exact countAll(Connection connection) throws SQLException {
    Sql sql = statements.get(RecordTables.COUNT_ALL);
    try (PreparedStatement statement = connection.prepareStatement(sql.text());
        ResultSet rows = statement.executeQuery()) {
      return RecordTables.readCounts(rows);
    }
  }

  /** What the server has noted down; a kind of which it has noted nothing is counted. */
  @Override
  public RecordCounts estimatedCounts() {
    return ifReady(
        connection -> {
          Map<RecordKind, Long> estimates = estimate(connection);
          if (estimates.size() < RecordKind.values().length) {
            countAll(connection).byKind().forEach(estimates::putIfAbsent);
          }
          return new RecordCounts.Estimated(estimates);
        });
  }

  private Map<RecordKind, Long> estimate(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RecordTables.ESTIMATE)) {
      statement.setString(1, statements.schema().value());
      try (ResultSet rows = statement.executeQuery()) {
        return RecordTables.readEstimates(rows);
      }
    }
  }

  @Override
  public void close() {
    release.run();
  }
}
