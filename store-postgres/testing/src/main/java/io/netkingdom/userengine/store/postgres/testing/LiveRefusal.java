package io.netkingdom.userengine.store.postgres.testing;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;

/**
 * Live tests must not run, or must not go on: what they were pointed at is not theirs, as far as
 * can be told. Nothing was changed. The message says why and what to do, and holds no secret.
 */
public final class LiveRefusal extends ConformanceRefusal {

  private static final long serialVersionUID = 1L;

  LiveRefusal(String reason) {
    super(reason);
  }

  LiveRefusal(String reason, Throwable cleanedCause) {
    super(reason, cleanedCause);
  }
}
