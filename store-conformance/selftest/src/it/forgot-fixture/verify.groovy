import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir)
    .said("AcmeConformanceTest is not abstract and does not override abstract method fixture()")
    .leftNoLedger()
return true
