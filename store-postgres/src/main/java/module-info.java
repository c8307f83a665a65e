/** The durable adapter of the user-engine store: PostgreSQL through java.sql. */
module io.netkingdom.userengine.store.postgres {
  requires transitive io.netkingdom.userengine.store;
  requires static com.google.auto.service;

  provides io.netkingdom.userengine.store.spi.ConnectionProvider with
      io.netkingdom.userengine.store.postgres.provider.PgjdbcProvider;
}
