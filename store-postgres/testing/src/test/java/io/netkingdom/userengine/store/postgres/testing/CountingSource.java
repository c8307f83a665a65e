package io.netkingdom.userengine.store.postgres.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A DataSource that writes down what is sent to the server, in order. Of one thread. */
final class CountingSource extends DriverSource {

  private final List<String> sent = new ArrayList<>();

  CountingSource(LiveDatabase database) {
    super(database);
  }

  /** What was sent since the last call: the first word of each statement, and the ends. */
  List<String> takeSent() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "prepareStatement" -> sent.add("STATEMENT");
                case "commit" -> sent.add("COMMIT");
                case "setSavepoint" -> sent.add("SAVEPOINT");
                case "releaseSavepoint" -> sent.add("RELEASE");
                case "rollback" -> {
                  if (arguments != null) {
                    sent.add("ROLLBACK TO");
                  }
                }
                default -> {}
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
