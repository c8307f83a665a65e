package io.netkingdom.userengine.store.conformance;

import java.util.Locale;
import java.util.function.Predicate;

/** The names of {@link Capabilities}, as the manifest and the ledger write them. */
public enum Capability {
  /** {@link Capabilities#durable}. */
  DURABLE(Capabilities::durable),
  /** {@link Capabilities#sharedBetweenStores}. */
  SHARED_BETWEEN_STORES(Capabilities::sharedBetweenStores),
  /** {@link Capabilities#serializable}. */
  SERIALIZABLE(Capabilities::serializable),
  /** {@link Capabilities#schemaMigrated}. */
  SCHEMA_MIGRATED(Capabilities::schemaMigrated);

  private final Predicate<Capabilities> declared;

  Capability(Predicate<Capabilities> declared) {
    this.declared = declared;
  }

  /** Whether an adapter declares this capability. */
  public boolean isDeclaredBy(Capabilities capabilities) {
    return declared.test(capabilities);
  }

  /** The name in the manifest: lower case, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
