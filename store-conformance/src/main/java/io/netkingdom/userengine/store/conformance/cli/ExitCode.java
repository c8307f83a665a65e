package io.netkingdom.userengine.store.conformance.cli;

/** What the process ends with. */
final class ExitCode {

  /** Every rule held, was refused as declared, or is exempted. */
  static final int CONFORMANT = 0;

  /** A rule is broken or was not run, or a report was rejected. */
  static final int NOT_CONFORMANT = 1;

  /** The command line was not understood. */
  static final int USAGE = 2;

  /** Nothing could be run. */
  static final int REFUSED = 3;

  /** The rules that were asked for held, which is no verdict on the adapter. */
  static final int NO_VERDICT = 4;

  private ExitCode() {}
}
