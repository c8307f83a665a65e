package io.netkingdom.userengine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store of users and their federated identities, kept apart by tenant.
 *
 * <p>Every adapter keeps the same contract; an application that runs on one runs on all:
 *
 * <pre>{@code
 * try (UserEngineStore store = MemoryUserEngineStore.create()) {
 *   store.migrate();
 *   User ada = store.tenant(TenantId.of("acme")).users().create(UserDraft.named("ada"));
 * }
 * }</pre>
 *
 * <p><b>Transactions.</b> {@link #inTransaction} runs a callback in one transaction of one tenant.
 * A normal return commits. Any throwable rolls everything back and reaches the caller unchanged. A
 * call inside the callback on the same store and thread joins the open transaction; its failure
 * dooms the whole. Where the engine gave a transaction up for the sake of another, the callback
 * runs again, as often as the {@link RetryPolicy} allows: it must do nothing outside the store that
 * cannot be repeated.
 *
 * <p><b>Single operations.</b> {@link #tenant} gives the same repositories for one operation at a
 * time; each is its own transaction. Inside an open transaction of the same thread it is one
 * operation of that transaction.
 *
 * <p><b>Threads.</b> A store is safe for use by many threads. What a callback is handed belongs to
 * the callback's thread and ends with it. A call that begins in an interrupted thread does what it
 * does otherwise; an interrupt that comes during a call may end what it waits for. The thread stays
 * interrupted.
 *
 * <p><b>Errors.</b> All of them are {@link StoreException}s. Every operation other than {@link
 * #readiness}, {@link #migrate}, {@link #counts} and {@link #close} fails with {@link
 * StoreException.NotMigrated} until the store is ready, and with {@link StoreException.IllegalUse}
 * after it is closed.
 */
public interface UserEngineStore extends AutoCloseable {

  /** The settings that this store was opened with. */
  StoreOptions options();

  /**
   * The repositories of a tenant for single operations, each in a transaction of its own. Cheap: no
   * I/O takes place. The result is safe for use by many threads, for as long as the store is open.
   */
  Repositories tenant(TenantId tenant);

  /**
   * Runs work in a read-write transaction with this store's default options.
   *
   * @see #inTransaction(TenantId, TransactionOptions, TransactionWork)
   */
  default <T extends @Nullable Object, X extends Exception> T inTransaction(
      TenantId tenant, TransactionWork<T, X> work) throws X {
    return inTransaction(tenant, options().transactions(), work);
  }

  /**
   * Runs work in a transaction that refuses every write with {@link StoreException.ReadOnly}.
   *
   * @see #inTransaction(TenantId, TransactionOptions, TransactionWork)
   */
  default <T extends @Nullable Object, X extends Exception> T inReadOnlyTransaction(
      TenantId tenant, TransactionWork<T, X> work) throws X {
    return inTransaction(tenant, options().transactions().asReadOnly(), work);
  }

  /**
   * Runs work in a transaction of one tenant.
   *
   * @param tenant the only tenant whose records the transaction can see
   * @param options isolation, access and limits; a joined call may not ask for more than the
   *     transaction that it joins has
   * @param work the callback; may run more than once
   * @return what the callback returned, after a successful commit
   * @throws X what the callback threw, unchanged, after everything was rolled back
   * @throws StoreException.RolledBack if the callback returned although something had doomed the
   *     transaction
   * @throws StoreException.Retryable if the engine kept giving the transaction up
   * @throws StoreException.OutcomeUnknown if the connection was lost while committing
   * @throws StoreException.InvalidInput if this call would join a transaction of another tenant, or
   *     one with weaker options, or asks for an isolation that the adapter does not have
   */
  <T extends @Nullable Object, X extends Exception> T inTransaction(
      TenantId tenant, TransactionOptions options, TransactionWork<T, X> work) throws X;

  /**
   * Whether the store can be used, and if not, why. Never throws for the state of the engine, and
   * answers in bounded time also when the engine does not answer at all.
   */
  Readiness readiness();

  /**
   * Brings the schema to the version that this library needs. Idempotent, and safe to call from
   * many processes at once. An adapter without a schema has nothing to do.
   *
   * @return what was applied; empty where nothing was pending
   * @throws StoreException.MigrationFailed if a step failed, with what to do about it
   * @throws StoreException.NotMigrated if the schema is newer than this library or damaged
   * @throws StoreException.Unavailable if the engine cannot be reached
   */
  MigrationReport migrate();

  /** How many records of each kind there are, over all tenants; answers before any table exists. */
  RecordCounts counts();

  /**
   * About how many records of each kind there are, over all tenants, without counting them: {@link
   * RecordCounts.Estimated}. An adapter that has nothing to estimate from counts, and answers
   * {@link RecordCounts.Exact}.
   */
  RecordCounts estimatedCounts();

  /**
   * Upserts any number of users. A row that cannot be stored is rejected, with its index, field and
   * reason, and does not spoil its neighbours; unless the options say that the import is strict.
   * Memory is needed for one batch.
   *
   * <p>Joins an open transaction of this thread; otherwise each batch is a transaction of its own,
   * or the whole import if it is strict.
   *
   * @param source can be read from its beginning more than once, since a transaction that the
   *     engine gave up is run again; what it throws ends the import and reaches the caller
   * @throws NullPointerException if a row or its draft is null, which ends the import: nothing of
   *     its batch is stored
   * @throws StoreException.RowRejected if a row of a strict import is rejected; nothing was stored
   */
  default ImportReport importUsers(
      TenantId tenant, Iterable<? extends UserRow> source, ImportOptions options) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(options, "options");
    return options.strict()
        ? inTransaction(
            tenant, tx -> UserImport.run(source, options, drafts -> tx.users().upsertAll(drafts)))
        : UserImport.run(
            source, options, drafts -> inTransaction(tenant, tx -> tx.users().upsertAll(drafts)));
  }

  /**
   * Closes the store; the second call does nothing. New work is refused at once. A transaction that
   * is still open in another thread is refused its next statement or its commit, and rolled back;
   * what had begun to commit completes. The engine's resources are released when the last of them
   * ended.
   */
  @Override
  void close();
}
