package io.netkingdom.userengine.store.conformance.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The outcome of a command line that was run here. */
record Commands(int code, String out, String err) {

  static Commands run(String... arguments) {
    return run(false, 80, arguments);
  }

  static Commands run(boolean terminal, int columns, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new Console(new PrintWriter(out), new PrintWriter(err), terminal, columns))
            .execute(arguments);
    return new Commands(code, out.toString(), err.toString());
  }
}
