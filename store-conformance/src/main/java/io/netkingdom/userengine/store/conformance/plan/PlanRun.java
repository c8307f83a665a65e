package io.netkingdom.userengine.store.conformance.plan;

import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Ledger;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.RuleResult;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import io.netkingdom.userengine.store.conformance.check.CheckFailure;
import io.netkingdom.userengine.store.conformance.check.RuleRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of the plan on one adapter: begun with an empty storage, then rule by rule in whatever
 * order is asked for, by a JUnit Platform Launcher of the kit's own, which takes neither listeners
 * nor settings from the build around it. Of a rule that is not asked for, the ledger says that it
 * was not run. For use by one thread at a time.
 */
public final class PlanRun implements AutoCloseable {

  static final String JUPITER = "org.junit.jupiter.engine.JupiterTestEngine";

  private static final Pattern ADAPTER = Pattern.compile("[a-z0-9-]{1,64}");

  private final StoreFixture fixture;
  private final PlanOptions options;
  private final Instant started;
  private final long startedNanos = System.nanoTime();
  private final LedgerRecorder recorder;
  private final RuleRun run;
  private final LauncherSession session;

  private PlanRun(StoreFixture fixture, PlanOptions options) {
    JUnitAlignment.check();
    if (!isAdapterName(fixture.adapter())) {
      throw new ConformanceRefusal(
          "the name of an adapter is 1 to 64 characters out of a-z, 0-9 and -");
    }
    this.fixture = fixture;
    this.options = options;
    this.started = options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    this.recorder =
        new LedgerRecorder(
            options.manifest(), Exemptions.of(fixture.exemptions(), options.manifest(), started));
    reportStrayChecks();
    this.run = new RuleRun(fixture, options.seed(), options.manifest(), recorder);
    this.session =
        LauncherFactory.openSession(
            LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(jupiter())
                .addTestExecutionListeners(recorder)
                .build());
    run.attachTo(session.getStore());
  }

  /**
   * Begins a run.
   *
   * @param fixture opened by the caller; closed with the run, also if it cannot begin
   * @throws ConformanceRefusal if there is no fixture, the adapter's name is not fit for a file,
   *     the fixture cannot provide an empty storage, or the versions of JUnit on the class path do
   *     not go together
   */
  public static PlanRun begin(StoreFixture fixture, PlanOptions options) {
    // Not every adapter's author has a compiler that tells.
    if (fixture == null) {
      throw new ConformanceRefusal("there is no fixture to run the rules with: it is null");
    }
    try {
      return new PlanRun(fixture, options);
    } catch (RuntimeException | Error failure) {
      try {
        fixture.close();
      } catch (RuntimeException after) {
        failure.addSuppressed(after);
      }
      throw failure;
    }
  }

  /** Whether an adapter may have that name, which is fit for a file. */
  public static boolean isAdapterName(String name) {
    return ADAPTER.matcher(name).matches();
  }

  /** The rules that there are, in the order in which a whole run takes them. */
  public List<String> rules() {
    return options.manifest().rules().stream().map(Manifest.Entry::id).toList();
  }

  /** Runs the rule's check. */
  public RuleResult run(String rule) {
    options.checks().of(rule).stream()
        .map(check -> DiscoverySelectors.selectMethod(check.getDeclaringClass(), check))
        .forEach(
            check ->
                session
                    .getLauncher()
                    .execute(
                        LauncherDiscoveryRequestBuilder.request()
                            .enableImplicitConfigurationParameters(false)
                            // No rule may hang the run: a check that does is left behind and
                            // reported.
                            .configurationParameter(
                                "junit.jupiter.execution.timeout.testable.method.default",
                                options.limit().toMillis() + " ms")
                            .configurationParameter(
                                "junit.jupiter.execution.timeout.thread.mode.default",
                                "SEPARATE_THREAD")
                            .selectors(check)
                            .build()));
    return recorder.result(rule);
  }

  /** Why a rule's check did not end well, if it was run and did not. */
  public Optional<CheckFailure> failure(String rule) {
    return recorder.failure(rule);
  }

  /** What the fixture threw in the first rule that failed for it, if it threw anything. */
  public Optional<Throwable> thrownByTheFixture() {
    return rules().stream()
        .flatMap(rule -> failure(rule).stream())
        .flatMap(failure -> failure.fixtures().stream())
        .findFirst();
  }

  /** What was found until now. */
  public Ledger ledger() {
    return recorder.ledger(
        fixture.adapter(),
        run.environment(),
        options.seed(),
        started,
        (System.nanoTime() - startedNanos) / 1_000_000);
  }

  /** Closes the stores that are still open, and the fixture. */
  @Override
  public void close() {
    try (fixture;
        run) {
      session.close();
    }
  }

  /** A rule without a check shows as one that was not run; these would show nowhere. */
  private void reportStrayChecks() {
    for (String rule : options.checks().rules()) {
      if (options.manifest().find(rule).isEmpty()) {
        recorder.problem("there is a check for " + rule + ", which is not in the manifest");
      }
      if (options.checks().of(rule).size() > 1) {
        recorder.problem("there are two checks for " + rule);
      }
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
        .orElseThrow(() -> new ConformanceRefusal("junit-jupiter-engine is missing"))
        .get();
  }
}
