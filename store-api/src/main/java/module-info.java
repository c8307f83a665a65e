/** The contract of the user-engine store: what applications call and adapters keep. */
module io.netkingdom.userengine.store {
  requires transitive java.sql;
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.ibm.icu;

  exports io.netkingdom.userengine.store;
  exports io.netkingdom.userengine.store.adapter;
  exports io.netkingdom.userengine.store.spi;

  uses io.netkingdom.userengine.store.spi.ConnectionProvider;
}
