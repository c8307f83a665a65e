package io.netkingdom.userengine.store.conformance;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a failed check is reported as. */
final class Messages {

  private static final int FRAMES = 6;

  private Messages() {}

  /**
   * The sentence of a failed assertion; for any other throwable also where it came from, as nobody
   * expected it. Control characters are escaped: what a store returned must not break a report.
   */
  static String of(Throwable failure) {
    if (failure instanceof AssertionError && failure.getMessage() != null) {
      return escape(failure.getMessage());
    }
    String where =
        Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
    return escape("unexpected " + failure + where);
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && (Character.isISOControl(c) || Character.isSurrogate(c))) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
