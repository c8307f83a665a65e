// Whoever adds to the kit's dependencies adds to every adopter's test class path: not by accident.
def allowed = [
    "com.fasterxml.jackson.core:jackson-annotations",
    "com.fasterxml.jackson.core:jackson-core",
    "com.ibm.icu:icu4j",
    "info.picocli:picocli",
    "io.netkingdom.userengine:store-api",
    "io.netkingdom.userengine:store-conformance",
    "org.apiguardian:apiguardian-api",
    "org.jspecify:jspecify",
    "org.junit.jupiter:junit-jupiter",
    "org.junit.jupiter:junit-jupiter-api",
    "org.junit.jupiter:junit-jupiter-engine",
    "org.junit.jupiter:junit-jupiter-params",
    "org.junit.platform:junit-platform-commons",
    "org.junit.platform:junit-platform-engine",
    "org.junit.platform:junit-platform-launcher",
    "org.opentest4j:opentest4j"] as Set

def resolved = new File(basedir, "target/dependencies.txt").readLines()
    .findAll { it.contains(":jar:") }
    .collect { it.trim().split(":").take(2).join(":") } as Set
assert resolved.contains("io.netkingdom.userengine:store-conformance")
assert resolved - allowed == [] as Set
return true
