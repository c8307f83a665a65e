/** The memory adapter: the contract without any infrastructure. */
module io.netkingdom.userengine.store.memory {
  requires transitive io.netkingdom.userengine.store;
  requires transitive org.jspecify;
  requires org.pcollections;

  exports io.netkingdom.userengine.store.memory;
}
