package io.netkingdom.userengine.store.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Tells at the end of a build what it proved, where the evidence lies, and what it left out. Looks
 * at what the build wrote, not at what it was asked to do.
 */
public final class BuildSummary {

  private static final Pattern VERDICT = Pattern.compile("\"verdict\" : \"([A-Z-]+)\"");
  private static final Pattern MUTANT = Pattern.compile("<mutation [^>]*status='([A-Z_]+)'");

  // As Surefire says it, so that what reads its totals reads these.
  private static final List<String> COUNTS = List.of("tests", "failures", "errors", "skipped");

  private final Path root;
  private final Instant since;
  private final List<String> lines = new ArrayList<>();

  private BuildSummary(Path root, Instant since) {
    this.root = root;
    this.since = since;
  }

  /** Prints the lines and writes them to {@code target/summary.txt}: the root, and its begin. */
  public static void main(String[] args) throws IOException, XMLStreamException {
    Path root = Path.of(args[0]);
    List<String> lines = new BuildSummary(root, Instant.parse(args[1])).lines();
    lines.forEach(System.out::println);
    Files.createDirectories(root.resolve("target"));
    Files.write(root.resolve("target/summary.txt"), lines);
  }

  private List<String> lines() throws IOException, XMLStreamException {
    List<String> leftOut = new ArrayList<>();
    lines.add("[proof] on JDK " + System.getProperty("java.version") + ":");
    lines.add("[INFO] " + tests());
    List<Path> ledgers = written("conformance", ".json");
    for (Path ledger : ledgers) {
      if (!inMatrix(ledger)) {
        lines.add("[proof] " + ledger(ledger));
      }
    }
    if (ledgers.stream().noneMatch(ledger -> ledger.startsWith("store-postgres"))) {
      leftOut.add("PostgreSQL (-Plive,embedded)");
    }
    long cells = ledgers.stream().filter(BuildSummary::inMatrix).count();
    if (cells == 0) {
      leftOut.add("each driver on each server (-Plive,embedded,matrix)");
    } else {
      lines.add(
          "[proof] matrix: " + cells + " cells; store-postgres/target/conformance/matrix.html");
    }
    List<Path> mutants = written("pit-reports", "mutations.xml");
    if (mutants.isEmpty()) {
      leftOut.add("mutants (-Pproof, on JDK 17)");
    }
    for (Path report : mutants) {
      lines.add("[proof] mutants: " + counts(report, MUTANT) + "; " + beside(report, "index.html"));
    }
    long outside = written("it", "build.log").size();
    if (outside == 0) {
      leftOut.add("projects outside (-Pproof)");
    } else {
      lines.add("[proof] projects outside: " + outside + "; store-conformance/selftest/target/it");
    }
    if (!leftOut.isEmpty()) {
      lines.add("[proof] left out: " + String.join(", ", leftOut));
    }
    lines.add("[proof] logs of the tests: target/test-0.log of each module");
    return lines;
  }

  private String tests() throws IOException, XMLStreamException {
    Map<String, Integer> sums = new TreeMap<>();
    Stream<Path> reports =
        Stream.concat(
            written("surefire-reports", ".xml").stream(),
            written("failsafe-reports", ".xml").stream());
    for (Path report : reports.filter(each -> name(each).startsWith("TEST-")).toList()) {
      addCounts(root.resolve(report), sums);
    }
    return "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d"
        .formatted(COUNTS.stream().map(count -> sums.getOrDefault(count, 0)).toArray());
  }

  private static void addCounts(Path report, Map<String, Integer> sums)
      throws IOException, XMLStreamException {
    try (InputStream xml = Files.newInputStream(report)) {
      XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(xml);
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {}
      for (String count : COUNTS) {
        sums.merge(count, Integer.valueOf(reader.getAttributeValue(null, count)), Integer::sum);
      }
      reader.close();
    }
  }

  private String ledger(Path ledger) throws IOException {
    String name = name(ledger).replace(".json", "");
    return name + ": " + counts(ledger, VERDICT) + "; " + beside(ledger, name + ".html");
  }

  private String counts(Path file, Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(root.resolve(file)))
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Files that this build wrote below a folder of some module's target, from the root. */
  private List<Path> written(String folder, String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path module : modules()) {
      Path target = module.resolve("target").resolve(folder);
      if (Files.isDirectory(target)) {
        try (Stream<Path> files = Files.walk(target, folder.equals("it") ? 2 : 9)) {
          files.filter(file -> name(file).endsWith(ending) && isNew(file)).forEach(found::add);
        }
      }
    }
    return found.stream().map(root::relativize).sorted().toList();
  }

  /** Folders with a POM, and such folders in them. */
  private List<Path> modules() throws IOException {
    List<Path> modules = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(root, 2)) {
      folders.filter(each -> Files.exists(each.resolve("pom.xml"))).forEach(modules::add);
    }
    return modules;
  }

  private boolean isNew(Path file) {
    // File systems round down, and the build's begin is in seconds.
    return file.toFile().lastModified() >= since.toEpochMilli();
  }

  private static boolean inMatrix(Path ledger) {
    return ledger.getParent() != null && ledger.getParent().endsWith("matrix");
  }

  private static Path beside(Path file, String name) {
    return file.resolveSibling(name);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
