package io.netkingdom.userengine.store.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the text files that libpq reads. A {@code char} of a line is one of its bytes, as libpq
 * compares bytes, and only the lines that matter need be UTF-8.
 *
 * @param path where it is
 * @param lines its lines, without the line feeds between them
 */
record LibpqFile(Path path, List<String> lines) {

  /**
   * Reads a file.
   *
   * @throws IOException if it is not there, not a plain file, or closed to us
   */
  static LibpqFile read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    return new LibpqFile(path, List.of(bytes.split("\n", -1)));
  }

  /** A path as it was written, relative to the working directory; null if it cannot be one. */
  static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** A text as it would stand in a file. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text that a part of line {@code index} stands for. */
  String text(String bytes, int index) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      throw DsnParser.invalid(at(index) + " is not UTF-8");
    }
  }

  /** How to call line {@code index} in a message. */
  String at(int index) {
    return "line " + (index + 1) + " of " + path;
  }

  /** The file's name: a line may hold a password. */
  @Override
  public String toString() {
    return path.toString();
  }
}
