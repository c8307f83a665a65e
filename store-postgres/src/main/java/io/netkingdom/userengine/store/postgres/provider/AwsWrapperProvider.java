package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;

/**
 * The AWS Advanced JDBC Wrapper, 4.3.0 or later, around pgjdbc, which has to be there too. Serves
 * {@code jdbc:aws-wrapper:postgresql:} URLs as {@link PgjdbcProvider} serves its own, and libpq's
 * connection strings when it is asked for by name.
 */
@AutoService(ConnectionProvider.class)
public final class AwsWrapperProvider extends PgjdbcFamilyProvider {

  /** For {@link java.util.ServiceLoader}. */
  public AwsWrapperProvider() {
    super("aws-wrapper", 70, PgjdbcFamily.AWS_WRAPPER);
  }
}
