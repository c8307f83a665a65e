package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.check.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A check as it is written: whoever is told that a rule is broken wants to read it. The sources of
 * the checks lie beside their classes, in the format that the build insists on, in which a method
 * ends with the first brace that is indented like its annotation.
 */
final class CheckSource {

  private static final String END = "  }";

  private CheckSource() {}

  static String of(Method check) {
    Class<?> type = check.getDeclaringClass();
    List<String> lines = lines(type);
    int begin = annotation(lines, "id = \"" + check.getAnnotation(Rule.class).id() + "\",");
    int end = begin + lines.subList(Math.max(begin, 0), lines.size()).indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "the kit is incomplete: the source of " + check.getName() + " is missing");
    }
    return lines.subList(documentation(lines, begin), end + 1).stream()
        .collect(Collectors.joining("\n"));
  }

  /** Where the annotation of that id begins, which may have a line of its own; -1 if nowhere. */
  private static int annotation(List<String> lines, String id) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("  @Rule(" + id)) {
        return i;
      }
      if (lines.get(i).equals("      " + id)) {
        return i - 1;
      }
    }
    return -1;
  }

  /** Where the comment before a line begins; that line, if there is none. */
  private static int documentation(List<String> lines, int line) {
    int first = line;
    while (lines.get(first - 1).startsWith("  /**") || lines.get(first - 1).startsWith("   *")) {
      first--;
    }
    return first;
  }

  private static List<String> lines(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".java")) {
      if (in == null) {
        throw new IllegalStateException(
            "the kit is incomplete: " + type.getSimpleName() + ".java is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
