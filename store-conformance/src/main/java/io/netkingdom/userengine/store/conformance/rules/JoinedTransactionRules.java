package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserRepository;
import io.netkingdom.userengine.store.conformance.CallerTransaction;
import io.netkingdom.userengine.store.conformance.Capability;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.ExpectationFailedError;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Section TXN: work in a transaction that is the caller's own. */
final class JoinedTransactionRules {

  /** What the work throws. */
  private static final class Whatever extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static CallerTransaction begin(RuleContext t) {
    t.store();
    return t.fixture()
        .callerTransaction()
        .orElseThrow(
            () ->
                new ExpectationFailedError(
                    "declared, but the fixture has no caller's transaction"));
  }

  @Rule(
      id = "TXN-11",
      sentence =
          "Work that joins a caller's transaction MUST take effect when the caller commits, "
              + "and not before.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void takesEffectWhenTheCallerCommits(RuleContext t) throws Exception {
    try (CallerTransaction callers = begin(t)) {
      AtomicReference<@Nullable UserRepository> kept = new AtomicReference<>();
      User ada =
          callers.join(
              t.tenant(),
              tx -> {
                kept.set(tx.users());
                return tx.users().create(UserDraft.named("ada"));
              });
      t.fails(
          "using a handle of joined work after that work",
          StoreException.IllegalUse.class,
          () -> Objects.requireNonNull(kept.get()).find(ada.id()));
      t.equal(
          "what another transaction sees before the caller commits",
          Optional.empty(),
          t.users().findByUserName("ada"));
      t.equal(
          "what a second join sees",
          Optional.of(ada),
          callers.join(t.tenant(), tx -> tx.users().findByUserName("ada")));
      UpsertResult<?> message =
          callers.join(
              t.tenant(),
              tx -> tx.outbox().append(OutboxDraft.of(ada.id(), "user.created", Json.object())));
      t.isA("a message of the second join", UpsertResult.Created.class, message);
      callers.commit();
      t.equal(
          "what is there after the caller committed",
          Optional.of(ada),
          t.users().findByUserName("ada"));
    }
    t.equal("users after all is closed", 1L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "TXN-21",
      sentence =
          "Work that joined a caller's transaction MUST be undone when the caller rolls "
              + "back, and what it throws MUST reach the caller unchanged.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void isUndoneWhenTheCallerRollsBack(RuleContext t) throws Exception {
    User before = t.users().create(UserDraft.named("before"));
    try (CallerTransaction callers = begin(t)) {
      callers.join(
          t.tenant(),
          tx -> {
            tx.users().update(before.withDisplayName("changed"));
            return tx.audit()
                .append(
                    AuditDraft.of(
                        AuditSubject.user(before.id()), "a", AuditSubject.user(before.id())));
          });
      callers.rollback();
    }
    try (CallerTransaction callers = begin(t)) {
      Whatever thrown = new Whatever();
      Throwable seen =
          RuleContext.thrownBy(
              () ->
                  callers.join(
                      t.tenant(),
                      tx -> {
                        tx.users().create(UserDraft.named("ada"));
                        throw thrown;
                      }));
      t.holds("what the work throws reaches the caller unchanged", seen == thrown);
      callers.rollback();
    }
    t.equal("the user that was changed", Optional.of(before), t.users().find(before.id()));
    t.equal("users after both were rolled back", 1L, Counts.users(t, t.records()));
    t.equal(
        "what was created before the work threw",
        Optional.empty(),
        t.users().findByUserName("ada"));
  }

  @Rule(
      id = "TXN-22",
      sentence =
          "Joining MUST leave the caller's transaction open, usable after a Conflict, and "
              + "with the settings that it had.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void leavesTheTransactionAsItWas(RuleContext t) throws Exception {
    t.users().create(UserDraft.named("taken").withExternalId("1"));
    try (CallerTransaction callers = begin(t)) {
      Map<String, String> before = callers.settings();
      t.holds("the caller has settings to look at", !before.isEmpty());
      User ada = callers.join(t.tenant(), tx -> tx.users().create(UserDraft.named("ada")));
      t.equal("the caller's settings after a join", before, callers.settings());
      t.conflicts(
          "joined work that conflicts",
          "externalId",
          () -> callers.join(t.tenant(), tx -> tx.users().update(ada.withExternalId("1"))));
      t.equal("the caller's settings after a conflict", before, callers.settings());
      callers.join(t.tenant(), tx -> tx.users().create(UserDraft.named("grace")));
      callers.commit();
    }
    t.equal("users after the caller committed", 3L, Counts.users(t, t.records()));
  }

  @Rule(
      id = "TXN-23",
      sentence = "Joined work MUST run once: Retryable reaches the caller.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void runsOnceWhateverItThrows(RuleContext t) throws Exception {
    try (CallerTransaction callers = begin(t)) {
      StoreException.Retryable thrown = new StoreException.Retryable("given up", null);
      int[] runs = {0};
      Throwable seen =
          RuleContext.thrownBy(
              () ->
                  callers.join(
                      t.tenant(),
                      tx -> {
                        runs[0]++;
                        t.equal("the attempt", 1, tx.attempt());
                        throw thrown;
                      }));
      t.equal("how often joined work runs", 1, runs[0]);
      t.holds("Retryable reaches the caller, who alone can begin anew", seen == thrown);
      callers.rollback();
    }
  }

  @Rule(
      id = "TXN-26",
      sentence =
          "Joined work that ends in an exception MUST leave nothing of what it wrote, and "
              + "the transaction as it was: what the caller then commits is the rest, whole.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void isAllOrNothing(RuleContext t) throws Exception {
    t.users().create(UserDraft.named("taken").withExternalId("1"));
    try (CallerTransaction callers = begin(t)) {
      User ada = callers.join(t.tenant(), tx -> tx.users().create(UserDraft.named("ada")));
      Whatever thrown = new Whatever();
      Throwable seen =
          RuleContext.thrownBy(
              () ->
                  callers.join(
                      t.tenant(),
                      tx -> {
                        tx.users().create(UserDraft.named("grace"));
                        throw thrown;
                      }));
      t.holds("what the work throws reaches the caller unchanged", seen == thrown);
      t.conflicts(
          "joined work that conflicts in the end",
          "externalId",
          () ->
              callers.join(
                  t.tenant(),
                  tx -> {
                    tx.users().create(UserDraft.named("alan"));
                    return tx.users().update(ada.withExternalId("1"));
                  }));
      t.equal(
          "what joined work sees of work that failed before",
          Optional.empty(),
          callers.join(t.tenant(), tx -> tx.users().findByUserName("grace")));
      callers.join(t.tenant(), tx -> tx.users().create(UserDraft.named("edsger")));
      callers.commit();
    }
    for (String whole : List.of("ada", "edsger")) {
      t.holds(
          "what other work wrote is committed: " + whole,
          t.users().findByUserName(whole).isPresent());
    }
    for (String failed : List.of("grace", "alan")) {
      t.equal(
          "what is left of joined work that failed",
          Optional.empty(),
          t.users().findByUserName(failed));
    }
  }

  @Rule(
      id = "TXN-27",
      sentence =
          "Joined work that ended the caller's transaction MUST be IllegalUse when it "
              + "returns.",
      capability = Capability.JOINS_CALLERS_TRANSACTIONS,
      since = "0.1.0")
  void mustNotEndTheTransaction(RuleContext t) throws Exception {
    try (CallerTransaction callers = begin(t)) {
      t.fails(
          "joined work that committed",
          StoreException.IllegalUse.class,
          () ->
              callers.join(
                  t.tenant(),
                  tx -> {
                    User ada = tx.users().create(UserDraft.named("ada"));
                    callers.commit();
                    return ada;
                  }));
      callers.rollback();
    }
    try (CallerTransaction callers = begin(t)) {
      t.fails(
          "joined work that rolled back, and wrote once more",
          StoreException.IllegalUse.class,
          () ->
              callers.join(
                  t.tenant(),
                  tx -> {
                    tx.users().create(UserDraft.named("grace"));
                    callers.rollback();
                    return tx.users().create(UserDraft.named("alan"));
                  }));
      callers.rollback();
    }
  }
}
