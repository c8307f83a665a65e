import io.netkingdom.userengine.store.conformance.selftest.OutsideBuild

def log = new File(basedir, "build.log").text
new OutsideBuild(basedir).hasTheProviderOf(new File(providers)).didNotSay("Canary")

def logs = log.split(/\[INFO\] BUILD (SUCCESS|FAILURE)/)
def build = { int number -> new OutsideBuild(new File(basedir, "application"), logs[number - 1]) }

build(1)
    .said("acme-provider")
    .said("usable, Acme JDBC, priority 50")
    .said("Running com.acme.application.AcmeIsChosenTest")
build(2)
    .said("[live] skipped AcmeConformanceIT")
    .said("USER_ENGINE_POSTGRES_DSN")
    .said("USER_ENGINE_POSTGRES_RESET_ACK")

def refusal = "LiveRefusal: USER_ENGINE_POSTGRES_RESET_ACK is"
build(3).said("$refusal not set; the live tests would drop")
// It is a part of the DSN, and so might be one of the password.
build(4).said("$refusal a text of 7 characters, which is not exactly the name of the DSN's database")
build(5).said("$refusal set but blank")
build(6).said("$refusal \"true\", which is not exactly the name of the DSN's database")
build(7).said("$refusal not set; the live tests would drop")
// The driver says when it is asked for a connection.
(1..7).each { build(it).didNotSay("[acme] connects") }

if (outsideLive == "acme-live" && outsideEmbedded == "acme-embedded") {
    build(8).said("[acme] connects").said("postgres-acme-jdbc-postgresql-").leftAConformantLedger()
} else {
    build(8).didNotSay("[acme] connects").leftNoLedger()
}
return true
