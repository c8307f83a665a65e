package io.netkingdom.userengine.store;

import io.netkingdom.userengine.store.internal.Arguments;
import java.util.List;

/**
 * What a call of {@link UserEngineStore#migrate} did.
 *
 * @param applied the migrations that this call ran, by name and in order; empty if none was pending
 * @param version the schema's version afterwards; 0 where the adapter has no schema
 */
public record MigrationReport(List<String> applied, int version) {

  /** Copies the list. */
  public MigrationReport {
    applied = Arguments.copy("applied", applied);
  }
}
