package io.netkingdom.userengine.store.conformance.selftest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mutant of PIT's report.
 *
 * @param className the fully qualified name of the class that was changed
 * @param name what tells it from every other, also when lines have moved: the class, the method,
 *     the change, and a number where the method has that change more than once
 * @param fate what the tests made of it
 */
record Mutant(String className, String name, Fate fate) {

  /** What PIT calls the status of a mutant, as far as it matters here. */
  enum Fate {
    /** A test failed, or the mutant used up the memory. */
    KILLED,
    /** A test did not end in time. That may be due to the machine, and so proves less. */
    TIMED_OUT,
    /** No test noticed, or none even came by. */
    SURVIVED,
    /** Nothing is known: the mutant was not loaded, or its run broke down. */
    UNDECIDED;

    static Fate of(String status) {
      return switch (status) {
        case "KILLED", "MEMORY_ERROR" -> KILLED;
        case "TIMED_OUT" -> TIMED_OUT;
        case "SURVIVED", "NO_COVERAGE" -> SURVIVED;
        default -> UNDECIDED;
      };
    }
  }

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");
  private static final Pattern PARAMETER = Pattern.compile("\\[*(?:L[^;]*/([^;/]+);|([BCDFIJSZ]))");

  /** {@code Pages.of(Keyset): negated conditional}; of a lambda, the method that it is in. */
  static String nameOf(String className, String method, String descriptor, String change) {
    String type = className.substring(className.lastIndexOf('.') + 1);
    Matcher lambda = LAMBDA.matcher(method);
    String place = lambda.matches() ? lambda.group(1) + " (lambda)" : method + types(descriptor);
    // PIT ends some of its texts with the method, which is there already.
    String what = change.replaceFirst(" for \\S+/\\S+$", "").replaceAll("\\w+/", "");
    return type + "." + place + ": " + what.replace("::", ".");
  }

  private static String types(String descriptor) {
    return PARAMETER
        .matcher(descriptor.substring(0, descriptor.indexOf(')')))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
