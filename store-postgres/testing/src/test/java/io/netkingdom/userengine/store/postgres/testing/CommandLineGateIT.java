package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kit's command line passes the same gate as a build does. What refuses must do so before a
 * socket opens, and so somebody listens who was never called.
 */
@ExtendWith(LivePostgres.class)
@EnabledIfSystemProperty(
    named = LiveGate.EMBEDDED,
    matches = "true",
    disabledReason = "sets the variables itself, and so needs the embedded server")
class CommandLineGateIT {

  private static final String PASSWORD = "Canary-91d2";
  private static final int REFUSED = 3;
  private static final int NO_VERDICT = 4;

  @TempDir private Path directory;

  private record Outcome(int exitCode, String output) {}

  private Outcome run(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of(Main.class.getName(), "run", "postgres", "--rule", "CNT-02"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("USER_ENGINE_POSTGRES_") || name.startsWith("PG"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it does not end");
    String text = Files.readString(output);
    assertFalse(text.contains(PASSWORD), text);
    return new Outcome(process.exitValue(), text);
  }

  @Test
  void withoutADsnItIsRefusedAndToldWhatToSet() throws Exception {
    Outcome outcome = run(Map.of());

    assertEquals(REFUSED, outcome.exitCode(), outcome.output());
    assertTrue(outcome.output().contains("set USER_ENGINE_POSTGRES_DSN"), outcome.output());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "none,USER_ENGINE_POSTGRES_RESET_ACK is not set",
        "true,USER_ENGINE_POSTGRES_RESET_ACK is \"true\"",
        "Accounts,in another case",
        "accounts ,with blanks around it",
        "%,USER_ENGINE_POSTGRES_RESET_ACK is \"%\"",
        "' ',USER_ENGINE_POSTGRES_RESET_ACK is set but blank"
      })
  void aWrongAcknowledgementIsRefusedBeforeASocketOpens(String acknowledgement, String reason)
      throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listening.configureBlocking(false);
      String dsn =
          "postgresql://app:"
              + PASSWORD
              + "@127.0.0.1:"
              + listening.socket().getLocalPort()
              + "/accounts";

      // A system property acknowledges nothing, whatever the environment says.
      Outcome outcome =
          run(
              acknowledgement == null
                  ? Map.of(LiveGate.DSN, dsn)
                  : Map.of(LiveGate.DSN, dsn, LiveGate.RESET_ACK, acknowledgement),
              "-D" + LiveGate.RESET_ACK + "=accounts");

      assertEquals(REFUSED, outcome.exitCode(), outcome.output());
      assertTrue(outcome.output().contains(reason), outcome.output());
      assertTrue(outcome.output().contains("user_engine_users") || reason.endsWith("blank"));
      assertNull(listening.accept(), "somebody called");
    }
  }

  @Test
  void theRightAcknowledgementOpensTheGate() throws Exception {
    LiveDatabase database = EmbeddedServer.shared().database();
    // The other process waits for this one's run otherwise.
    LiveRun.OF_THIS_PROCESS.close();
    Outcome outcome =
        run(
            Map.of(
                LiveGate.DSN,
                "postgresql://postgres@127.0.0.1:"
                    + EmbeddedServer.shared().port()
                    + "/"
                    + database.name(),
                LiveGate.RESET_ACK,
                database.name()));

    assertEquals(NO_VERDICT, outcome.exitCode(), outcome.output());
    assertTrue(
        outcome
            .output()
            .contains("1 of " + Manifest.current().rules().size() + " rules run, 0 broken"),
        outcome.output());
  }
}
