/** The PostgreSQL adapter, and the connection providers that come with it. */
module io.netkingdom.userengine.store.postgres {
  requires transitive io.netkingdom.userengine.store;
  requires transitive java.sql;
  requires transitive org.jspecify;
  requires com.zaxxer.hikari;

  exports io.netkingdom.userengine.store.postgres;
}
