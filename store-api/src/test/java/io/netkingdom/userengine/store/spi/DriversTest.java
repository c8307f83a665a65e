package io.netkingdom.userengine.store.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that tells which driver would be used, and why. */
final class DriversTest {

  private static final String CANARY = "Canary-5e6f";
  private static final String DSN = "postgresql://u:" + CANARY + "@h/db?sslpassword=" + CANARY;

  @TempDir private Path directory = Path.of("");
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Path jar = Path.of("");

  @BeforeEach
  void makeJar() {
    jar =
        Plugins.jar(
            directory.resolve("some.jar"), Providers.Alpha.class, Providers.Driverless.class);
  }

  private int run(List<String> arguments, Map<String, String> environment) {
    try (Plugins plugins = Plugins.of(jar);
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      return Drivers.run(arguments, environment, ConnectionProviders.discover(plugins), out, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void itListsEachCandidateAndTheChoice() {
    assertEquals(0, run(List.of(DSN), Map.of()));
    String origin = Plugins.url(jar).toString();
    assertTrue(printed().startsWith("DSN: postgresql://u@h:5432/db\n"), printed());
    assertTrue(
        printed().contains("  alpha (" + origin + "): usable, driver of alpha 1.0, priority 10\n"),
        printed());
    assertTrue(
        printed()
            .contains("  driverless (" + origin + "): com.acme.Driver is not on the class path\n"),
        printed());
    assertTrue(
        printed()
            .endsWith(
                """
                chosen: alpha, driver of alpha 1.0; it has the highest priority of those that are usable
                database: db
                """),
        printed());
    assertFalse(printed().contains(CANARY), printed());
  }

  @Test
  void theEnvironmentGivesTheDsnAndTheName() {
    assertEquals(
        0, run(List.of(), Map.of(Drivers.DSN, "jdbc:acme:" + CANARY, Drivers.PROVIDER, "alpha")));
    assertTrue(printed().startsWith("DSN: jdbc:acme:***\n"), printed());
    assertTrue(
        printed()
            .endsWith(
                """
                chosen: alpha, driver of alpha 1.0; USER_ENGINE_POSTGRES_PROVIDER asks for it
                database: not certain before there is a connection
                """),
        printed());
    assertFalse(printed().contains(CANARY), printed());
  }

  @Test
  void whereNoneWouldBeChosenItSaysWhyAndExitsWithOne() {
    assertEquals(1, run(List.of(DSN), Map.of(Drivers.PROVIDER, "beta")));
    assertTrue(
        printed().endsWith("chosen: none; no connection provider is named beta\n"), printed());
    assertEquals(1, run(List.of(DSN), Map.of(Drivers.PROVIDER, "Beta!")));
    assertTrue(printed().endsWith("a-z, 0-9 and -\n"), printed());
    assertFalse(printed().contains(CANARY), printed());
  }

  @Test
  void withoutADsnThatCanBeReadItExitsWithTwo() {
    assertEquals(2, run(List.of(), Map.of()));
    assertEquals(2, run(List.of(DSN, DSN), Map.of()));
    assertEquals(2, run(List.of("postgresql://u:" + CANARY + "@@h"), Map.of()));
    assertEquals(2, run(List.of("jdbc:acme"), Map.of()));
    assertFalse(printed().contains(CANARY), printed());
    List<String> lines = printed().lines().toList();
    assertEquals(4, lines.size(), printed());
    assertEquals("dsn: a jdbc: URL starts with jdbc:, a sub-protocol and a colon", lines.get(3));
  }
}
