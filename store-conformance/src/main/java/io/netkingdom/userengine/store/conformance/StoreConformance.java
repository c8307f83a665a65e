package io.netkingdom.userengine.store.conformance;

import io.netkingdom.userengine.store.conformance.rules.RuleClasses;
import io.netkingdom.userengine.store.conformance.rules.RuleRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the contract's rules against an adapter.
 *
 * <p>The rules are run one after the other by a JUnit Platform Launcher of the kit's own, which
 * takes neither listeners nor settings from the build around it. System properties:
 *
 * <ul>
 *   <li>{@code userengine.conformance.seed}: repeats the random choices of an earlier run
 *   <li>{@code userengine.conformance.directory}: where ledgers go; {@code target/conformance}
 *       below the working directory by default
 * </ul>
 */
public final class StoreConformance {

  private static final String SEED = "userengine.conformance.seed";
  private static final String DIRECTORY = "userengine.conformance.directory";

  private static final String JUPITER = "org.junit.jupiter.engine.JupiterTestEngine";

  private static final Pattern ADAPTER = Pattern.compile("[a-z0-9-]{1,64}");

  /** More than any check needs: a step that hangs is given up earlier, and says so. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private StoreConformance() {}

  /**
   * Runs every rule, leaves the ledger in its directory, and prints its summary.
   *
   * @param fixture opened by the caller, closed here
   * @return the ledger, which is conformant
   * @throws ConformanceError listing every broken rule, if there is one
   */
  public static Ledger verify(StoreFixture fixture) {
    Ledger ledger = runAndRecord(fixture);
    if (!ledger.conformant()) {
      throw new ConformanceError(ledger);
    }
    return ledger;
  }

  /**
   * Runs every rule, and writes nothing.
   *
   * @param fixture opened by the caller, closed here
   */
  public static Ledger run(StoreFixture fixture) {
    return run(fixture, seed());
  }

  /**
   * Runs some rules, and writes nothing. Of the others the ledger says that they were not run, so
   * that it is never conformant.
   *
   * @param fixture opened by the caller, closed here
   * @param rules the ids of the rules to run
   */
  public static Ledger run(StoreFixture fixture, Set<String> rules) {
    return run(fixture, seed(), Manifest.current(), RuleClasses.all(), LIMIT, rules::contains);
  }

  static Ledger runAndRecord(StoreFixture fixture) {
    Ledger ledger = run(fixture);
    try {
      LedgerFile.write(ledger, Path.of(System.getProperty(DIRECTORY, "target/conformance")));
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger could not be written", e);
    }
    System.out.println("[conformance] " + ledger.summary());
    return ledger;
  }

  static Ledger run(StoreFixture fixture, long seed) {
    return run(fixture, seed, Manifest.current(), RuleClasses.all(), LIMIT);
  }

  static Ledger run(
      StoreFixture fixture,
      long seed,
      Manifest manifest,
      List<? extends Class<?>> checks,
      Duration limit) {
    return run(fixture, seed, manifest, checks, limit, id -> true);
  }

  private static Ledger run(
      StoreFixture fixture,
      long seed,
      Manifest manifest,
      List<? extends Class<?>> checks,
      Duration limit,
      Predicate<String> wanted) {
    if (!ADAPTER.matcher(fixture.adapter()).matches()) {
      throw new IllegalArgumentException(
          "the name of an adapter is 1 to 64 characters out of a-z, 0-9 and -");
    }
    LedgerRecorder recorder = new LedgerRecorder(manifest);
    LauncherConfig isolated =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(jupiter())
            .addTestExecutionListeners(recorder)
            .build();
    try (fixture;
        RuleRun run = new RuleRun(fixture, seed, manifest, recorder);
        LauncherSession session = LauncherFactory.openSession(isolated)) {
      run.attachTo(session.getStore());
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .enableImplicitConfigurationParameters(false)
                  // No rule may hang the run: a check that does is left behind and reported.
                  .configurationParameter(
                      "junit.jupiter.execution.timeout.testable.method.default",
                      limit.toMillis() + " ms")
                  .configurationParameter(
                      "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                  .filters(
                      (PostDiscoveryFilter)
                          test ->
                              FilterResult.includedIf(
                                  LedgerRecorder.ruleOf(test.getSource()).stream()
                                      .allMatch(wanted)))
                  .selectors(checks.stream().map(DiscoverySelectors::selectClass).toList())
                  .build());
      return recorder.ledger(fixture.adapter(), version(), run.environment(), seed);
    }
  }

  /**
   * The one engine that the kit needs, found by its class's name, which its module does not export.
   * Others that lie about are not even loaded.
   */
  private static TestEngine jupiter() {
    return ServiceLoader.load(TestEngine.class, TestEngine.class.getClassLoader()).stream()
        .filter(engine -> engine.type().getName().equals(JUPITER))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("junit-jupiter-engine is missing"))
        .get();
  }

  private static long seed() {
    String given = System.getProperty(SEED);
    // Kept within 48 bits, which every reader of JSON takes as a whole number.
    return given == null ? new SecureRandom().nextLong() >>> 16 : Long.parseLong(given);
  }

  /** The kit's version. Not from the jar's manifest, which a directory of classes has not got. */
  private static String version() {
    Properties kit = new Properties();
    try (InputStream in = StoreConformance.class.getResourceAsStream("kit.properties")) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: kit.properties is missing");
      }
      kit.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kit.getProperty("version");
  }
}
