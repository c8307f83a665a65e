package io.netkingdom.userengine.store;

import static io.netkingdom.userengine.store.Inputs.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionOptionsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NANO = Duration.ofNanos(1);

  @Test
  void lockTimeoutsRangeFromOneMillisecondToOneHour() {
    TransactionOptions options = TransactionOptions.defaults();
    for (Duration fits : new Duration[] {Duration.ofMillis(1), HOUR}) {
      assertEquals(fits, options.withLockTimeout(fits).lockTimeout());
    }
    for (Duration bad :
        new Duration[] {
          Duration.ofMillis(1).minus(NANO), HOUR.plus(NANO), Duration.ZERO, NANO.negated()
        }) {
      refuses("lockTimeout", "is not between 1 ms and 1 hour", () -> options.withLockTimeout(bad));
    }
  }

  @Test
  void eachOptionIsChangedAlone() {
    TransactionOptions options =
        TransactionOptions.defaults()
            .withIsolation(IsolationLevel.SERIALIZABLE)
            .asReadOnly()
            .withLockTimeout(HOUR)
            .withRetry(RetryPolicy.none());

    assertEquals(IsolationLevel.SERIALIZABLE, options.isolation());
    assertTrue(options.readOnly());
    assertEquals(HOUR, options.lockTimeout());
    assertEquals(RetryPolicy.none(), options.retry());
    assertFalse(TransactionOptions.defaults().readOnly());
    assertTrue(options.withIsolation(IsolationLevel.READ_COMMITTED).readOnly());
  }

  @Test
  void attemptsRangeFrom1To100() {
    assertEquals(1, RetryPolicy.defaults().withMaxAttempts(1).maxAttempts());
    assertEquals(100, RetryPolicy.defaults().withMaxAttempts(100).maxAttempts());
    for (int bad : new int[] {0, 101, -1, Integer.MAX_VALUE}) {
      refuses(
          "maxAttempts",
          "is not between 1 and 100",
          () -> RetryPolicy.defaults().withMaxAttempts(bad));
    }
    assertEquals(1, RetryPolicy.none().maxAttempts());
  }

  @Test
  void pausesRangeFromZeroToOneMinuteAndTheLongestIsNotTheShorter() {
    assertEquals(MINUTE, RetryPolicy.of(2, MINUTE, MINUTE).baseDelay());
    assertEquals(Duration.ZERO, RetryPolicy.of(2, Duration.ZERO, MINUTE).baseDelay());
    Duration more = MINUTE.plus(NANO);
    String base = "is not between 0 and 1 minute";
    refuses("baseDelay", base, () -> RetryPolicy.of(2, NANO.negated(), MINUTE));
    refuses("baseDelay", base, () -> RetryPolicy.of(2, more, more));
    String max = "is not between baseDelay and 1 minute";
    refuses("maxDelay", max, () -> RetryPolicy.of(2, NANO, Duration.ZERO));
    refuses("maxDelay", max, () -> RetryPolicy.of(2, NANO, more));
  }
}
