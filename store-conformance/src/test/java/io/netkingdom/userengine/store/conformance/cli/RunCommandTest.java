package io.netkingdom.userengine.store.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.BareFixture;
import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  private static final String SERVICE = "META-INF/services/" + StoreFixture.class.getName();

  @TempDir Path directory;

  /** Another adapter than the bare one. */
  public static final class Refusing extends BareFixture {
    @Override
    public String adapter() {
      return "refusing";
    }

    @Override
    public void reset() {
      throw new ConformanceRefusal("there is no database to run on");
    }
  }

  /** Fails with a secret. */
  public static final class Leaking extends BareFixture {
    @Override
    public String adapter() {
      return "leaking";
    }

    @Override
    public void reset() {
      throw new IllegalStateException("password=" + CANARY);
    }
  }

  /** Opens no store. */
  public static final class Unopened extends BareFixture {
    static final String MESSAGE = "there is no database here";

    @Override
    public UserEngineStore open(StoreOptions options) {
      throw new IllegalStateException(MESSAGE);
    }
  }

  /** Cannot be made. */
  public static final class Unmade extends BareFixture {
    /** Throws what may hold a secret. */
    public Unmade() {
      throw new IllegalStateException("password=" + CANARY);
    }
  }

  /** With these fixtures on the class path and no others. */
  private Commands with(List<Class<?>> fixtures, String... arguments) throws IOException {
    Path services = directory.resolve("classes").resolve(SERVICE);
    Files.createDirectories(services.getParent());
    Files.write(services, fixtures.stream().map(Class::getName).toList());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] classes = {directory.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, before)) {
      thread.setContextClassLoader(loader);
      return Commands.run(arguments);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anAdapterThatBreaksRulesIsNotConformantAndItsReportsSaySo() throws IOException {
    Commands run =
        with(List.of(BareFixture.class), "run", "--seed", "7", "--directory", directory.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().startsWith("bare-jdk"), run.out());
    assertTrue(run.out().contains(", seed 7: NOT conformant"), run.out());
    assertTrue(run.err().contains("USR-01 FAIL: "), "a broken rule is told at once");
    assertFalse(run.err().contains(BareFixture.CANARY));
    int rules = Manifest.current().rules().size();
    assertTrue(run.err().contains("[" + rules + "/" + rules + "] "), run.err());
    assertTrue(run.err().contains("  USR is done"), run.err());
    try (Stream<Path> files = Files.list(directory)) {
      assertTrue(files.anyMatch(file -> file.toString().endsWith(".json")));
    }
  }

  @Test
  void someRulesAreNoVerdictAndLeaveNoLedger() throws IOException {
    Commands held =
        with(
            List.of(BareFixture.class),
            "run",
            "bare",
            "-r",
            "LIF-07",
            "--seed=7",
            "-d",
            directory.toString());
    int rules = Manifest.current().rules().size();
    assertEquals(1, held.code());
    assertEquals(
        "1 of " + rules + " rules run, 1 broken, seed 7: no verdict on the adapter",
        held.out().strip());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of("classes"), files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void aRuleThatHoldsByItselfIsNoVerdictEither() throws IOException {
    Commands held =
        with(List.of(BareFixture.class), "run", BareFixture.class.getName(), "-r", "MIG-10");
    assertEquals(4, held.code(), held.err());
    assertTrue(held.out().contains("1 of"), held.out());
    assertTrue(held.out().contains(", 0 broken, "), held.out());
  }

  @Test
  void aFixturesRefusalIsShownAsItIs() throws IOException {
    Commands run = with(List.of(Refusing.class), "run");
    assertEquals(3, run.code());
    assertEquals("there is no database to run on", run.err().strip());
    assertEquals("", run.out());
  }

  @Test
  void whatAFixtureThrewIsShownInFullToItsAuthor() throws IOException {
    Commands run = with(List.of(Leaking.class), "run");
    assertEquals(3, run.code());
    List<String> lines = run.err().lines().toList();
    assertEquals("the fixture could not begin with an empty storage", lines.get(0));
    assertEquals("java.lang.IllegalStateException: password=" + BareFixture.CANARY, lines.get(1));
    assertTrue(lines.get(2).contains("RunCommandTest$Leaking.reset(RunCommandTest.java:"));
  }

  @Test
  void whatAFixtureThrewInManyRulesIsShownOnce() throws IOException {
    Commands run =
        with(
            List.of(Unopened.class),
            "run",
            "-r",
            "USR-01",
            "-r",
            "USR-02",
            "-r",
            "USR-03",
            "-d",
            directory.toString());
    assertEquals(1, run.code());
    List<String> lines = run.err().lines().toList();
    assertEquals(1, lines.stream().filter(line -> line.endsWith(Unopened.MESSAGE)).count());
    assertEquals(
        List.of("USR-02 FAIL: for the cause of USR-01", "USR-03 FAIL: for the cause of USR-01"),
        lines.stream().filter(line -> line.matches("USR-0[23] .*")).toList());
  }

  @Test
  void withoutAFixtureNothingIsRun() throws IOException {
    Commands run = with(List.of(), "run");
    assertEquals(3, run.code());
    assertEquals(
        "no fixture is on the class path; name the class that implements StoreFixture in "
            + SERVICE,
        run.err().strip());
  }

  @Test
  void ofTwoFixturesOneHasToBeNamed() throws IOException {
    Commands run = with(List.of(BareFixture.class, Refusing.class), "run");
    assertEquals(3, run.code());
    assertEquals(
        "more than one fixture is on the class path; name one of: bare ("
            + BareFixture.class.getName()
            + "), refusing ("
            + Refusing.class.getName()
            + ")",
        run.err().strip());
    assertEquals(3, with(List.of(BareFixture.class, Refusing.class), "run", "refusing").code());
    Commands other = with(List.of(BareFixture.class, Refusing.class), "run", "other");
    assertTrue(other.err().startsWith("no fixture is called other; name one of: "), other.err());
  }

  @Test
  void aFixtureThatCannotBeMadeHidesNoOther() throws IOException {
    Commands run = with(List.of(Unmade.class, Refusing.class), "run");
    assertEquals("there is no database to run on", run.err().strip());
    Commands alone = with(List.of(Unmade.class), "run");
    assertEquals(3, alone.code());
    assertTrue(alone.err().contains("not usable: "), alone.err());
    assertTrue(alone.err().contains(Unmade.class.getName()), alone.err());
    assertFalse(alone.err().contains(BareFixture.CANARY), alone.err());
  }

  @Test
  void whatIsNotUnderstoodRunsNothing() {
    for (String[] arguments :
        new String[][] {{"run", "--rule", "USR-99"}, {"run", "--seed", "x"}, {"walk"}, {}}) {
      Commands run = Commands.run(arguments);
      assertEquals(2, run.code(), () -> String.join(" ", arguments));
      assertEquals("", run.out());
    }
    assertTrue(Commands.run("run", "--rule", "USR-99").err().contains("no rule has the id USR-99"));
  }

  @Test
  void everyOptionHasHelp() {
    for (String command : List.of("run", "rules", "rule")) {
      Commands help = Commands.run(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("Usage: store-conformance " + command), help.out());
    }
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Main.commandLine(new Console(nowhere, nowhere, false, 80))
        .getSubcommands()
        .values()
        .forEach(
            command -> {
              assertTrue(command.getCommandSpec().usageMessage().description().length > 0);
              command
                  .getCommandSpec()
                  .args()
                  .forEach(argument -> assertTrue(argument.description().length > 0));
            });
  }
}
