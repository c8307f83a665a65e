package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Anomaly;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.PostgresUserEngineStore;
import io.netkingdom.userengine.store.postgres.schema.MigrationCallback;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

/** Stores of a role that uses the tables, of which {@code migrate()} is their owner's. */
record RoleFixture(RoleServer server, PostgresStoreFixture owner, PostgresStoreFixture user)
    implements StoreFixture {

  @Override
  public String adapter() {
    return owner.adapter();
  }

  @Override
  public Environment environment() {
    return user.environment();
  }

  @Override
  public UserEngineStore open(StoreOptions options) {
    UserEngineStore store = user.open(options);
    return (UserEngineStore)
        Proxy.newProxyInstance(
            UserEngineStore.class.getClassLoader(),
            new Class<?>[] {UserEngineStore.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("migrate")
                    ? migrateUnlessClosed(store)
                    : method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private MigrationReport migrateUnlessClosed(UserEngineStore store) {
    // A store that is closed refuses to answer.
    store.readiness();
    return migrate();
  }

  private MigrationReport migrate() {
    MigrationCallback granting = PostgresSchema.granting(RoleServer.USER);
    PostgresOptions options =
        PostgresOptions.defaults()
            .withSchema(RoleServer.SCHEMA)
            .withAfterMigration(
                (connection, schema) -> {
                  granting.migrated(connection, schema);
                  Marker.write(connection, schema);
                });
    try (UserEngineStore store =
        PostgresUserEngineStore.open(
            new DriverSource(server.database(RoleServer.OWNER)), options)) {
      return store.migrate();
    }
  }

  @Override
  public Optional<CallerTransaction> callerTransaction() {
    return user.callerTransaction();
  }

  @Override
  public boolean isSomebodyWaiting() {
    return user.isSomebodyWaiting();
  }

  @Override
  public void reset() {
    owner.reset();
  }

  @Override
  public void close() {
    owner.close();
    server.close();
  }

  @Override
  public boolean durable() {
    return user.durable();
  }

  @Override
  public boolean sharedBetweenStores() {
    return user.sharedBetweenStores();
  }

  @Override
  public boolean serializable() {
    return user.serializable();
  }

  @Override
  public boolean schemaMigrated() {
    return user.schemaMigrated();
  }

  @Override
  public boolean joinsCallersTransactions() {
    return user.joinsCallersTransactions();
  }

  @Override
  public Set<Anomaly> permits(IsolationLevel level) {
    return user.permits(level);
  }
}
