package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.conformance.BareFixture;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;

/** Checks that end in every way in which a check can end. */
public final class SampleChecks {

  private SampleChecks() {}

  @SuppressWarnings("DoNotCallSuggester")
  public static final class Ends {
    @Rule(id = "SMP-01", sentence = "A sample.", since = "0.1.0")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule(id = "SMP-02", sentence = "A sample.", since = "0.1.0")
    void fails(RuleContext t) {
      t.equal("the answer", 42, 41);
    }

    @Rule(id = "SMP-03", sentence = "A sample.", since = "0.1.0")
    void observesNothing(RuleContext t) {
      t.store();
    }

    @Disabled("not today")
    @Rule(id = "SMP-04", sentence = "A sample.", since = "0.1.0")
    void isDisabled(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule(id = "SMP-05", sentence = "A sample.", since = "0.1.0")
    void aborts(RuleContext t) {
      Assumptions.abort(BareFixture.CANARY);
    }

    @Rule(id = "SMP-06", sentence = "A sample.", since = "0.1.0")
    void throwsWhatMayHoldASecret(RuleContext t) throws Exception {
      throw new IllegalStateException(
          "password=" + BareFixture.CANARY,
          new SQLException("url with " + BareFixture.CANARY, "08006"));
    }

    @Rule(id = "SMP-07", sentence = "A sample.", since = "0.1.0")
    void throwsAnAssertionErrorOfItsOwn(RuleContext t) {
      throw new AssertionError(BareFixture.CANARY);
    }

    @Rule(id = "SMP-08", sentence = "A sample.", since = "0.1.0")
    void expectsAnotherException(RuleContext t) {
      t.fails(
          "connecting",
          StoreException.NotFound.class,
          () -> {
            throw new IllegalStateException(BareFixture.CANARY);
          });
    }

    @Rule(id = "SMP-09", sentence = "A sample.", since = "0.1.0")
    void throwsAStoreException(RuleContext t) {
      throw new StoreException.Conflict("userName\r\nforged");
    }

    @Rule(id = "SMP-10", sentence = "A sample.", since = "0.1.0")
    void needsACapability(RuleContext t) {
      throw new IllegalStateException("is not run where the capability is not declared");
    }

    @Rule(id = "SMP-11", sentence = "A sample.", since = "0.1.0")
    void expectsInsideAnExpectation(RuleContext t) {
      t.fails(
          "the outer call", StoreException.NotFound.class, () -> t.equal("the inner one", 1, 2));
    }

    @Rule(id = "SMP-13", sentence = "A sample.", since = "0.1.0")
    void inAnotherThread3(RuleContext t) throws Exception {
      Concurrent.run(1, i -> () -> t.isA("what is here", String.class, i));
    }

    @Rule(id = "SMP-14", sentence = "A sample.", since = "0.1.0")
    void inAnotherThread4(RuleContext t) throws Exception {
      t.begin();
    }
  }

  public static final class FirstThree {
    @Rule(id = "SMP-01", sentence = "A sample.", since = "0.1.0")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule(id = "SMP-02", sentence = "A sample.", since = "0.1.0")
    void fails(RuleContext t) {
      t.equal("the answer", 42, 41);
    }

    @Rule(id = "SMP-03", sentence = "A sample.", since = "0.1.0")
    void observesNothing(RuleContext t) {
      t.store();
    }
  }

  public static final class Twice {
    @Rule(id = "SMP-01", sentence = "A sample.", since = "0.1.0")
    void again(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class Unlisted {
    @Rule(id = "SMP-99", sentence = "A sample.", since = "0.1.0")
    void isNotInTheManifest(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class AbortedContainer {
    @BeforeAll
    static void abort() {
      Assumptions.abort("no database");
    }

    @Rule(id = "SMP-01", sentence = "A sample.", since = "0.1.0")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  /** Ignores its interruption, as a driver does that waits for a socket. */
  public static final class Hangs {
    /** Lets the check that was left behind end. */
    public static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Rule(id = "SMP-01", sentence = "A sample.", since = "0.1.0")
    void aHangs(RuleContext t) {
      t.equal("readiness", new Readiness.Ready(0), t.store().readiness());
      while (RELEASE.getCount() > 0) {
        try {
          RELEASE.await();
        } catch (InterruptedException e) {
          // Waits on.
        }
      }
    }

    @Rule(id = "SMP-02", sentence = "A sample.", since = "0.1.0")
    void bFollows(RuleContext t) {
      t.equal("readiness", new Readiness.Ready(0), t.store().readiness());
    }
  }
}
