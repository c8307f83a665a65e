package io.netkingdom.userengine.store.postgres.cli;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.postgres.PostgresOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link SchemaCommand}.
 *
 * @param schema the schema that holds the tables, unquoted
 * @param directory where to write files; null for standard output
 * @param role the role to grant the tables to; null for none
 * @param tenantPartitions as {@link PostgresOptions#tenantPartitions}
 * @param pending whether only what the database lacks is to be exported
 * @param dsn where the database is; null if the environment is to tell
 */
record SchemaArguments(
    Command command,
    String schema,
    @Nullable Path directory,
    @Nullable String role,
    int tenantPartitions,
    boolean pending,
    @Nullable String dsn) {

  /** What can be done. */
  enum Command {
    STATUS,
    PLAN,
    MIGRATE,
    EXPORT,
    GRANTS
  }

  /**
   * Reads them.
   *
   * @throws StoreException.InvalidInput saying what cannot be understood; a DSN is not repeated
   */
  static SchemaArguments read(Collection<String> arguments) {
    Deque<String> rest = new ArrayDeque<>(arguments);
    Command command = command(rest.poll());
    String schema = "public";
    Path directory = null;
    String role = null;
    int tenantPartitions = 0;
    boolean pending = false;
    while (!rest.isEmpty() && rest.element().startsWith("--")) {
      String option = rest.remove();
      requireTaken(command, option);
      switch (option) {
        case "--schema" -> schema = valueOf(option, rest);
        case "--directory" -> directory = path(valueOf(option, rest));
        case "--role" -> role = valueOf(option, rest);
        case "--tenant-partitions" -> tenantPartitions = number(option, rest);
        case "--pending" -> pending = true;
        default -> throw new AssertionError(option);
      }
    }
    String dsn = rest.poll();
    if (!rest.isEmpty()) {
      throw new StoreException.InvalidInput("arguments", "the DSN must be the last one");
    }
    return new SchemaArguments(command, schema, directory, role, tenantPartitions, pending, dsn);
  }

  private static Command command(@Nullable String word) {
    return Arrays.stream(Command.values())
        .filter(command -> nameOf(command).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException.InvalidInput(
                    "command",
                    "give status, plan, migrate, export or grants as the first argument"));
  }

  private static String nameOf(Command command) {
    return command.name().toLowerCase(Locale.ROOT);
  }

  private static void requireTaken(Command command, String option) {
    boolean taken =
        switch (option) {
          case "--schema" -> true;
          case "--directory", "--pending" -> command == Command.EXPORT;
          case "--tenant-partitions" ->
              command == Command.PLAN || command == Command.MIGRATE || command == Command.EXPORT;
          case "--role" -> command == Command.MIGRATE || command == Command.GRANTS;
          default -> false;
        };
    if (!taken) {
      throw new StoreException.InvalidInput(
          "arguments", nameOf(command) + " takes no option of that name; see the documentation");
    }
  }

  private static String valueOf(String option, Deque<String> rest) {
    String value = rest.poll();
    if (value == null) {
      throw new StoreException.InvalidInput(option.substring(2), "has no value");
    }
    return value;
  }

  private static int number(String option, Deque<String> rest) {
    try {
      return Integer.parseInt(valueOf(option, rest));
    } catch (NumberFormatException e) {
      throw new StoreException.InvalidInput(option.substring(2), "is no number");
    }
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new StoreException.InvalidInput("directory", "is no path");
    }
  }

  /** The role, where there must be one. */
  String requiredRole() {
    if (role == null) {
      throw new StoreException.InvalidInput("role", "give it as --role NAME");
    }
    return role;
  }
}
