package io.netkingdom.userengine.store.postgres.jdbc;

import io.netkingdom.userengine.store.StoreException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a driver, a pool or a DataSource threw that is no SQLException. Nobody knows how far it
 * came: the next answer on its connection could be another question's. So the connection is ended,
 * and whatever it was in the middle of is as unknown as after a connection that was lost.
 */
public final class DriverFailure extends SQLException {

  private static final long serialVersionUID = 1L;

  private DriverFailure(Throwable thrown) {
    super(thrown.getClass().getName(), (String) null, thrown);
  }

  /** Something of JDBC's. */
  @FunctionalInterface
  public interface Call<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Runs calls of JDBC, and none of the application's: its exceptions are its own. */
  public static <T extends @Nullable Object> T caught(Call<T> call) throws SQLException {
    try {
      return call.run();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new DriverFailure(e);
    }
  }
}
