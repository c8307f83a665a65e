package io.netkingdom.userengine.store.postgres.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.postgres.PostgresSchema;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /**
   * What was released stays as it was: databases hold its checksum, and what follows is built on
   * it. A new version gets a line here, and none is ever changed.
   */
  @ParameterizedTest
  @CsvSource({
    "V1__users_and_identities.sql, 75780ad5bbe96417c53ae262fe955dde40f352ed2a873f76bcecf197d421a2db",
    "V2__groups_profiles_audit_and_outbox.sql, 1739cf15aeaea56f61c6b7ad3d0f44a3ac036bbbb32ba6766113e55c7b18cd98",
    "catalogue-1.txt, 48d534a29e28f30375144d912b5fdda75b1f6b84cfa0e93903d5a0152ebfbef2",
    "catalogue-2.txt, 582c0212707157f3bfe1a21037567f30c46482c53c94a2e186717c6e56eaa2d7"
  })
  void aReleasedFileNeverChanges(String file, String checksum) throws Exception {
    try (InputStream in = Migration.class.getResourceAsStream(file)) {
      byte[] content =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("\r\n", "\n")
              .getBytes(StandardCharsets.UTF_8);
      assertEquals(
          checksum, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }
  }

  @Test
  void everyVersionIsAmongThoseThatNeverChange() throws Exception {
    CsvSource frozen =
        MigrationTest.class
            .getDeclaredMethod("aReleasedFileNeverChanges", String.class, String.class)
            .getAnnotation(CsvSource.class);
    for (Migration migration : Migration.ALL) {
      for (String file :
          List.of(migration.label() + ".sql", "catalogue-" + migration.version() + ".txt")) {
        assertTrue(
            Arrays.stream(frozen.value()).anyMatch(line -> line.startsWith(file + ",")),
            () -> file + " is not held to a checksum");
      }
    }
  }

  @Test
  void aCatalogueIsExpectedForEveryVersion() {
    for (Migration migration : Migration.ALL) {
      assertFalse(SchemaCatalogue.expected(migration.version()).isEmpty());
    }
  }
}
