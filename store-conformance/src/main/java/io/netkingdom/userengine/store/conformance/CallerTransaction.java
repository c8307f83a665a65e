package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionWork;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is open, and is not the store's: an application began it, on a connection of
 * its own for instance, and lets the store work in it.
 */
public interface CallerTransaction extends AutoCloseable {

  /**
   * Lets the adapter work in this transaction, in the way that it offers to applications.
   *
   * @throws X what the work threw
   */
  <T extends @Nullable Object, X extends Exception> T join(
      TenantId tenant, TransactionWork<T, X> work) throws X;

  /** Commits, as the application does. */
  void commit() throws SQLException;

  /** Rolls back, as the application does. */
  void rollback() throws SQLException;

  /**
   * What the application set, and must find as it was: by name, such as {@code autocommit} or
   * {@code lock_timeout}. Holds no secret.
   */
  Map<String, String> settings() throws SQLException;

  /** Ends what is still open, and releases everything. */
  @Override
  void close() throws SQLException;
}
