package io.netkingdom.userengine.store.conformance;

import java.util.Locale;
import java.util.Objects;

/** The names of {@link Capabilities}, as the manifest and the ledger write them. */
public enum Capability {
  /** {@link Capabilities#durable}. */
  DURABLE,
  /** {@link Capabilities#sharedBetweenStores}. */
  SHARED_BETWEEN_STORES,
  /** {@link Capabilities#serializable}. */
  SERIALIZABLE,
  /** {@link Capabilities#schemaMigrated}. */
  SCHEMA_MIGRATED,
  /** {@link Capabilities#joinsCallersTransactions}. */
  JOINS_CALLERS_TRANSACTIONS;

  /** Whether an adapter declares this capability. */
  public boolean isDeclaredBy(Capabilities capabilities) {
    Objects.requireNonNull(capabilities, "capabilities");
    return switch (this) {
      case DURABLE -> capabilities.durable();
      case SHARED_BETWEEN_STORES -> capabilities.sharedBetweenStores();
      case SERIALIZABLE -> capabilities.serializable();
      case SCHEMA_MIGRATED -> capabilities.schemaMigrated();
      case JOINS_CALLERS_TRANSACTIONS -> capabilities.joinsCallersTransactions();
    };
  }

  /** The name in the manifest: lower case, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
