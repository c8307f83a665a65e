import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir).ranEveryRule().leftAConformantLedger().followsTheRecipe(new File(recipe))
return true
