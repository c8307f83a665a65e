package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
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
    void holds(Trial t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-02")
    void fails(Trial t) {
      t.equal("the answer", 42, 41);
    }

    @Rule("SMP-03")
    void observesNothing(Trial t) {
      t.store();
    }

    @Disabled("not today")
    @Rule("SMP-04")
    void isDisabled(Trial t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-05")
    void aborts(Trial t) {
      Assumptions.abort(BareFixture.CANARY);
    }

    @Rule("SMP-06")
    void throwsWhatMayHoldASecret(Trial t) throws Exception {
      throw new IllegalStateException(
          "password=" + BareFixture.CANARY,
          new SQLException("url with " + BareFixture.CANARY, "08006"));
    }

    @Rule("SMP-07")
    void throwsAnAssertionErrorOfItsOwn(Trial t) {
      throw new AssertionError(BareFixture.CANARY);
    }

    @Rule("SMP-08")
    void expectsAnotherException(Trial t) {
      t.fails(
          "connecting",
          StoreException.NotFound.class,
          () -> {
            throw new IllegalStateException(BareFixture.CANARY);
          });
    }

    @Rule("SMP-09")
    void throwsAStoreException(Trial t) {
      throw new StoreException.Conflict("userName\r\nforged");
    }

    @Rule("SMP-10")
    void needsACapability(Trial t) {
      throw new IllegalStateException("is not run where the capability is not declared");
    }

    @Rule("SMP-11")
    void expectsInsideAnExpectation(Trial t) {
      t.fails(
          "the outer call", StoreException.NotFound.class, () -> t.equal("the inner one", 1, 2));
    }
  }

  public static final class FirstThree {
    @Rule("SMP-01")
    void holds(Trial t) {
      t.equal("one", 1, 1);
    }

    @Rule("SMP-02")
    void fails(Trial t) {
      t.equal("the answer", 42, 41);
    }

    @Rule("SMP-03")
    void observesNothing(Trial t) {
      t.store();
    }
  }

  public static final class Twice {
    @Rule("SMP-01")
    void again(Trial t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class Unlisted {
    @Rule("SMP-99")
    void isNotInTheManifest(Trial t) {
      t.equal("one", 1, 1);
    }
  }

  public static final class AbortedContainer {
    @BeforeAll
    static void abort() {
      Assumptions.abort("no database");
    }

    @Rule("SMP-01")
    void holds(Trial t) {
      t.equal("one", 1, 1);
    }
  }

  /** Ignores its interruption, as a driver does that waits for a socket. */
  public static final class Hangs {
    /** Lets the check that was left behind end. */
    public static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Rule("SMP-01")
    void aHangs(Trial t) {
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
    void bFollows(Trial t) {
      t.equal("readiness", new Readiness.Ready(0), t.store().readiness());
    }
  }
}
