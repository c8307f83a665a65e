import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

// Here JUnit says it first.
new OutsideBuild(basedir)
    .said("The following conflicting versions were detected:")
    .said("org.junit.jupiter.api: 5.14.4")
    .said("org.junit.platform.launcher: 6.1.3")
    .leftNoLedger()
return true
