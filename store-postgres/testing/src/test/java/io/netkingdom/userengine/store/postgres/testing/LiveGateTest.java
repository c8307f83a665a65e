package io.netkingdom.userengine.store.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.postgres.testing.LiveGate.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the gate, row by row. No database is there, and none is asked. */
class LiveGateTest {

  private static final String PASSWORD = "s3cret-canary";
  private static final String DSN_VALUE = "postgresql://app:" + PASSWORD + "@127.0.0.1:1/accounts";

  private static Decision decide(boolean embedded, String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return LiveGate.decide(environment, embedded);
  }

  private static String refusal(Decision decision) {
    String reason = assertInstanceOf(Decision.Refused.class, decision).reason();
    assertFalse(reason.contains(PASSWORD), reason);
    return reason;
  }

  @Test
  void withoutADsnTestsAreSkippedAndTheReasonNamesTheVariables() {
    String reason = assertInstanceOf(Decision.Skipped.class, decide(false)).reason();

    assertTrue(reason.contains("USER_ENGINE_POSTGRES_DSN"), reason);
    assertTrue(reason.contains("USER_ENGINE_POSTGRES_RESET_ACK"), reason);
  }

  @Test
  void aDsnWithoutAnAcknowledgementIsRefusedAndSaysWhatWouldHaveBeenTouched() {
    String reason = refusal(decide(false, LiveGate.DSN, DSN_VALUE));

    assertTrue(reason.startsWith("USER_ENGINE_POSTGRES_RESET_ACK is not set"), reason);
    assertTrue(reason.contains("user_engine_users"), reason);
    assertTrue(reason.contains("\"accounts\""), reason);
    assertTrue(reason.contains("\"public\""), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "1",
        "yes",
        "account",
        "accounts2",
        "Accounts",
        "ACCOUNTS",
        " accounts",
        "accounts ",
        "acc*",
        "%",
        ".*",
        "\"accounts\"",
        "accounts\n",
        "accounts/public",
        "app",
        PASSWORD,
        "app:" + PASSWORD + "@127.0.0.1:1/accounts",
        DSN_VALUE,
        DSN_VALUE + "?sslmode=disable",
        "postgresql://127.0.0.1/accounts"
      })
  void anAcknowledgementThatIsNotExactlyTheNameIsRefused(String acknowledgement) {
    String reason =
        refusal(decide(false, LiveGate.DSN, DSN_VALUE, LiveGate.RESET_ACK, acknowledgement));

    assertTrue(reason.contains("which is not exactly the name of the DSN's database"), reason);
    assertTrue(reason.contains("would drop and make anew user_engine_"), reason);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "true,\"true\"",
        "ACCOUNTS,\"ACCOUNTS\" (in another case)",
        " accounts,that name with blanks around it",
        "acc*,\"acc*\"",
        "postgresql://h/accounts,a text of 23 characters"
      })
  void theRefusalSaysWhatItSaw(String acknowledgement, String saw) {
    String reason =
        refusal(decide(false, LiveGate.DSN, DSN_VALUE, LiveGate.RESET_ACK, acknowledgement));

    assertTrue(
        reason.startsWith("USER_ENGINE_POSTGRES_RESET_ACK is " + saw + ", which is not"), reason);
  }

  /** It is taken from the environment: not from a system property, as a pom or a file could set. */
  @Test
  void aSystemPropertyAcknowledgesNothing() {
    System.setProperty(LiveGate.RESET_ACK, "accounts");
    try {
      assertTrue(
          refusal(decide(false, LiveGate.DSN, DSN_VALUE))
              .startsWith("USER_ENGINE_POSTGRES_RESET_ACK is not set"));
    } finally {
      System.clearProperty(LiveGate.RESET_ACK);
    }
  }

  @Test
  void aDsnAndTheNameOfItsDatabaseOpenTheGate() {
    Decision.Open open =
        assertInstanceOf(
            Decision.Open.class,
            decide(false, LiveGate.DSN, DSN_VALUE, LiveGate.RESET_ACK, "accounts"));

    assertEquals("accounts", open.database().name());
    assertEquals("public", open.database().schema());
    assertFalse(open.toString().contains(PASSWORD), open.toString());
  }

  /** The gate compares the name that a service adds, as it is the one that is connected to. */
  @Test
  void theNameMayComeFromAService(@TempDir Path directory) throws IOException {
    Path services =
        Files.writeString(
            directory.resolve("services"),
            "[live]\nhost=127.0.0.1\nport=1\ndbname=accounts\npassword=" + PASSWORD + "\n");
    String dsn = "user=app service=live servicefile='" + services + "'";

    Decision.Open open =
        assertInstanceOf(
            Decision.Open.class, decide(false, LiveGate.DSN, dsn, LiveGate.RESET_ACK, "accounts"));
    String reason = refusal(decide(false, LiveGate.DSN, dsn, LiveGate.RESET_ACK, "app"));

    assertEquals("accounts", open.database().name());
    assertTrue(reason.contains("\"accounts\" at postgresql://app@127.0.0.1:1/accounts"), reason);
  }

  /** What was compared is what is opened, whatever has become of the service in between. */
  @Test
  void aServiceIsReadOnce(@TempDir Path directory) throws IOException {
    Path services = Files.writeString(directory.resolve("services"), "[live]\ndbname=accounts\n");
    String dsn = "host=127.0.0.1 port=1 user=app service=live servicefile='" + services + "'";
    Decision.Open open =
        assertInstanceOf(
            Decision.Open.class, decide(false, LiveGate.DSN, dsn, LiveGate.RESET_ACK, "accounts"));

    Files.delete(services);

    // To open makes no connection, but would need the file if it read the DSN again.
    open.database().open(StoreOptions.defaults()).close();
  }

  @Test
  void schemaAndProviderAreHonoured() {
    Decision.Open open =
        assertInstanceOf(
            Decision.Open.class,
            decide(
                false,
                LiveGate.DSN,
                DSN_VALUE,
                LiveGate.RESET_ACK,
                "accounts",
                LiveGate.PROVIDER,
                "pgjdbc",
                LiveGate.SCHEMA,
                "elsewhere"));

    assertEquals("elsewhere", open.database().schema());
  }

  @ParameterizedTest
  @ValueSource(strings = {LiveGate.DSN, LiveGate.RESET_ACK, LiveGate.PROVIDER, LiveGate.SCHEMA})
  void aVariableThatIsSetButBlankIsRefusedByName(String variable) {
    for (String blank : new String[] {"", " ", "\t"}) {
      for (boolean embedded : new boolean[] {false, true}) {
        assertTrue(refusal(decide(embedded, variable, blank)).startsWith(variable + " is set but"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LiveGate.RESET_ACK, LiveGate.PROVIDER})
  void anAcknowledgementOrProviderWithoutADsnIsRefusedByName(String variable) {
    String reason = refusal(decide(false, variable, "pgjdbc"));

    assertTrue(reason.startsWith(variable + " is set, but USER_ENGINE_POSTGRES_DSN"), reason);
  }

  @Test
  void theEmbeddedServerNeedsNoVariable() {
    Decision.OpenEmbedded embedded = assertInstanceOf(Decision.OpenEmbedded.class, decide(true));

    assertEquals("public", embedded.schema());
  }

  @Test
  void theEmbeddedServerAndADsnAreTwoTargets() {
    assertTrue(refusal(decide(true, LiveGate.DSN, DSN_VALUE)).startsWith("two targets"));
    assertTrue(
        refusal(decide(true, LiveGate.DSN, DSN_VALUE, LiveGate.RESET_ACK, "accounts"))
            .startsWith("two targets"));
    assertTrue(refusal(decide(true, LiveGate.RESET_ACK, "accounts")).startsWith("two targets"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a dsn " + PASSWORD,
        "mysql://app:" + PASSWORD + "@h/accounts",
        "postgresql://app:" + PASSWORD + "@h:99999/accounts",
        "postgresql://app@h/accounts?nonsense=" + PASSWORD,
        "jdbc:nobody:" + PASSWORD
      })
  void aDsnThatCannotBeUsedIsRefused(String dsn) {
    String reason = refusal(decide(false, LiveGate.DSN, dsn, LiveGate.RESET_ACK, "accounts"));

    assertTrue(reason.startsWith("USER_ENGINE_POSTGRES_DSN cannot be used"), reason);
  }

  @Test
  void anUnknownProviderIsRefusedWithTheCandidates() {
    String reason =
        refusal(
            decide(
                false,
                LiveGate.DSN,
                DSN_VALUE,
                LiveGate.RESET_ACK,
                "accounts",
                LiveGate.PROVIDER,
                "psycopg"));

    assertTrue(reason.contains("no connection provider is named psycopg"), reason);
    assertTrue(reason.contains("pgjdbc"), reason);
  }
}
