package io.netkingdom.userengine.store.conformance.cli;

import static java.util.stream.Collectors.joining;

import io.netkingdom.userengine.store.conformance.check.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Exceptions in full, fit for a terminal. */
final class StackTraces {

  private StackTraces() {}

  /** The stack with messages and causes. */
  static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString()
        .lines()
        .map(line -> Messages.escape(line.replace("\t", "  ")))
        .collect(joining("\n"));
  }
}
