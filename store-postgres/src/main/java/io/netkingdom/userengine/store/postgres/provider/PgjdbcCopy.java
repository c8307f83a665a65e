package io.netkingdom.userengine.store.postgres.provider;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** {@code connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, data)}, unlinked. */
final class PgjdbcCopy {

  private PgjdbcCopy() {}

  /**
   * Copies, if the connection is one of that kind.
   *
   * @param connectionClass the name of the driver's {@code PGConnection}
   */
  static OptionalLong copyIn(
      FoundDriver driver,
      String connectionClass,
      Connection connection,
      String sql,
      InputStream data)
      throws SQLException, IOException {
    try {
      Class<?> type =
          Class.forName(connectionClass, false, driver.driver().getClass().getClassLoader());
      if (!connection.isWrapperFor(type)) {
        return OptionalLong.empty();
      }
      Object api = type.getMethod("getCopyAPI").invoke(connection.unwrap(type));
      Object rows =
          api.getClass()
              .getMethod("copyIn", String.class, InputStream.class)
              .invoke(api, sql, data);
      return OptionalLong.of((Long) rows);
    } catch (InvocationTargetException e) {
      return rethrow(e.getTargetException());
    } catch (ReflectiveOperationException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong rethrow(Throwable thrown) throws SQLException, IOException {
    if (thrown instanceof SQLException e) {
      throw e;
    }
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) thrown;
  }
}
