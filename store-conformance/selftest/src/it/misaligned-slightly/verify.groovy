import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

// JUnit may or may not work, and says nothing.
new OutsideBuild(basedir)
    .said("the versions of JUnit on the class path do not go together: ")
    .said("junit-platform-launcher 1.14.3")
    .said("junit-jupiter-engine 5.14.4")
    .leftNoLedger()
return true
