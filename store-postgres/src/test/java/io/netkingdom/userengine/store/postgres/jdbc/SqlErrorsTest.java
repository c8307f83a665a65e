package io.netkingdom.userengine.store.postgres.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netkingdom.userengine.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String CANARY = "hunter2-canary";

  @ParameterizedTest
  @CsvSource({
    "40001, Retryable",
    "40P01, Retryable",
    "55P03, Timeout",
    "57014, Timeout",
    "25P03, Timeout",
    "25P04, Timeout",
    "57P04, Unavailable",
    "25006, ReadOnly",
    "25P02, RolledBack",
    "42P01, NotMigrated",
    "3F000, NotMigrated",
    "08006, Unavailable",
    "57P01, Unavailable",
    "57P03, Unavailable",
    "53300, Unavailable",
    "42501, EngineFailure",
    "22003, EngineFailure",
    "XX000, EngineFailure"
  })
  void aStatementsFailureIsClassifiedByItsStateAlone(String state, String type) {
    StoreException failure = SqlErrors.ofStatement(new SQLException("any words", state), TIMEOUT);

    assertEquals(type, failure.getClass().getSimpleName());
    String text = failure + " caused by " + failure.getCause();
    assertTrue(text.contains(state), text);
  }

  @ParameterizedTest
  @CsvSource({
    "08006, OutcomeUnknown",
    "57P01, OutcomeUnknown",
    "57P04, OutcomeUnknown",
    "25P04, RolledBack",
    ", OutcomeUnknown",
    "40001, Retryable",
    "23505, RolledBack"
  })
  void aCommitIsUnknownOnlyWhenTheConnectionWentAway(String state, String type) {
    StoreException failure = SqlErrors.ofCommit(new SQLException("any words", state));

    assertEquals(type, failure.getClass().getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "23505", "40001", "42P01", "55P03", "XX000"})
  void noTextOfDriverOrServerGetsOut(String state) {
    SQLException cause = new SQLException("inner " + CANARY);
    SQLException leaky = new SQLException("password=" + CANARY, state, cause);
    leaky.setNextException(new SQLException(CANARY));
    leaky.addSuppressed(new IllegalStateException(CANARY));

    for (StoreException failure :
        new StoreException[] {
          SqlErrors.ofStatement(leaky, TIMEOUT),
          SqlErrors.ofCommit(leaky),
          SqlErrors.noConnection(leaky)
        }) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      assertFalse(text.toString().contains(CANARY), text.toString());
    }
  }

  @Test
  void whatRemainsOfACauseIsItsClassAndWhereItHappened() {
    SQLException cleaned = SqlErrors.cleaned(new SQLException("secret", "08006"));

    assertEquals("java.sql.SQLException, SQLSTATE 08006", cleaned.getMessage());
    assertEquals("08006", cleaned.getSQLState());
    assertEquals(SqlErrorsTest.class.getName(), cleaned.getStackTrace()[0].getClassName());
  }
}
