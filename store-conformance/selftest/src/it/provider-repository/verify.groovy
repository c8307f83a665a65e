import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

def log = new File(basedir, "build.log").text
new OutsideBuild(basedir).hasTheProviderOf(new File(providers)).didNotSay("Canary")

def builds = log.split(/\[INFO\] BUILD (SUCCESS|FAILURE)/)
def says = { int number, String... texts -> texts.each { assert builds[number - 1].contains(it) } }

says(1, "acme-provider", "usable, Acme JDBC, priority 50", "Running com.acme.application.AcmeIsChosenTest")
says(2, "[live] skipped AcmeConformanceIT", "USER_ENGINE_POSTGRES_DSN", "USER_ENGINE_POSTGRES_RESET_ACK")
says(3, "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is not set")
says(4, "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is not exactly the name of the DSN's database")
says(5, "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is set but blank")
says(6, "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is not exactly the name of the DSN's database")
says(7, "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is not set")
// The driver says when it is asked for a connection.
(1..7).each { assert !builds[it - 1].contains("[acme] connects") }

if (outsideLive == "acme-live" && outsideEmbedded == "acme-embedded") {
    says(8, "[acme] connects")
    new OutsideBuild(new File(basedir, "application"), log).leftAConformantLedger()
} else {
    assert !builds[7].contains("[acme] connects")
}
return true
