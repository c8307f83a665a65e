import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).said("there is no fixture to run the rules with: it is null").leftNoLedger()
return true
