import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

def build = new OutsideBuild(basedir).ranEveryRule().leftAConformantLedger()
assert build.jarsOfJUnit() == [
    "junit-jupiter-5.14.4.jar",
    "junit-jupiter-api-5.14.4.jar",
    "junit-jupiter-engine-5.14.4.jar",
    "junit-jupiter-params-5.14.4.jar",
    "junit-platform-commons-1.14.4.jar",
    "junit-platform-engine-1.14.4.jar",
    "junit-platform-launcher-1.14.4.jar"]
return true
