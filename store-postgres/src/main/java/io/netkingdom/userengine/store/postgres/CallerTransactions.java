package io.netkingdom.userengine.store.postgres;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.RecordCounts;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.RetryPolicy;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.adapter.EngineTransaction;
import io.netkingdom.userengine.store.adapter.InterruptFlag;
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import io.netkingdom.userengine.store.postgres.jdbc.BorrowedConnection;
import io.netkingdom.userengine.store.postgres.jdbc.DriverFailure;
import io.netkingdom.userengine.store.postgres.jdbc.JoinedWork;
import io.netkingdom.userengine.store.postgres.jdbc.SqlErrors;
import io.netkingdom.userengine.store.postgres.migration.Migrator;
import io.netkingdom.userengine.store.postgres.records.PostgresRepositories;
import io.netkingdom.userengine.store.postgres.session.PostgresSession;
import io.netkingdom.userengine.store.postgres.session.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works in transactions that the caller owns: what is written takes effect, or not, with what the
 * caller itself writes on the same connection. The caller begins, commits, rolls back and closes;
 * nothing of that is done here, and no setting of the connection is changed: isolation and lock
 * timeout are the caller's. Savepoints are set and released: around the work, which is therefore
 * all or nothing, and where a statement may fail on a key.
 *
 * <pre>{@code
 * CallerTransactions transactions = CallerTransactions.on(PostgresOptions.defaults());
 *
 * // JDBC
 * transactions.join(connection, tenant, tx -> tx.users().create(draft));
 * // Spring, in a method that is @Transactional. Without a transaction this is IllegalUse, and the
 * // connection goes back to its pool all the same.
 * Connection connection = DataSourceUtils.getConnection(dataSource);
 * try {
 *   transactions.join(connection, tenant, work);
 * } finally {
 *   DataSourceUtils.releaseConnection(connection, dataSource);
 * }
 * // jOOQ
 * dsl.transaction(c -> c.dsl().connection(connection -> transactions.join(connection, tenant, work)));
 * // Jdbi
 * jdbi.useTransaction(handle -> transactions.join(handle.getConnection(), tenant, work));
 * }</pre>
 *
 * <p>Whatever {@link #join} throws, the work has written nothing and the caller's transaction is as
 * it was before, unless the connection is lost. A caller that catches it and commits has committed
 * its own part. Nothing is run again: {@link StoreException.Retryable} reaches the caller, who
 * alone can run the whole anew. Safe for use by many threads, each with a connection of its own.
 */
public final class CallerTransactions {

  // Of this thread's innermost work: one connection serves many instances of this class.
  private static final ThreadLocal<@Nullable TenantId> JOINED = new ThreadLocal<>();

  private final PostgresOptions options;
  private final Statements statements;
  private final Migrator migrator;
  private volatile Readiness.@Nullable Ready ready;

  private CallerTransactions(PostgresOptions options) {
    this.options = options;
    this.migrator = options.migrator();
    this.statements = options.statements(migrator);
  }

  /**
   * On the tables of a schema, which a store has migrated. Holds no resources.
   *
   * @param options only its schema, clock and page token key are used
   */
  public static CallerTransactions on(PostgresOptions options) {
    return new CallerTransactions(Objects.requireNonNull(options, "options"));
  }

  /**
   * Runs work in the transaction that is open on a connection. The transaction that the work sees
   * tells what is known of its options: at least READ COMMITTED, and no retries.
   *
   * @param connection with autocommit off; used by this thread alone meanwhile
   * @param tenant the only tenant whose records the work can see
   * @return what the work returned
   * @throws X what the work threw, unchanged
   * @throws StoreException.IllegalUse if the connection commits each statement itself; or if the
   *     work returned and had ended the transaction, switched autocommit or closed the connection:
   *     then what it wrote may be committed or gone, as it chose
   * @throws StoreException.InvalidInput naming {@code tenant}, if this thread is in joined work of
   *     another tenant
   * @throws StoreException.NotMigrated if the schema is not ready
   * @throws StoreException.RolledBack if a statement had failed in the transaction before, or the
   *     work returned although something had doomed it
   */
  public <T extends @Nullable Object, X extends Exception> T join(
      Connection connection, TenantId tenant, TransactionWork<T, X> work) throws X {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(work, "work");
    TenantId outer = JOINED.get();
    if (outer != null && !outer.equals(tenant)) {
      throw new StoreException.InvalidInput(
          "tenant", "the work that this thread is in is of another tenant");
    }
    TransactionOptions known = InterruptFlag.aside(() -> known(connection));
    JoinedWork joined = InterruptFlag.aside(() -> JoinedWork.begin(connection));
    JOINED.set(tenant);
    T result;
    try {
      result =
          new TransactionalStore(new OneConnection(connection), options.store())
              .joining(new Joined(session(connection, tenant)), tenant, known, work);
    } catch (Throwable t) {
      if (t instanceof StoreException.NotMigrated) {
        ready = null;
      }
      InterruptFlag.runAside(() -> joined.undo(t));
      throw t;
    } finally {
      restore(outer);
    }
    InterruptFlag.runAside(joined::keep);
    return result;
  }

  private static void restore(@Nullable TenantId outer) {
    if (outer == null) {
      JOINED.remove();
    } else {
      JOINED.set(outer);
    }
  }

  private static TransactionOptions known(Connection connection) {
    try {
      return DriverFailure.caught(
          () -> {
            if (connection.getAutoCommit()) {
              throw new StoreException.IllegalUse(
                  "the connection commits each statement itself; there is no transaction to join");
            }
            TransactionOptions known = TransactionOptions.defaults().withRetry(RetryPolicy.none());
            return connection.isReadOnly() ? known.asReadOnly() : known;
          });
    } catch (SQLException e) {
      endIfUnfit(connection, e);
      throw SqlErrors.noConnection(e);
    }
  }

  private PostgresSession session(Connection connection, TenantId tenant) {
    return new PostgresSession(
        connection,
        statements,
        tenant,
        null,
        null,
        PostgresSession.Mode.TRANSACTION,
        e -> endIfUnfit(connection, e));
  }

  /** What a server refuses is for the caller to judge; a driver that is out of step is not. */
  private static void endIfUnfit(Connection connection, SQLException e) {
    if (e instanceof DriverFailure) {
      BorrowedConnection.end(connection);
    }
  }

  /** Ends when the caller ends it. */
  private static final class Joined extends PostgresRepositories implements EngineTransaction {
    Joined(PostgresSession session) {
      super(session);
    }

    @Override
    public void commit() {
      throw new IllegalStateException("the transaction is the caller's");
    }

    @Override
    public void rollback() {
      throw new IllegalStateException("the transaction is the caller's");
    }
  }

  /** Knows whether the schema is ready, and has nothing to begin transactions with. */
  private final class OneConnection implements StorageEngine {
    private final Connection connection;

    OneConnection(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Readiness readiness() {
      Readiness.Ready known = ready;
      if (known != null) {
        return known;
      }
      try {
        Readiness found = DriverFailure.caught(() -> migrator.inspect(connection));
        ready = found instanceof Readiness.Ready now ? now : null;
        return found;
      } catch (SQLException e) {
        endIfUnfit(connection, e);
        throw SqlErrors.ofStatement(e, null);
      }
    }

    @Override
    public <T extends @Nullable Object> T single(
        TenantId tenant,
        boolean readOnly,
        TransactionOptions single,
        Function<? super Repositories, ? extends T> operation) {
      throw notHere();
    }

    @Override
    public EngineTransaction begin(TenantId tenant, TransactionOptions transaction) {
      throw notHere();
    }

    @Override
    public MigrationReport migrate() {
      throw notHere();
    }

    @Override
    public RecordCounts counts() {
      throw notHere();
    }

    private static IllegalStateException notHere() {
      return new IllegalStateException("only the caller's transaction can be joined");
    }

    @Override
    public void close() {}
  }
}
