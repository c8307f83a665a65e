package io.netkingdom.userengine.store.postgres.provider;

import com.google.auto.service.AutoService;
import io.netkingdom.userengine.store.spi.ConnectionProvider;

/**
 * PostgreSQL's own driver, pgjdbc 42.7.12 or later. Serves libpq's connection strings, and {@code
 * jdbc:postgresql:} URLs whose properties neither load classes nor change what a store relies on.
 */
@AutoService(ConnectionProvider.class)
public final class PgjdbcProvider extends PgjdbcFamilyProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PgjdbcProvider() {
    super("pgjdbc", 100, PgjdbcFamily.PGJDBC);
  }
}
