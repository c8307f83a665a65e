package io.netkingdom.userengine.store.postgres.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DataSource that notes down each statement that is run or prepared. */
final class RecordingSource extends DriverSource {

  private final List<String> statements = new CopyOnWriteArrayList<>();

  RecordingSource(LiveDatabase database) {
    super(database);
  }

  List<String> statements() {
    return List.copyOf(statements);
  }

  void clear() {
    statements.clear();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return recording(Connection.class, super.getConnection());
  }

  private <T> T recording(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                statements.add(sql);
              }
              try {
                Object result = method.invoke(target, arguments);
                return method.getName().equals("createStatement")
                    ? recording(Statement.class, (Statement) result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
