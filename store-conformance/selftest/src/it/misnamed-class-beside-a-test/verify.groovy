import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

new OutsideBuild(basedir)
    .said("in com.example.acme.AcmeUserStoreTest")
    .failedAtTheGate()
    .leftNoLedger()
return true
