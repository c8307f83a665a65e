package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionWork;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.postgres.CallerTransactions;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A transaction on a connection that an application holds. */
final class JdbcCallerTransaction implements CallerTransaction {

  private static final String SETTINGS =
      """
      SELECT name, setting
      FROM pg_catalog.pg_settings
      WHERE name OPERATOR(pg_catalog.=) ANY (ARRAY[
        'lock_timeout', 'statement_timeout', 'search_path', 'transaction_isolation',
        'transaction_read_only', 'TimeZone'])
      """;

  private final Connection connection;
  private final CallerTransactions transactions;

  private JdbcCallerTransaction(Connection connection, String schema) {
    this.connection = connection;
    this.transactions = CallerTransactions.on(PostgresOptions.defaults().withSchema(schema));
  }

  /** Where the application's connection comes from. */
  @FunctionalInterface
  interface Source {
    Connection connect() throws SQLException;
  }

  static JdbcCallerTransaction begin(Source source, String schema) {
    try {
      Connection connection = source.connect();
      connection.setAutoCommit(false);
      // A setting of the application's own, which nobody is to touch.
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL lock_timeout = '12345ms'");
      }
      return new JdbcCallerTransaction(connection, schema);
    } catch (SQLException e) {
      throw new LiveRefusal("no connection for a transaction, SQLSTATE " + e.getSQLState());
    }
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T join(
      TenantId tenant, TransactionWork<T, X> work) throws X {
    return transactions.join(connection, tenant, work);
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public Map<String, String> settings() throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("closed", Boolean.toString(connection.isClosed()));
    settings.put("autocommit", Boolean.toString(connection.getAutoCommit()));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SETTINGS)) {
      while (rows.next()) {
        settings.put(rows.getString("name"), rows.getString("setting"));
      }
    }
    return settings;
  }

  @Override
  public void close() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    connection.close();
  }
}
