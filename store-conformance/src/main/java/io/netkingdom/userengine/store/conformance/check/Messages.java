package io.netkingdom.userengine.store.conformance.check;

import static java.util.stream.Collectors.joining;

import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failed check is reported as.
 *
 * <p>A report must hold no secret, and the message of an exception can hold any: drivers have put
 * whole connection strings into theirs. So only two kinds of message are repeated: the sentences of
 * the checks themselves, and those of {@link StoreException}s, which the contract keeps clean, and
 * of {@link ConformanceRefusal}s, which are made to be shown. Of everything else a report names the
 * type, where it came from and an SQLState.
 */
public final class Messages {

  private static final int FRAMES = 6;
  private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");

  private Messages() {}

  /** What a check ended with. Control characters are escaped. */
  public static String of(Throwable failure) {
    return failure instanceof ExpectationFailedError broken
        ? escape(String.valueOf(broken.getMessage()))
            + broken.steps().stream().map(step -> "\n  " + escape(step)).collect(joining())
        : "unexpected " + trace(failure);
  }

  /** An exception in one line. */
  public static String describe(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "nothing";
    }
    String type = thrown.getClass().getName();
    if (thrown instanceof StoreException || thrown instanceof ConformanceRefusal) {
      return thrown.getClass().getSimpleName() + " (" + escape(thrown.getMessage()) + ")";
    }
    if (thrown instanceof SQLException sql
        && sql.getSQLState() != null
        && SQL_STATE.matcher(sql.getSQLState()).matches()) {
      return type + " (SQLState " + sql.getSQLState() + ")";
    }
    return type;
  }

  /** An exception with its causes, and where each came from. */
  public static String trace(Throwable failure) {
    StringBuilder trace = new StringBuilder(describe(failure)).append(frames(failure));
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(failure);
    for (Throwable cause = failure.getCause();
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      trace.append("\ncaused by ").append(describe(cause)).append(frames(cause));
    }
    return trace.toString();
  }

  private static String frames(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "\n  at " + frame(frame))
        .collect(joining());
  }

  /** A line of code, in the form that consoles and IDEs make a link of. */
  public static String frame(StackTraceElement frame) {
    String line =
        frame.getFileName() == null
            ? "Unknown Source"
            : frame.getFileName() + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber());
    return escape(frame.getClassName() + "." + frame.getMethodName() + "(" + line + ")");
  }

  static String packageOf(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  /** The text on one line, and fit for any report: what a store returned must not break it. */
  public static String escape(@Nullable String text) {
    if (text == null) {
      return "no message";
    }
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUnfit(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Whether a character could end the line, hide text, or is half of one. */
  private static boolean isUnfit(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
