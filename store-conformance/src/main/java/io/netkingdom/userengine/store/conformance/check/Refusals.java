package io.netkingdom.userengine.store.conformance.check;

import io.netkingdom.userengine.store.IsolationLevel;
import io.netkingdom.userengine.store.MigrationReport;
import io.netkingdom.userengine.store.Readiness;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.TransactionOptions;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.Capability;

/**
 * How an adapter answers where it lacks a capability. An adapter that denies a capability and has
 * it nevertheless is refuted: its declaration is wrong, and rules would go unchecked.
 */
final class Refusals {

  private Refusals() {}

  /**
   * Exercises what the adapter lacks.
   *
   * @return the refusal that was seen, as a sentence
   * @throws AssertionError if it was not refused as specified
   */
  static String observe(Capability capability, RuleRun run) {
    return switch (capability) {
      case DURABLE -> notDurable(run);
      case SHARED_BETWEEN_STORES -> notShared(run);
      case SERIALIZABLE -> notSerializable(run);
      case SCHEMA_MIGRATED -> notMigrated(run);
      case JOINS_CALLERS_TRANSACTIONS -> notJoining(run);
    };
  }

  private static String notDurable(RuleRun run) {
    // A store that stays open may be what keeps the records.
    run.close();
    TenantId tenant = run.newTenant();
    UserId id;
    try (UserEngineStore before = open(run)) {
      id = before.tenant(tenant).users().create(UserDraft.named("durable")).id();
    }
    try (UserEngineStore after = open(run)) {
      if (after.tenant(tenant).users().find(id).isPresent()) {
        throw new ExpectationFailedError("declared as not durable, but a user outlived its store");
      }
      return "a store that was opened anew held no record of the one before";
    }
  }

  private static String notShared(RuleRun run) {
    TenantId tenant = run.newTenant();
    try (UserEngineStore one = open(run);
        UserEngineStore other = open(run)) {
      UserId id = one.tenant(tenant).users().create(UserDraft.named("shared")).id();
      if (other.tenant(tenant).users().find(id).isPresent()) {
        throw new ExpectationFailedError(
            "declared as not shared, but another store saw the commit");
      }
      return "another store saw nothing of what was committed";
    }
  }

  private static String notSerializable(RuleRun run) {
    TransactionOptions serializable =
        TransactionOptions.defaults().withIsolation(IsolationLevel.SERIALIZABLE);
    try (UserEngineStore store = open(run)) {
      store.inTransaction(run.newTenant(), serializable, tx -> tx.counts());
      throw new ExpectationFailedError(
          "declared as not serializable, but SERIALIZABLE was accepted");
    } catch (StoreException.InvalidInput e) {
      if (!e.field().equals("isolation")) {
        throw new ExpectationFailedError(
            "refused, but naming " + e.field() + " instead of isolation", e);
      }
      return "refused with InvalidInput: " + e.getMessage();
    }
  }

  private static String notMigrated(RuleRun run) {
    try (UserEngineStore store = run.fixture().open(StoreOptions.defaults())) {
      Readiness readiness = store.readiness();
      MigrationReport report = store.migrate();
      if (!readiness.equals(new Readiness.Ready(0))) {
        throw new ExpectationFailedError(
            "declared as without schema, but it is " + readiness.describe());
      }
      if (!report.applied().isEmpty() || report.version() != 0) {
        throw new ExpectationFailedError("declared as without schema, but migrate() did " + report);
      }
      return "a new store was ready at once, and migrate() had nothing to do";
    }
  }

  private static String notJoining(RuleRun run) {
    if (run.fixture().callerTransaction().isPresent()) {
      throw new ExpectationFailedError(
          "declared as not joining, but there is a caller's transaction to join");
    }
    return "there was no transaction of a caller's that could be handed to the adapter";
  }

  private static UserEngineStore open(RuleRun run) {
    UserEngineStore store = run.fixture().open(StoreOptions.defaults());
    store.migrate();
    return store;
  }
}
