/** The conformance kit: the contract's rules as a test plan that any storage adapter runs. */
module io.netkingdom.userengine.store.conformance {
  requires transitive io.netkingdom.userengine.store;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires java.xml;
  requires org.junit.platform.engine;
  requires org.junit.platform.launcher;
  requires transitive org.junit.jupiter.api;
  requires transitive org.jspecify;

  uses io.netkingdom.userengine.store.conformance.StoreFixture;
  uses org.junit.platform.engine.TestEngine;

  exports io.netkingdom.userengine.store.conformance;

  // JUnit calls the tests, and instantiates the rules' classes and their extension, which nobody
  // else needs to see.
  opens io.netkingdom.userengine.store.conformance to
      org.junit.platform.commons;
  opens io.netkingdom.userengine.store.conformance.check to
      org.junit.platform.commons;
  opens io.netkingdom.userengine.store.conformance.rules to
      org.junit.platform.commons;
  // picocli sets the options of the commands.
  opens io.netkingdom.userengine.store.conformance.cli to
      info.picocli;
}
