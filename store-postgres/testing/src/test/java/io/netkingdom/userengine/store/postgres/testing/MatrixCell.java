package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of the whole plan: a driver on a server, with a pooler between them or not.
 *
 * @param driver the driver
 * @param server the server
 * @param pooler the pooler between them, if there is one
 */
record MatrixCell(MatrixDriver driver, MatrixServer server, Optional<PgBouncer.Program> pooler) {

  private static final int UNUSED_PORT = 1;

  /**
   * Every cell that there has to be: each driver on each server, and on the newest one also the jar
   * that excludes another, and the drivers through PgBouncer where that is installed.
   */
  static List<MatrixCell> all() {
    List<MatrixCell> cells = new ArrayList<>();
    MatrixServer.MAJORS.forEach(major -> cells.addAll(on(major)));
    cells.add(ofOneJar());
    PgBouncer.Program.find().ifPresent(program -> cells.addAll(behind(program)));
    return List.copyOf(cells);
  }

  /** Each driver on a server. */
  static List<MatrixCell> on(int major) {
    MatrixServer server = MatrixServer.of(major);
    return MatrixDriver.TOGETHER.stream()
        .map(driver -> new MatrixCell(driver, server, Optional.empty()))
        .toList();
  }

  static MatrixCell ofOneJar() {
    return new MatrixCell(MatrixDriver.PGJDBC_NG_ALL, newest(), Optional.empty());
  }

  /** Each driver through a pooler, but for one that cannot. */
  static List<MatrixCell> behind(PgBouncer.Program pooler) {
    MatrixServer server = newest();
    return MatrixDriver.TOGETHER.stream()
        .filter(driver -> driver != MatrixDriver.PGJDBC_NG)
        .map(driver -> new MatrixCell(driver, server, Optional.of(pooler)))
        .toList();
  }

  /** What is no cell, and why. */
  static List<String> notRun() {
    return List.of(
        PgBouncer.Program.find().isEmpty()
            ? "Through PgBouncer: " + PgBouncer.Program.ABSENT + "."
            : "pgjdbc-ng through PgBouncer: the driver prepares statements when it connects, and"
                + " runs them in later messages, which reach another connection of the server.");
  }

  static MatrixServer newest() {
    return MatrixServer.of(MatrixServer.MAJORS.get(0));
  }

  String adapter() {
    return driver.adapter() + pooler.map(each -> "-" + each.slug()).orElse("");
  }

  /** The database at a port, where the server listens or the pooler. */
  LiveDatabase databaseAt(int port) {
    return pooler.isPresent() ? driver.databaseBehindPooler(port) : driver.databaseAt(port);
  }

  /** Whether a ledger is of this cell. */
  boolean isOf(Ledger ledger) {
    return ledger.adapter().equals(adapter()) && ledger.environment().equals(environment());
  }

  private Environment environment() {
    return new Environment(server.toString(), databaseAt(UNUSED_PORT).driver());
  }

  /** For progress and reasons. */
  @Override
  public String toString() {
    return driver + " on " + server + pooler.map(each -> " behind " + each).orElse("");
  }
}
