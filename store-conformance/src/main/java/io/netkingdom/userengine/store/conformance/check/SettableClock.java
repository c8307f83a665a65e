package io.netkingdom.userengine.store.conformance.check;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Safe for use by many threads. */
public final class SettableClock implements InstantSource {

  private volatile Instant now;

  public SettableClock(String now) {
    this.now = Instant.parse(now);
  }

  public void set(String value) {
    now = Instant.parse(value);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
