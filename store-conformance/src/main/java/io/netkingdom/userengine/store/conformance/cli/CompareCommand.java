package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.Verdict;
import io.netkingdom.userengine.store.conformance.report.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Puts ledgers side by side: adapters, drivers and servers as columns.",
      "Prints the rules on which they differ, and writes a page with all of them if asked to. Ends"
          + " with 0 only if each ledger is whole and says that its adapter is conformant."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Ledgers, or directories of them; by default where runs leave them, target/conformance.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = {"-p", "--page"},
      paramLabel = "FILE",
      description = "Writes a self-contained HTML page to this file.")
  private @Nullable Path page;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LedgerFiles files = LedgerFiles.read(paths);
    files.rejected().forEach(reason -> console.err().println("rejected: " + reason));
    List<Ledger> ledgers = files.whole();
    for (int i = 0; i < ledgers.size(); i++) {
      console.out().printf("(%d) %s%n", i + 1, ledgers.get(i).summary());
    }
    List<Manifest.Entry> different =
        Manifest.current().rules().stream()
            .filter(rule -> verdicts(rule, ledgers).stream().distinct().count() > 1)
            .toList();
    for (Manifest.Entry rule : different) {
      console.out().println(rule.id() + "  " + columns(verdicts(rule, ledgers)));
    }
    console
        .out()
        .printf(
            "%d of %d rules have one verdict in all of them%n",
            Manifest.current().rules().size() - different.size(),
            Manifest.current().rules().size());
    if (page != null) {
      write(Page.of(ledgers), page);
    }
    return files.rejected().isEmpty() && ledgers.stream().allMatch(Ledger::conformant)
        ? ExitCode.CONFORMANT
        : ExitCode.NOT_CONFORMANT;
  }

  /** The rule's verdicts, ledger by ledger. */
  private static List<Verdict> verdicts(Manifest.Entry rule, List<Ledger> ledgers) {
    return ledgers.stream()
        .map(ledger -> ledger.find(rule.id()).map(RuleResult::verdict).orElseThrow())
        .toList();
  }

  private static String columns(List<Verdict> verdicts) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      columns.add(String.format("(%d) %-15s", i + 1, verdicts.get(i).label()));
    }
    return columns.stream().collect(Collectors.joining("  ")).stripTrailing();
  }

  private void write(String html, Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new UncheckedIOException("the page could not be written", e);
    }
    console.out().println(file);
  }
}
