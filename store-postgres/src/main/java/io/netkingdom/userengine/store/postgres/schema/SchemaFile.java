package io.netkingdom.userengine.store.postgres.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A numbered step of one schema, as a file that {@code psql} and Flyway run as it is.
 *
 * @param name the file's name as Flyway has it, such as {@code V1__users_and_identities.sql}
 * @param text its statements, with the schema filled in; all of it belongs into one transaction
 */
public record SchemaFile(String name, String text) {
  /** Refuses null. */
  public SchemaFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Writes the file. One that is there already and is the same stays as it is, also if its lines
   * end with carriage returns, as they do where Git checks files out for Windows.
   *
   * @return where it is
   * @throws FileAlreadyExistsException if there is one that differs; it was not changed
   * @throws IOException if the directory does not exist, or cannot be written to
   */
  public Path writeInto(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    Path file = directory.resolve(name);
    try {
      return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      String there = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (there.replace("\r\n", "\n").equals(text)) {
        return file;
      }
      throw e;
    }
  }
}
