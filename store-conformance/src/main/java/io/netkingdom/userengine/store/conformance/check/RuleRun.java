package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.ConformanceRefusal;
import io.netkingdom.userengine.store.conformance.Environment;
import io.netkingdom.userengine.store.conformance.Manifest;
import io.netkingdom.userengine.store.conformance.StoreFixture;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/**
 * One run of the plan: the fixture, and the store that most checks share. A check has a tenant of
 * its own, so that the storage needs no emptying between two of them.
 */
public final class RuleRun implements AutoCloseable {

  private static final String KEY = "run";

  private final StoreFixture fixture;
  private final Manifest manifest;
  private final Findings findings;
  private final long seed;
  private final Environment environment;
  private final Map<Capability, String> refusals = new EnumMap<>(Capability.class);
  private volatile SharedStore shared = new SharedStore();
  private final AtomicInteger tenants = new AtomicInteger();

  /**
   * Begins with an empty storage.
   *
   * @throws ConformanceRefusal if the fixture cannot provide it; also where the fixture threw what
   *     a test aborts with, for a run that did not begin must not pass for one that was skipped
   */
  public RuleRun(StoreFixture fixture, long seed, Manifest manifest, Findings findings) {
    this.fixture = new GuardedFixture(fixture);
    this.manifest = manifest;
    this.findings = findings;
    this.seed = seed;
    try {
      this.fixture.reset();
      this.environment = this.fixture.environment();
    } catch (FixtureFailedException e) {
      if (e.thrown() instanceof ConformanceRefusal refusal) {
        throw refusal;
      }
      throw new ConformanceRefusal("the fixture could not begin with an empty storage", e);
    }
  }

  /** What the adapter runs on. */
  public Environment environment() {
    return environment;
  }

  /** Makes this run known to the checks of a Launcher session. */
  public void attachTo(NamespacedHierarchicalStore<Namespace> session) {
    session.put(Namespace.create(RuleRun.class.getName()), KEY, this);
  }

  static RuleRun of(ExtensionContext context) {
    ExtensionContext.Namespace namespace =
        ExtensionContext.Namespace.create(RuleRun.class.getName());
    return Objects.requireNonNull(
        context.getStore(StoreScope.LAUNCHER_SESSION, namespace).get(KEY, RuleRun.class),
        "checks run through StoreConformance only");
  }

  StoreFixture fixture() {
    return fixture;
  }

  Manifest manifest() {
    return manifest;
  }

  Findings findings() {
    return findings;
  }

  /** The random choices of one rule, which are the same whichever rules are run before it. */
  Random random(String rule) {
    return new Random(seed ^ rule.hashCode());
  }

  /** A tenant that nobody else uses. */
  TenantId newTenant() {
    return TenantId.of("conformance-" + tenants.incrementAndGet());
  }

  /** The store with default options, ready for use. */
  UserEngineStore shared() {
    return shared.ready();
  }

  /** Empties the storage; the shared store is opened anew when it is asked for. */
  void reset() {
    close();
    fixture.reset();
  }

  /**
   * Closes the shared store without waiting for it: a check that was left behind may be inside. The
   * next check gets another.
   */
  void giveUpShared() {
    SharedStore givenUp = takeShared();
    Thread closing =
        new Thread(
            () -> {
              try {
                givenUp.close();
              } catch (RuntimeException | Error e) {
                findings.problem("a store that was given up did not close: " + Messages.of(e));
              }
            },
            "conformance-close");
    closing.setDaemon(true);
    closing.start();
  }

  /** What was observed of an adapter that lacks a capability; observed once for all its rules. */
  String refusalOf(Capability capability) {
    String refusal = refusals.get(capability);
    if (refusal == null) {
      refusal = Refusals.observe(capability, this);
      refusals.put(capability, refusal);
    }
    return refusal;
  }

  /** Closes the shared store; the fixture stays open. */
  @Override
  public void close() {
    takeShared().close();
  }

  private synchronized SharedStore takeShared() {
    SharedStore taken = shared;
    shared = new SharedStore();
    return taken;
  }

  /** One store for many checks, opened by the first thread that wants it; the others wait. */
  private final class SharedStore {
    private volatile @Nullable UserEngineStore store;

    synchronized UserEngineStore ready() {
      UserEngineStore opened = store;
      if (opened == null) {
        opened = fixture.open(StoreOptions.defaults());
        // Before migrating, so that it is closed also if that fails.
        store = opened;
        opened.migrate();
      }
      return opened;
    }

    /** Does not wait for a thread that opens it: that may hang. */
    void close() {
      UserEngineStore opened = store;
      if (opened != null) {
        opened.close();
      }
    }
  }
}
