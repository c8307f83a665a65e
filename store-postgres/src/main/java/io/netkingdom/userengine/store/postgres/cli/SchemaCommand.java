package io.netkingdom.userengine.store.postgres.cli;

import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.schema.SchemaStatus;
import io.netkingdom.userengine.store.spi.Drivers;
import io.netkingdom.userengine.store.spi.Dsn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A command for those who look after the tables. It shows no password.
 *
 * <pre>{@code
 * java -cp 'lib/*' io.netkingdom.userengine.store.postgres.cli.SchemaCommand status
 * }</pre>
 *
 * <ul>
 *   <li>{@code status} tells the server, the history and the readiness, one fact a line
 *   <li>{@code plan} prints the SQL that {@code migrate} would run now, for {@code psql -1 -v
 *       ON_ERROR_STOP=1}; nothing if the schema is ready
 *   <li>{@code migrate} brings the schema to the newest version, and names each step that it ran;
 *       with {@code --role} it grants the tables to a role in the same transaction
 *   <li>{@code export} prints the numbered files, or writes them into {@code --directory}, where it
 *       replaces none that differs; {@code --pending} takes only those that the database lacks
 *   <li>{@code grants} prints the SQL that lets {@code --role} use the tables
 * </ul>
 *
 * <p>{@code --schema} names the schema that holds the tables, {@code public} if it is left out.
 * {@code --tenant-partitions} divides the tables that {@code plan}, {@code migrate} and {@code
 * export} make ({@link PostgresOptions#tenantPartitions}). The DSN comes from the environment
 * variable {@value Drivers#DSN}, which is the better place for one with a password, or is the last
 * argument. {@code export} without {@code --pending} and {@code grants} need none. A name in
 * {@value Drivers#PROVIDER} chooses the connection provider.
 *
 * <p>Exit codes: 0, it is done, and for {@code status}: the schema is ready; 1, it is not, for the
 * reason that is printed; 2, the arguments or the DSN cannot be understood.
 */
public final class SchemaCommand {

  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private final SchemaArguments arguments;
  private final Map<String, String> environment;
  private final PrintStream out;

  private SchemaCommand(
      SchemaArguments arguments, Map<String, String> environment, PrintStream out) {
    this.arguments = arguments;
    this.environment = environment;
    this.out = out;
  }

  /**
   * Runs the command, and ends the virtual machine with its exit code.
   *
   * @param arguments what to do, with its options
   */
  public static void main(String... arguments) {
    Objects.requireNonNull(arguments, "arguments");
    System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
  }

  /**
   * Runs the command.
   *
   * @param arguments what to do, with its options
   * @param environment the environment variables
   * @return the exit code
   */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    Objects.requireNonNull(arguments, "arguments");
    arguments.forEach(each -> Objects.requireNonNull(each, "arguments contains null"));
    Objects.requireNonNull(environment, "environment");
    environment.forEach(
        (name, value) -> {
          Objects.requireNonNull(name, "environment contains null");
          Objects.requireNonNull(value, "environment contains null");
        });
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    try {
      return new SchemaCommand(SchemaArguments.read(arguments), environment, out).run();
    } catch (StoreException.InvalidInput e) {
      err.println(line(String.valueOf(e.getMessage())));
      return NOT_UNDERSTOOD;
    } catch (StoreException e) {
      // Candidates for a DSN have a line each.
      String.valueOf(e.getMessage()).lines().map(SchemaCommand::line).forEach(err::println);
    } catch (FileAlreadyExistsException e) {
      err.println(line(e.getFile() + " is there already, and differs; it was not changed"));
    } catch (IOException e) {
      err.println(line("the files cannot be written: " + e));
    }
    return NOT_DONE;
  }

  private int run() throws IOException {
    return switch (arguments.command()) {
      case STATUS -> status();
      case PLAN -> plan();
      case MIGRATE -> migrate();
      case EXPORT -> export();
      case GRANTS -> print(PostgresSchema.grants(arguments.schema(), arguments.requiredRole()));
    };
  }

  private PostgresOptions options() {
    PostgresOptions options =
        PostgresOptions.defaults()
            .withSchema(arguments.schema())
            .withTenantPartitions(arguments.tenantPartitions())
            .withProvider(environment.get(Drivers.PROVIDER));
    String role = arguments.role();
    return role == null ? options : options.withAfterMigration(PostgresSchema.granting(role));
  }

  private PostgresSchema open() {
    String given = arguments.dsn();
    String dsn = given == null ? environment.get(Drivers.DSN) : given;
    if (dsn == null) {
      throw new StoreException.InvalidInput(
          "dsn", "give it in " + Drivers.DSN + ", or as the last argument");
    }
    return PostgresSchema.open(Dsn.parse(dsn), options());
  }

  private int status() {
    SchemaStatus status;
    try (PostgresSchema schema = open()) {
      status = schema.status();
    }
    status
        .server()
        .ifPresent(
            server -> {
              tell("product", server.product());
              tell("version", server.version());
              tell("database", server.database());
              tell("role", server.role());
              tell("in recovery", server.inRecovery() ? "yes" : "no");
              tell("read-only", server.readOnly() ? "yes" : "no");
            });
    tell("schema", status.schema());
    for (SchemaStatus.Step step : status.history()) {
      tell(
          "step",
          "%d %s, applied %s in %d ms, checksum %s"
              .formatted(
                  step.version(),
                  step.name(),
                  step.applied(),
                  step.duration().toMillis(),
                  step.checksum()));
    }
    Readiness readiness = status.readiness();
    tell("readiness", nameOf(readiness) + ", " + readiness.describe());
    return readiness instanceof Readiness.Ready ? DONE : NOT_DONE;
  }

  private static String nameOf(Readiness readiness) {
    return readiness.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private int plan() {
    try (PostgresSchema schema = open()) {
      return print(schema.plan());
    }
  }

  private int migrate() {
    MigrationReport report;
    try (PostgresSchema schema = open()) {
      report = schema.migrate();
    }
    report.applied().forEach(step -> tell("applied", step));
    tell("schema version", Integer.toString(report.version()));
    return DONE;
  }

  private int export() throws IOException {
    Path directory = arguments.directory();
    for (SchemaFile file : filesToExport()) {
      if (directory == null) {
        out.println("-- " + file.name());
        out.print(file.text());
      } else {
        tell("file", file.writeInto(directory).toString());
      }
    }
    return DONE;
  }

  private List<SchemaFile> filesToExport() {
    if (!arguments.pending()) {
      return PostgresSchema.files(options());
    }
    try (PostgresSchema schema = open()) {
      return schema.pendingFiles();
    }
  }

  /** SQL, as it can be given to {@code psql}. */
  private int print(List<String> statements) {
    statements.forEach(statement -> out.println(statement + ";"));
    return DONE;
  }

  private void tell(String name, String value) {
    out.println(line(name + ": " + value));
  }

  /** One message, one line: names come from the database. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
