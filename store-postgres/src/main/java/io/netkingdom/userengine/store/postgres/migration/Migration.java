package io.netkingdom.userengine.store.postgres.migration;

import io.netkingdom.userengine.store.postgres.schema.SchemaFile;
import io.netkingdom.userengine.store.postgres.sql.SchemaName;
import io.netkingdom.userengine.store.postgres.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One numbered step of the schema, as its SQL file has it. The last statement of a file records the
 * step in the history, with a checksum of all that stands above that statement; so a step leaves
 * the same trace whoever runs the file.
 *
 * @param version its number, from 1 without gaps
 * @param name what it is about
 * @param text the whole file, with {@code {schema}} for the schema
 * @param checksum SHA-256 of the text above the recording statement, in hexadecimal
 */
record Migration(int version, String name, String text, String checksum) {

  /** Every step that this library knows, in order. */
  static final List<Migration> ALL =
      List.of(load(1, "users_and_identities"), load(2, "groups_profiles_audit_and_outbox"));

  private static final String RECORDING = "INSERT INTO {schema}.user_engine_schema_history";

  static Migration load(int version, String name) {
    String file = "V" + version + "__" + name + ".sql";
    try (InputStream in = Migration.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the library is incomplete: " + file + " is missing");
      }
      // Whatever a checkout made of the line ends.
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      return new Migration(version, name, text, checksumOf(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name by which it is reported. */
  String label() {
    return "V" + version + "__" + name;
  }

  /** Its file for one schema, in a layout. */
  SchemaFile file(SchemaName schema, Layout layout) {
    return new SchemaFile(
        label() + ".sql",
        layout.isPlain()
            ? Sql.of(text, schema).text()
            : String.join(";\n\n", statements(schema, layout)) + ";\n");
  }

  /** Its statements for one schema, in a layout, without their semicolons. */
  List<String> statements(SchemaName schema, Layout layout) {
    return Arrays.stream(Sql.of(text, schema).text().split(";\\s*\n"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .flatMap(statement -> layout.statements(statement).stream())
        .toList();
  }

  private static String checksumOf(String text) {
    int end = text.indexOf(RECORDING);
    if (end < 0) {
      throw new IllegalStateException("a migration does not record itself");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The newest version. */
  static int newest() {
    return ALL.size();
  }

  /** The labels of what comes after a version. */
  static List<String> labelsAfter(int version) {
    return labels(after(version));
  }

  static List<String> labels(List<Migration> migrations) {
    return migrations.stream().map(Migration::label).toList();
  }

  /** What comes after a version. */
  static List<Migration> after(int version) {
    return ALL.subList(version, newest());
  }
}
