package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.check.FixtureFailedException;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.plan.Kit;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line of the kit. It finds fixtures on its class path: each is named in {@code
 * META-INF/services/io.netkingdom.userengine.store.conformance.StoreFixture}, or in a {@code
 * provides} directive.
 */
@Command(
    name = "store-conformance",
    description = "Proves a storage adapter of the user-engine store against its contract.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:conformant, and every report is whole",
      "1:a rule is broken or was not run, or a report was rejected",
      "2:the command line was not understood",
      "3:nothing could be run",
      "4:the rules that were asked for held, which is no verdict on the adapter"
    })
public final class Main {

  /** For picocli. */
  Main() {}

  /**
   * Runs a command, and ends the process with its exit code unless that is 0.
   *
   * @param arguments the command and its arguments; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    Charset charset = Charset.defaultCharset();
    int code =
        commandLine(
                new Console(
                    new PrintWriter(System.out, true, charset),
                    new PrintWriter(System.err, true, charset),
                    Ansi.AUTO.enabled(),
                    columns()))
            .execute(arguments);
    // A build that calls this from within its own process goes on.
    if (code != ExitCode.CONFORMANT) {
      System.exit(code);
    }
  }

  static CommandLine commandLine(Console console) {
    return new CommandLine(new Main())
        .addSubcommand(new RunCommand(console))
        .addSubcommand(new RulesCommand(console))
        .addSubcommand(new RuleCommand(console))
        .addSubcommand(new VerifyReportCommand(console))
        .addSubcommand(new CompareCommand(console))
        .setOut(console.out())
        .setErr(console.err())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              console.err().println(describe(failure));
              return ExitCode.REFUSED;
            });
  }

  /**
   * Of others' exceptions the message is not shown: it can hold a secret. What the fixture threw is
   * shown in full to its author.
   */
  private static String describe(Exception failure) {
    if (!(failure instanceof ConformanceRefusal)) {
      return Messages.of(failure);
    }
    Throwable cause = failure.getCause();
    if (cause instanceof FixtureFailedException fixtures) {
      return failure.getMessage() + "\n" + StackTraces.of(fixtures.thrown());
    }
    return failure.getMessage() + (cause == null ? "" : ": " + Messages.trace(cause));
  }

  /** As the shell tells; else as wide as a terminal is at least. */
  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 80;
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {

    /** For picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
      return new String[] {
        "store-conformance " + Kit.version(), "JDK " + Runtime.version(),
      };
    }
  }
}
