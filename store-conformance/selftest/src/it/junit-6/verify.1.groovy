import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).ranEveryRule().leftAConformantLedger()
return true
