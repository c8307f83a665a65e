package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The AWS Advanced JDBC Wrapper, 4.3.0 or later, around pgjdbc, which has to be there too. Serves
 * {@code jdbc:aws-wrapper:postgresql:} URLs as {@link PgjdbcProvider} serves its own, and libpq's
 * connection strings when it is asked for by name.
 */
@AutoService(ConnectionProvider.class)
public final class AwsWrapperProvider extends DriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public AwsWrapperProvider() {}

  @Override
  public String name() {
    return "aws-wrapper";
  }

  @Override
  public int priority() {
    return 70;
  }

  @Override
  DriverSettings settings(Dsn dsn) {
    return PgjdbcSettings.of(PgjdbcFamily.AWS_WRAPPER, dsn);
  }

  @Override
  FoundDriver driver(Dsn dsn, DriverSettings settings) throws DriverMissing {
    FoundDriver wrapper = FoundDriver.find(DriverFacts.AWS_WRAPPER);
    FoundDriver wrapped = FoundDriver.find(DriverFacts.PGJDBC);
    Set<String> known = new HashSet<>(wrapper.knownProperties(DriverFacts.AWS_WRAPPER.askedWith()));
    // It does not tell of all that it takes.
    known.addAll(PgjdbcFamily.AWS_WRAPPER.defaults().keySet());
    known.addAll(wrapped.knownProperties(DriverFacts.PGJDBC.askedWith()));
    PgjdbcSettings.requireKnown(settings, wrapper.product(), known);
    return new FoundDriver(
        wrapper.driver(), wrapper.product(), wrapper.name() + " on " + wrapped.name());
  }

  @Override
  public OptionalLong copyIn(Connection connection, String sql, InputStream data)
      throws SQLException, IOException {
    try {
      return PgjdbcCopy.copyIn(
          FoundDriver.find(DriverFacts.PGJDBC), PgjdbcProvider.CONNECTION, connection, sql, data);
    } catch (DriverMissing e) {
      return OptionalLong.empty();
    }
  }
}
