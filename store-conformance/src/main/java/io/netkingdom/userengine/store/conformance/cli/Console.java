package io.netkingdom.userengine.store.conformance.cli;

import java.io.PrintWriter;

/**
 * Where a command writes to.
 *
 * @param out results
 * @param err progress and refusals
 * @param terminal whether a person watches, so that a line may be overwritten
 * @param columns how wide that terminal is
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, int columns) {}
