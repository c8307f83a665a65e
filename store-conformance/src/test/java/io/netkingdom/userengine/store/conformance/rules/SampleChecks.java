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
    @Rule("SMP-01")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-02")
    void fails(RuleContext t) {
      t.equal("the answer", 42, 41);
    }

    @Rule("SMP-03")
    void observesNothing(RuleContext t) {
      t.store();
    }

    @Disabled("not today")
    @Rule("SMP-04")
    void isDisabled(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-05")
    void aborts(RuleContext t) {
      Assumptions.abort(BareFixture.CANARY);
    }

    @Rule("SMP-06")
    void throwsWhatMayHoldASecret(RuleContext t) throws Exception {
      throw new IllegalStateException(
          "password=" + BareFixture.CANARY,
          new SQLException("url with " + BareFixture.CANARY, "08006"));
    }

    @Rule("SMP-07")
    void throwsAnAssertionErrorOfItsOwn(RuleContext t) {
      throw new AssertionError(BareFixture.CANARY);
    }

    @Rule("SMP-08")
    void expectsAnotherException(RuleContext t) {
      t.fails(
          "connecting",
          StoreException.NotFound.class,
          () -> {
            throw new IllegalStateException(BareFixture.CANARY);
          });
    }

    @Rule("SMP-09")
    void throwsAStoreException(RuleContext t) {
      throw new StoreException.Conflict("userName\r\nforged");
    }

    @Rule("SMP-10")
    void needsACapability(RuleContext t) {
      throw new IllegalStateException("is not run where the capability is not declared");
    }

    @Rule("SMP-11")
    void expectsInsideAnExpectation(RuleContext t) {
      t.fails(
          "the outer call", StoreException.NotFound.class, () -> t.equal("the inner one", 1, 2));
    }

    @Rule("SMP-13")
    void inAnotherThread3(RuleContext t) throws Exception {
      Concurrent.run(1, i -> () -> t.isA("what is here", String.class, i));
    }

    @Rule("SMP-14")
    void inAnotherThread4(RuleContext t) throws Exception {
      t.begin();
    }
  }

  public static final class FirstThree {
    @Rule("SMP-01")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-02")
    void fails(RuleContext t) {
      t.equal("the answer", 42, 41);
    }

    @Rule("SMP-03")
    void observesNothing(RuleContext t) {
      t.store();
    }
  }

  public static final class Twice {
    @Rule("SMP-01")
    void again(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class Unlisted {
    @Rule("SMP-99")
    void isNotInTheManifest(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class AbortedContainer {
    @BeforeAll
    static void abort() {
      Assumptions.abort("no database");
    }

    @Rule("SMP-01")
    void holds(RuleContext t) {
      t.equal("one", 1, 1);
    }
  }

  /** Ignores its interruption, as a driver does that waits for a socket. */
  public static final class Hangs {
    /** Lets the check that was left behind end. */
    public static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Rule("SMP-01")
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

    @Rule("SMP-02")
    void bFollows(RuleContext t) {
      t.equal("readiness", new Readiness.Ready(0), t.store().readiness());
    }
  }
}
