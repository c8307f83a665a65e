import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).said("No tests were executed!").leftNoLedger()
return true
