import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).ranEveryRuleByItsTitle().leftAConformantLedger().said("hostile: the listener is there")
return true
