package io.netkingdom.userengine.store.conformance.model;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves on by a second when it is told to. Safe for use by many threads. */
final class TestClock implements InstantSource {

  private volatile Instant now = Instant.parse("2031-01-01T00:00:00.000001Z");

  /** For the one thread that plays a history. */
  void tick() {
    now = now.plusSeconds(1);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
