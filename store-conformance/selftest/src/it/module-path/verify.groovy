import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).ranEveryRule().leftAConformantLedger().said("in com.example.acme.tests.ModulesTest")
return true
