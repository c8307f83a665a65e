package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.check.CheckFailure;
import io.netkingdom.userengine.store.conformance.plan.PlanOptions;
import io.netkingdom.userengine.store.conformance.plan.PlanRun;
import io.netkingdom.userengine.store.conformance.report.Reports;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Runs the rules on an adapter and leaves the ledger and its reports.",
      "Progress goes to the standard error, the verdict to the standard output."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FIXTURE",
      description =
          "The adapter's name, or the name of its fixture's class. Not needed where there is only"
              + " one fixture on the class path.")
  private @Nullable String fixture;

  @Option(
      names = {"-r", "--rule"},
      paramLabel = "ID",
      converter = RuleConverter.class,
      description =
          "Runs only this rule; may be given more than once. There is no ledger then, and no"
              + " verdict on the adapter.")
  private Set<Manifest.Entry> rules = new LinkedHashSet<>();

  @Option(
      names = {"-s", "--seed"},
      paramLabel = "NUMBER",
      description = "Repeats the random choices of the run whose ledger has this seed.")
  private @Nullable Long seed;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "DIRECTORY",
      description =
          "Where the ledger and its reports go; target/conformance by default, or what the system"
              + " property userengine.conformance.directory says.")
  private @Nullable Path directory;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    PlanOptions options = PlanOptions.defaults();
    if (seed != null) {
      options = options.withSeed(seed);
    }
    Ledger ledger;
    try (PlanRun run = PlanRun.begin(Fixtures.discover().choose(fixture), options)) {
      List<Manifest.Entry> chosen =
          Manifest.current().rules().stream()
              .filter(rule -> rules.isEmpty() || rules.contains(rule))
              .toList();
      Progress progress = new Progress(console, chosen);
      for (Manifest.Entry rule : chosen) {
        progress.begins(rule);
        RuleResult result = run.run(rule.id());
        progress.ended(result, run.failure(rule.id()).flatMap(CheckFailure::fixtures));
      }
      ledger = run.ledger();
    }
    return rules.isEmpty() ? conclude(ledger) : concludeSome(ledger);
  }

  private int conclude(Ledger ledger) {
    Path file = Reports.write(ledger, directory == null ? Reports.directory() : directory);
    ledger.problems().forEach(console.err()::println);
    console.out().println(ledger.summary());
    console.out().println(file);
    return ledger.conformant() ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
  }

  private int concludeSome(Ledger ledger) {
    long broken =
        rules.stream()
            .flatMap(rule -> ledger.find(rule.id()).stream())
            .filter(RuleResult::isBroken)
            .count();
    ledger.problems().forEach(console.err()::println);
    console
        .out()
        .printf(
            "%d of %d rules run, %d broken, seed %d: no verdict on the adapter%n",
            rules.size(), ledger.rules().size(), broken, ledger.provenance().seed());
    return broken == 0 && ledger.problems().isEmpty()
        ? ExitCode.NO_VERDICT
        : ExitCode.NOT_CONFORMANT;
  }
}
