package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rules",
    description = "Lists the rules: id, core or the capability that it belongs to, sentence.",
    mixinStandardHelpOptions = true)
final class RulesCommand implements Runnable {

  private final Console console;

  @Option(
      names = {"-c", "--capability"},
      paramLabel = "NAME",
      converter = ScopeConverter.class,
      description = "Only the rules of this capability, or 'core'.")
  private @Nullable String capability;

  RulesCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    for (Manifest.Entry rule : Manifest.current().rules()) {
      if (capability == null || rule.scope().equals(capability)) {
        console.out().printf("%s  %-26s  %s%n", rule.id(), rule.scope(), rule.title());
      }
    }
  }
}
