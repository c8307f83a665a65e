package io.netkingdom.userengine.store.postgres.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A DataSource whose connections are cut off after a number of plain statements. Of one thread. */
final class KillingSource extends DriverSource {

  private final int statements;

  KillingSource(LiveDatabase database, int statements) {
    super(database);
    this.statements = statements;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    int[] executed = {0};
    return proxy(
        Connection.class,
        connection,
        (method, result) ->
            method.equals("createStatement")
                ? proxy(
                    Statement.class,
                    (Statement) result,
                    (of, outcome) -> {
                      if (of.startsWith("execute") && executed[0]++ == statements) {
                        connection.abort(Runnable::run);
                        throw new SQLException("cut off", "08006");
                      }
                      return outcome;
                    })
                : result);
  }

  /** Sees, and may replace, what a method returned. */
  @FunctionalInterface
  private interface After {
    Object of(String method, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return after.of(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
