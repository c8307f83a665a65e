package io.netkingdom.userengine.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the SQL files to the rules that the migrator relies on. */
class MigrationTest {

  private static final SchemaName SCHEMA = new SchemaName("s");
  private static final Pattern CREATED =
      Pattern.compile("CREATE (?:UNIQUE )?(?:TABLE|INDEX) (?:\"s\"\\.)?(\\w+)");

  static List<Migration> migrations() {
    return Migration.ALL;
  }

  @Test
  void versionsBeginAtOneAndHaveNoGaps() {
    for (int i = 0; i < Migration.ALL.size(); i++) {
      assertEquals(i + 1, Migration.ALL.get(i).version());
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void theLastStatementRecordsTheVersionNameAndChecksum(Migration migration) {
    List<String> statements = migration.statements(SCHEMA, Layout.PLAIN);
    String recording = statements.get(statements.size() - 1);

    assertTrue(recording.startsWith("INSERT INTO \"s\".user_engine_schema_history"), recording);
    assertTrue(
        recording.contains("VALUES (" + migration.version() + ", '" + migration.name() + "'"),
        recording);
    assertTrue(
        recording.contains("'" + migration.checksum() + "'"),
        () -> "the checksum must be " + migration.checksum());
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void noStatementBeginsOrEndsATransaction(Migration migration) {
    for (String statement : migration.statements(SCHEMA, Layout.PLAIN)) {
      assertFalse(statement.matches("(?is)(BEGIN|START|COMMIT|ROLLBACK|END)\\b.*"), statement);
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void everyObjectIsOursByNameAndInTheSchema(Migration migration) {
    for (String statement : migration.statements(SCHEMA, Layout.PLAIN)) {
      Matcher created = CREATED.matcher(statement);
      while (created.find()) {
        assertTrue(created.group(1).startsWith("user_engine_"), statement);
      }
      assertFalse(statement.contains("{schema}"), statement);
      assertFalse(
          Pattern.compile("(?<!\"s\"\\.)\\b(" + String.join("|", PostgresSchema.TABLES) + ")\\b")
              .matcher(statement)
              .find(),
          () -> "a table without its schema: " + statement);
    }
  }

  @Test
  void theListOfTablesIsWhatTheMigrationsCreate() {
    List<String> created = new ArrayList<>();
    for (Migration migration : Migration.ALL) {
      for (String statement : migration.statements(SCHEMA, Layout.PLAIN)) {
        Matcher table = Pattern.compile("CREATE TABLE \"s\"\\.(\\w+)").matcher(statement);
        if (table.find()) {
          created.add(table.group(1));
        }
      }
    }

    assertEquals(
        PostgresSchema.TABLES.stream().sorted().toList(), created.stream().sorted().toList());
  }

  @Test
  void aCatalogueIsExpectedForEveryVersion() {
    for (Migration migration : Migration.ALL) {
      assertFalse(SchemaCatalogue.expected(migration.version()).isEmpty());
    }
  }
}
