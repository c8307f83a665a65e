package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.plan.Checks;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "rule",
    description = {
      "Explains one rule: its sentence, the check in full, and the deliberately broken stores that"
          + " the check is proven to catch."
    },
    mixinStandardHelpOptions = true)
final class RuleCommand implements Runnable {

  private final Console console;

  @Parameters(
      paramLabel = "ID",
      converter = RuleConverter.class,
      description = "The rule's id, such as TXN-04.")
  private Manifest.@Nullable Entry given;

  RuleCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Manifest.Entry rule = Objects.requireNonNull(given, "picocli insists on it");
    console.out().printf("%s  %s%n%n", rule.id(), rule.title());
    console.out().printf("%s, since %s%n", rule.scope(), rule.since());
    Method check = Checks.all().of(rule.id()).get(0);
    console
        .out()
        .printf(
            "%nThe check, %s.%s:%n%n%s%n",
            check.getDeclaringClass().getSimpleName(), check.getName(), CheckSource.of(check));
    List<Killer> killers =
        Killer.all().stream().filter(each -> each.rule().equals(rule.id())).toList();
    console.out().printf("%nProven to catch:%n%n");
    killers.forEach(
        killer ->
            console
                .out()
                .printf("  %s (%s): %s%n", killer.fault(), killer.adapter(), killer.words()));
  }
}
