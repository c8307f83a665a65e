package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.report.FailureGroups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify-report",
    description = {
      "Verifies that ledgers are whole and conformant.",
      "Rejects one that was cut, damaged or changed, was made from another list of rules, or leaves"
          + " a rule out. Ends with 0 only if there is a ledger, each is whole, and each says that"
          + " its adapter is conformant."
    },
    mixinStandardHelpOptions = true)
final class VerifyReportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Ledgers, or directories of them; by default where runs leave them, target/conformance.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = {"-a", "--adapter"},
      paramLabel = "NAME",
      description = "Insists on a ledger of this adapter; may be given more than once.")
  private List<String> adapters = new ArrayList<>();

  VerifyReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LedgerFiles files = LedgerFiles.read(paths);
    for (Ledger ledger : files.whole()) {
      console.out().println(ledger.summary());
      if (!ledger.conformant()) {
        ledger.problems().forEach(console.err()::println);
        FailureGroups.describe(ledger).forEach(console.err()::println);
      }
    }
    files.rejected().forEach(reason -> console.err().println("rejected: " + reason));
    List<String> missing =
        adapters.stream()
            .filter(name -> files.whole().stream().noneMatch(each -> each.adapter().equals(name)))
            .toList();
    missing.forEach(name -> console.err().println("there is no whole ledger of " + name));
    return files.rejected().isEmpty()
            && missing.isEmpty()
            && files.whole().stream().allMatch(Ledger::conformant)
        ? ExitCode.CONFORMANT
        : ExitCode.NOT_CONFORMANT;
  }
}
