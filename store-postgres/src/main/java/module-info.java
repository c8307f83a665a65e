/** The PostgreSQL adapter, and the connection providers that come with it. */
module io.netkingdom.userengine.store.postgres {
  requires transitive io.netkingdom.userengine.store;
  requires transitive java.sql;
  requires transitive org.jspecify;
  requires com.zaxxer.hikari;
  requires static com.google.auto.service;

  exports io.netkingdom.userengine.store.postgres;
  exports io.netkingdom.userengine.store.postgres.cli;
  exports io.netkingdom.userengine.store.postgres.schema;

  uses java.sql.Driver;

  provides io.netkingdom.userengine.store.spi.ConnectionProvider with
      io.netkingdom.userengine.store.postgres.provider.AwsWrapperProvider,
      io.netkingdom.userengine.store.postgres.provider.DataSourceProvider,
      io.netkingdom.userengine.store.postgres.provider.JdbcProvider,
      io.netkingdom.userengine.store.postgres.provider.PgjdbcNgProvider,
      io.netkingdom.userengine.store.postgres.provider.PgjdbcProvider,
      io.netkingdom.userengine.store.postgres.provider.YugabyteProvider;
}
