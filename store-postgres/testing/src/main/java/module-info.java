/** Test support for PostgreSQL: the gate of live tests, the reset, an embedded server, a fixture. */
module io.netkingdom.userengine.store.postgres.testing {
  requires transitive io.netkingdom.userengine.store;
  requires transitive io.netkingdom.userengine.store.conformance;
  requires transitive java.sql;
  requires transitive org.jspecify;
  requires io.netkingdom.userengine.store.postgres;
  requires static embedded.postgres;

  exports io.netkingdom.userengine.store.postgres.testing;
}
