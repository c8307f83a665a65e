import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir)
    .leftALedgerThatIsNotConformant()
    .said("AcmeConformanceTest.USR_09")
    .said("USR-09 FAIL: Times MUST come from the clock that the store was given")
    .said("created, by the clock that the store was given: expected 2030-01-01T00:00:00.000123Z, but was ")
    .said("(UserRules.java:")
return true
