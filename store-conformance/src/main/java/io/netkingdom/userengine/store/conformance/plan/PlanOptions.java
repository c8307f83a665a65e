package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Manifest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/**
 * What a run goes by.
 *
 * @param manifest the rules that there are
 * @param checks what checks them
 * @param seed what all random choices are drawn from
 * @param limit how long one check may take
 * @param clock tells when the run began, and which exemptions have expired
 */
public record PlanOptions(
    Manifest manifest, Checks checks, long seed, Duration limit, Clock clock) {

  /** Sets the seed of every run that is not given one, in decimal. */
  public static final String SEED = "userengine.conformance.seed";

  /** More than any check needs: a step that hangs is given up earlier, and says so. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The kit's rules, and a seed of the system property or of chance. */
  public static PlanOptions defaults() {
    return new PlanOptions(
        Manifest.current(), Checks.all(), seedOfThisRun(), LIMIT, Clock.systemUTC());
  }

  /** The same with that seed. */
  public PlanOptions withSeed(long chosen) {
    return new PlanOptions(manifest, checks, chosen, limit, clock);
  }

  private static long seedOfThisRun() {
    String given = System.getProperty(SEED);
    if (given == null) {
      // Kept within 48 bits, which every reader of JSON takes as a whole number.
      return new SecureRandom().nextLong() >>> 16;
    }
    try {
      return Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new ConformanceRefusal("the system property " + SEED + " is not a whole number");
    }
  }
}
