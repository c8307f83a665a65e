import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).ran(["TXN_04"])
return true
