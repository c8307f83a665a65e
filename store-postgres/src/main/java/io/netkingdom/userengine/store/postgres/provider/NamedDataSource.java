package io.netkingdom.userengine.store.postgres.provider;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of a DataSource of somebody else's class. */
final class NamedDataSource extends CleanDataSource {

  private final DataSource source;

  NamedDataSource(DataSource source) {
    super(source.getClass().getName());
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(source::getConnection);
  }

  @Override
  public Connection getConnection(@Nullable String username, @Nullable String password)
      throws SQLException {
    return connect(() -> source.getConnection(username, password));
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  /** The class, without properties. */
  @Override
  public String toString() {
    return driver();
  }
}
