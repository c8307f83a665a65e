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
import io.netkingdom.userengine.store.adapter.StorageEngine;
import io.netkingdom.userengine.store.adapter.TransactionalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works in transactions that the caller owns: what is written takes effect, or not, with what the
 * caller itself writes on the same connection. The caller begins, commits, rolls back and closes;
 * nothing of that is done here, and no setting of the connection is changed: isolation and lock
 * timeout are the caller's. Savepoints are set and released where a statement may fail on a key.
 *
 * <pre>{@code
 * CallerTransactions transactions = CallerTransactions.on(PostgresOptions.defaults());
 *
 * // JDBC
 * transactions.join(connection, tenant, tx -> tx.users().create(draft));
 * // Spring, in a method that is @Transactional
 * transactions.join(DataSourceUtils.getConnection(dataSource), tenant, work);
 * // jOOQ
 * dsl.transaction(c -> c.dsl().connection(connection -> transactions.join(connection, tenant, work)));
 * // Jdbi
 * jdbi.useTransaction(handle -> transactions.join(handle.getConnection(), tenant, work));
 * }</pre>
 *
 * <p>After a {@link StoreException} for which {@link StoreException#leavesTransactionUsable} is
 * false, the database takes no further statement: the caller rolls back. Nothing is run again:
 * {@link StoreException.Retryable} reaches the caller, who alone can run the whole anew. Safe for
 * use by many threads, each with a connection of its own.
 */
public final class CallerTransactions {

  private final PostgresOptions options;
  private final Statements statements;
  private final Migrator migrator;
  private volatile Readiness.@Nullable Ready ready;

  private CallerTransactions(PostgresOptions options) {
    SchemaName schema = new SchemaName(options.schema());
    this.options = options;
    this.migrator = Migrator.of(options);
    this.statements = new Statements(schema, options.store(), migrator.defaultLevel());
  }

  /**
   * On the tables of a schema, which a store has migrated. Holds no resources.
   *
   * @param options of which the schema and the clock count
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
   * @throws X what the work threw, unchanged; what it wrote before is there until the caller rolls
   *     back
   * @throws StoreException.IllegalUse if the connection commits each statement itself
   * @throws StoreException.NotMigrated if the schema is not ready
   * @throws StoreException.RolledBack if the work returned although something had doomed the
   *     transaction
   */
  public <T extends @Nullable Object, X extends Exception> T join(
      Connection connection, TenantId tenant, TransactionWork<T, X> work) throws X {
    Objects.requireNonNull(tenant, "tenant");
    TransactionOptions known = known(connection);
    try {
      return new TransactionalStore(new OneConnection(connection), options.store())
          .joining(new Joined(session(connection, tenant)), tenant, known, work);
    } catch (StoreException.NotMigrated e) {
      ready = null;
      throw e;
    }
  }

  private static TransactionOptions known(Connection connection) {
    try {
      if (connection.getAutoCommit()) {
        throw new StoreException.IllegalUse(
            "the connection commits each statement itself; there is no transaction to join");
      }
      TransactionOptions known = TransactionOptions.defaults().withRetry(RetryPolicy.none());
      return connection.isReadOnly() ? known.asReadOnly() : known;
    } catch (SQLException e) {
      throw SqlErrors.noConnection(e);
    }
  }

  private PostgresSession session(Connection connection, TenantId tenant) {
    return new PostgresSession(
        connection, statements, tenant, null, null, PostgresSession.Mode.TRANSACTION);
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
        Readiness found = migrator.inspect(connection);
        ready = found instanceof Readiness.Ready now ? now : null;
        return found;
      } catch (SQLException e) {
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
