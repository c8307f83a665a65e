package io.netkingdom.userengine.store.conformance;

import java.time.Instant;
import java.util.Objects;

/**
 * What a ledger was made with, and when.
 *
 * @param kit the kit's version
 * @param manifest the {@linkplain Manifest#hash hash} of the rules that the kit had
 * @param jdk the Java runtime's version
 * @param seed what all random choices of the run were drawn from
 * @param started when the run began, to the millisecond
 * @param millis how long it took, in milliseconds
 */
public record Provenance(
    String kit, String manifest, String jdk, long seed, Instant started, long millis) {

  /** Refuses null. */
  public Provenance {
    Objects.requireNonNull(kit, "kit");
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(jdk, "jdk");
    Objects.requireNonNull(started, "started");
  }
}
