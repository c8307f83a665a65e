import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).failedAtTheGate().leftNoLedger()
return true
