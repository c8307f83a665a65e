module com.example.acme {
  requires transitive io.netkingdom.userengine.store;
  requires io.netkingdom.userengine.store.memory;

  exports com.example.acme;
}
