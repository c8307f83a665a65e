package io.netkingdom.userengine.store.postgres.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.postgres.PostgresOptions;
import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.spi.Drivers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, as far as it needs no server. */
class SchemaCommandTest {

  private static final List<String> NAMES =
      List.of("V1__users_and_identities.sql", "V2__groups_profiles_audit_and_outbox.sql");

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SchemaCommand.run(
            List.of(arguments),
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| command: give status, plan, migrate, export or grants as the first argument",
        "destroy | command: give status, plan, migrate, export or grants as the first argument",
        "status | dsn: give it in " + Drivers.DSN + ", or as the last argument",
        "status canary-pw another | arguments: the DSN must be the last one",
        "status canary-pw | dsn: ",
        "status --role app | arguments: status takes no option of that name",
        "plan --directory x | arguments: plan takes no option of that name",
        "migrate --pending | arguments: migrate takes no option of that name",
        "export --canary-pw | arguments: export takes no option of that name",
        "export --schema | schema: has no value",
        "export --schema '' | schema: is not 1 to 63 bytes long",
        "export --pending | dsn: give it in",
        "grants | role: give it as --role NAME",
        "grants --role '' | role: is not 1 to 63 bytes long"
      })
  void whatCannotBeUnderstoodIsSaidAndNotRepeated(String command, String reason) {
    String[] arguments =
        command == null
            ? new String[0]
            : Arrays.stream(command.split(" "))
                .map(word -> word.replace("''", ""))
                .toArray(String[]::new);

    Outcome outcome = run(arguments);

    assertEquals(2, outcome.code());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith(reason.strip()), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertFalse(outcome.err().contains("canary-pw"), outcome.err());
  }

  @Test
  void filesAreWrittenAndWrittenAgainIfTheyAreTheSame(@TempDir Path directory) throws IOException {
    Outcome once = run("export", "--schema", "acc\"ounts", "--directory", directory.toString());
    Outcome again = run("export", "--schema", "acc\"ounts", "--directory", directory.toString());

    assertEquals(
        new Outcome(
            0,
            "file: "
                + directory.resolve(NAMES.get(0))
                + System.lineSeparator()
                + "file: "
                + directory.resolve(NAMES.get(1))
                + System.lineSeparator(),
            ""),
        once);
    assertEquals(once, again);
    for (String name : NAMES) {
      String text = Files.readString(directory.resolve(name));
      assertTrue(text.contains("CREATE TABLE \"acc\"\"ounts\".user_engine_"), text);
      assertFalse(text.contains("{schema}."), text);
    }
  }

  @Test
  void aFileWithTheLineEndsOfWindowsIsTheSame(@TempDir Path directory) throws IOException {
    run("export", "--directory", directory.toString());
    Path file = directory.resolve(NAMES.get(0));
    String converted = Files.readString(file).replace("\n", "\r\n");
    Files.writeString(file, converted);

    Outcome outcome = run("export", "--directory", directory.toString());

    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(converted, Files.readString(file));
  }

  @Test
  void aFileThatDiffersIsNotReplaced(@TempDir Path directory) throws IOException {
    Path edited = Files.writeString(directory.resolve(NAMES.get(0)), "-- mine\n");

    Outcome outcome = run("export", "--directory", directory.toString());

    assertEquals(1, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(
        edited + " is there already, and differs; it was not changed" + System.lineSeparator(),
        outcome.err());
    assertEquals("-- mine\n", Files.readString(edited));
  }

  @Test
  void aDirectoryThatIsNotThereIsAClearError(@TempDir Path directory) {
    Outcome outcome = run("export", "--directory", directory.resolve("none").toString());

    assertEquals(1, outcome.code());
    assertTrue(outcome.err().startsWith("the files cannot be written: "), outcome.err());
  }

  @Test
  void withoutADirectoryTheFilesArePrinted() {
    Outcome outcome = run("export");

    assertEquals(0, outcome.code());
    assertTrue(outcome.out().startsWith("-- " + NAMES.get(0) + System.lineSeparator()));
    for (SchemaFile file : PostgresSchema.files(PostgresOptions.defaults())) {
      assertTrue(outcome.out().contains(file.text()), file.name());
    }
  }

  @Test
  void whatARoleIsGrantedIsPrintedForEveryTable() {
    Outcome outcome = run("grants", "--schema", "accounts", "--role", "the \"app\"");

    assertEquals(0, outcome.code());
    List<String> lines = outcome.out().lines().toList();
    assertEquals("GRANT USAGE ON SCHEMA \"accounts\" TO \"the \"\"app\"\"\";", lines.get(0));
    assertEquals(PostgresSchema.TABLES.size() + 1, lines.size());
    for (String table : PostgresSchema.TABLES) {
      assertTrue(
          lines.stream()
              .anyMatch(
                  line ->
                      line.matches("GRANT [A-Z, ]+ ON TABLE \"accounts\"\\." + table + " TO .*;")),
          table);
    }
  }
}
